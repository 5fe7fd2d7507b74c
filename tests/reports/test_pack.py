"""The pack for the meeting: every file in one folder, whole or not at all (contract 6.6)."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.readings.hands import apart
from mdj_plan.reports import pack
from mdj_plan.reports.document.visit import build as visit
from mdj_plan.reports.workbook.visit import build as visit_book
from mdj_plan.unfinished import unfinished
from tests.reports.document.test_document import paragraphs

ZH = messages("zh")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def quiet(name: str) -> None:
    del name


WHOLE = [
    *(".mdj-plan-pack", "报告.html", "数据.json", "汇总.xlsx", "督办函/督办函_西示区_2021Q2.docx"),
    *("退回/东示区_2021Q2_退回.xlsx", "退回/西示区_2021Q2_退回.xlsx", "通报.docx"),
]


def test_one_command_makes_everything_and_the_next_replaces_it(assessment: Assessment, tmp_path: Path) -> None:
    folder = tmp_path / "会议"
    assert pack.write_pack(assessment, ZH, folder, quiet) == len(WHOLE) - 1
    assert files(folder) == sorted(WHOLE)
    (folder / "汇总.xlsx").write_bytes(b"old")
    pack.write_pack(assessment, ZH, folder, quiet)
    assert (folder / "汇总.xlsx").read_bytes() != b"old"
    assert [path.name for path in tmp_path.iterdir() if "mdj-plan" in path.name] == []


def test_files_that_no_pack_has_put_there_refuse_it(assessment: Assessment, tmp_path: Path) -> None:
    folder = tmp_path / "会议"
    folder.mkdir()
    (folder / "纪要.txt").write_text("不可覆盖", "utf-8")
    with pytest.raises(pack.NotAPackError) as refused:
        pack.write_pack(assessment, ZH, folder, quiet)
    assert refused.value.names == ["纪要.txt"]
    assert files(folder) == ["纪要.txt"]


def test_interrupted_the_folder_is_as_it_was(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "会议"
    pack.write_pack(assessment, ZH, folder, quiet)
    before = {name: (folder / name).read_bytes() for name in files(folder)}

    def stop(name: str) -> None:
        if name.startswith("督办函"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pack.write_pack(assessment, ZH, folder, stop)
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before
    monkeypatch.setattr(pack, "_exchanged", lambda made, old: False)  # a system that cannot exchange two folders
    pack.write_pack(assessment, ZH, folder, quiet)
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before


def test_a_copy_asks_for_nothing_where_nothing_is_to_be_mended(assessment: Assessment, tmp_path: Path) -> None:
    """西示区's return is late, and right."""
    pack.write_pack(assessment, ZH, tmp_path / "会议", quiet)
    sheet = load_workbook(tmp_path / "会议" / "退回" / "西示区_2021Q2_退回.xlsx").worksheets[0]
    assert [sheet.cell(row, 1).value for row in (3, 4)] == ["数据没有要改的，不必重报", None]
    assert [sheet.cell(6, column).value for column in (6, 7, 8)] == [
        *("2021-07-19 报送，晚于 2021-07-15，迟 4 天。", "今后请按时报送。", "S102"),
    ]


def test_a_killed_run_is_cleared_up_after(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where two folders cannot be exchanged a run can be killed while the earlier pack stands aside."""
    folder = tmp_path / "会议"
    pack.write_pack(assessment, ZH, folder, quiet)
    (folder / unfinished(folder).name).write_bytes(b"half of a paper")
    folder.rename(tmp_path / ".会议.mdj-plan-old.tmp")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(pack, "write_new", full)
        with pytest.raises(OSError, match="no room"):
            pack.write_pack(assessment, ZH, folder, quiet)
    assert [path.name for path in tmp_path.iterdir() if "mdj-plan" in path.name] == []
    assert files(folder) == sorted(WHOLE)


def test_a_units_own_paper(assessment: Assessment) -> None:
    said = paragraphs(visit(assessment, ZH, frozenset({"west"})))
    assert said[:3] == ["西示区2021年第二季度情况", "《示例计划》进展，序时进度算至2022年6月末。", "任务进展"]
    assert "东示区" not in "".join(said)


def test_a_units_own_workbook_has_a_sheet_for_each_thing_there_is_to_say(assessment: Assessment) -> None:
    book = load_workbook(io.BytesIO(visit_book(assessment, ZH, frozenset({"west"}))))
    assert {sheet.title: sheet["A1"].value for sheet in book} == {
        "任务进展": "任务进展",
        "逐季进展": "逐季进展",
        "载体变动": "载体变动（3 项）",
        "载体台账": "载体台账（每个载体一行）",
        "报送情况": "报送情况",
        "报表问题": "报表问题",
    }
    assert [cell.value for cell in book["逐季进展"]["A"]][3:5] == ["孵化器（家）", ""]
    assert all(sheet.sheet_view.tabSelected for sheet in book)


def test_copies_are_made_in_a_process_of_their_own_within_bounds(
    assessment: Assessment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def counted(work: Callable[[], bytes], size: int) -> bytes | None:
        sizes.append(size)
        return apart(work, size)

    monkeypatch.setattr("mdj_plan.reports.returned.copies.apart", counted)
    pack.write_pack(assessment, ZH, tmp_path / "会议", quiet)
    folder = assessment.plan.submissions
    assert sorted(sizes) == sorted(
        (folder / f"2021Q2/{name}_2021Q2.csv").stat().st_size for name in ("东示区", "西示区")
    )
