"""What users hand over: files, folders, and archives made on a Chinese Windows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from mdj_plan.archive.inbox import handed_over
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.units import Directory

DIRECTORY = Directory(load_plan(Path("config/targets.yaml")).file)


def archive(*members: tuple[str, bytes]) -> bytes:
    """A zip whose names are GBK bytes without the UTF-8 flag, as Windows writes them."""
    out = io.BytesIO()
    placeholder = {name: f"member{i:02d}".ljust(len(name.encode("gbk")), "x") for i, (name, _) in enumerate(members)}
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members:
            made.writestr(placeholder[name], data)
    data = out.getvalue()
    for name, plain in placeholder.items():
        data = data.replace(plain.encode(), name.encode("gbk"))
    return data


def test_a_folder_in_order_with_archives_unpacked_and_locks_passed_over(tmp_path: Path) -> None:
    (tmp_path / "2018Q2").mkdir()
    (tmp_path / "2018Q2" / "东安区.csv").write_bytes(b"1")
    (tmp_path / "2018Q2" / "~$东安区.xlsx").write_bytes(b"")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.csv").write_bytes(b"")
    (tmp_path / "2018Q3.zip").write_bytes(archive(("阳明区二零一八季报.csv", b"2"), ("__MACOSX/._x.csv", b"3")))
    found = [(h.file, h.read()) for h in handed_over([tmp_path])]
    assert found == [("2018Q2/东安区.csv", b"1"), ("2018Q3.zip/阳明区二零一八季报.csv", b"2")]


def test_a_damaged_member_is_an_error_of_that_member_alone(tmp_path: Path) -> None:
    data = bytearray(archive(("甲区二零一八年季报.csv", b"A" * 50), ("乙区二零一八年季报.csv", b"B" * 50)))
    at = data.index(b"A" * 50)
    data[at] = ord("Z")
    (tmp_path / "in.zip").write_bytes(data)
    first, second = handed_over([tmp_path / "in.zip"])
    with pytest.raises(ValueError, match="CRC"):
        first.read()
    assert second.read() == b"B" * 50


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(handed_over([tmp_path / "none.xlsx"]))


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("2017Q2", "2017Q2/a.csv"),
        ("2017年第二季度报表", "2017年第二季度报表/a.csv"),
        ("2017Q2/东安区", "2017Q2/东安区/a.csv"),
        ("东安区/二季度", "东安区/二季度/a.csv"),
        ("2017Q2/收件", "a.csv"),
        ("东安区2017", "a.csv"),
        ("media", "a.csv"),
    ],
)
def test_the_folders_of_a_given_path_say_whose_and_for_when(tmp_path: Path, folder: str, file: str) -> None:
    given = tmp_path / folder
    given.mkdir(parents=True)
    (given / "a.csv").write_bytes(b"")
    assert [h.file for h in handed_over([given / "a.csv"], DIRECTORY)] == [file]
    assert [h.file for h in handed_over([given], DIRECTORY)] == [file]
    assert [h.file for h in handed_over([given / "a.csv"])] == ["a.csv"]
