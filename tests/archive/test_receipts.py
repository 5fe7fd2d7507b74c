"""receipts.csv as this program writes it, as spreadsheets save it again, and as disks leave it (contract 1)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mdj_plan.archive import filing, receipts
from mdj_plan.archive.receipts import Receipt, Receipts, as_written, read_receipts, whole_lines
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.sheets.tables.table import parse_table
from tests.plan.test_load import PLAN, write

HEAD = ",".join(receipts.COLUMNS) + "\n"
EAST = "2021-07-14T09:30:00+08:00,east,,2021Q2,1,2021Q2/东区.csv,ab,东区.csv,0,1,filed,\n"
WEST = (
    "2021-07-15T10:00:00+08:00,west,,2021Q2,,../returned/2021Q2/西区.csv,cd,西区.csv,3,0,returned,received=2021-07-15\n"
)


def test_what_is_written_is_read_back() -> None:
    one = Receipt(
        row=1,
        received_at=dt.datetime(2021, 7, 14, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        file="2021Q2/东区_2021Q2.v1.csv",
        sha256="ab" * 32,
        unit="east",
        member="示甲园",
        period=Period(2021, 2),
        version=1,
        original_name='=1+1,"\u2028东区\n\x1b[31m.csv',
        errors=2,
        warnings=0,
        state="filed",
        given="unit=east",
    )
    data = HEAD.encode() + one.line()
    assert b"=1+1" not in data.replace(b"'=1+1", b"")  # nothing that a spreadsheet would run
    assert receipts.receipts_of(data, "receipts.csv") == Receipts((one,))


@pytest.mark.parametrize("text", [HEAD + EAST + WEST, HEAD + EAST.replace("filed", ""), "\ufeff" + HEAD + EAST + "\n"])
def test_our_own_form_is_read_as_the_reader_of_all_tables_reads_it(text: str) -> None:
    direct = as_written(text.encode())
    assert direct is not None
    assert direct == parse_table(text.encode(), "receipts.csv", Receipt).rows


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (lambda text: text.encode("gb18030"), "2021-07-14T09:30:00+08:00"),
        (lambda text: text.replace("2021-07-14T09:30:00+08:00", "2021/07/14 09:30:00").encode(), "2021-07-14T09:30:00"),
        (lambda text: text.replace("2021-07-14T09:30:00+08:00", "2021/7/14 9:30").encode(), "2021-07-14T09:30:00"),
        (lambda text: text.replace("2021-07-14T09:30:00+08:00", "2021/7/14 9:30:00").encode(), "2021-07-14T09:30:00"),
        (lambda text: text.replace("2021-07-14T09:30:00+08:00", "44391.3958333333").encode(), "2021-07-14T09:30:00"),
        (lambda text: text.replace(",", "\t").encode("utf-16"), "2021-07-14T09:30:00+08:00"),
        (lambda text: text.replace(",filed,", "").replace(",state,given", "").encode(), "2021-07-14T09:30:00+08:00"),
    ],
)
def test_receipts_that_a_spreadsheet_saved_again(tmp_path: Path, saved: object, expected: str) -> None:
    path = tmp_path / "receipts.csv"
    path.write_bytes(saved(HEAD + EAST))  # type: ignore[operator] # one of the functions above
    (one,) = read_receipts(path).rows
    assert (one.received_at.isoformat(), one.file, one.original_name, one.filed) == (
        expected,
        "2021Q2/东区.csv",
        "东区.csv",
        True,
    )


@pytest.mark.parametrize(
    ("timezone", "day"),
    [(None, dt.date(2021, 7, 15)), ("Asia/Shanghai", dt.date(2021, 7, 16)), ("UTC", dt.date(2021, 7, 15))],
)
def test_the_plan_says_whose_day_decides(timezone: str | None, day: dt.date) -> None:
    text = HEAD + EAST.replace("2021-07-14T09:30:00+08:00", "2021-07-15T16:30:00+00:00")
    (one,) = receipts.receipts_of(text.encode(), "receipts.csv").rows
    assert one.day(timezone) == day


@pytest.mark.parametrize("cut", [1, 5, 20, 30, 60, 80, len(WEST.encode()) - 30])
def test_a_receipt_that_was_cut_off_is_none(cut: int) -> None:
    whole = (HEAD + EAST).encode()
    data = whole + WEST.encode()[:cut]
    assert whole_lines(data) == (whole, WEST.encode()[:cut])
    assert len(receipts.receipts_of(data, "receipts.csv").rows) == 1


def test_a_last_line_that_lacks_only_its_end_is_whole() -> None:
    data = (HEAD + EAST + WEST).encode().rstrip(b"\n")
    assert whole_lines(data) == (data, b"")
    assert len(receipts.receipts_of(data, "receipts.csv").rows) == 2


def test_somebody_elses_last_line_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text(HEAD + EAST + "请勿删除", "utf-8")
    with pytest.raises(PlanError) as caught:
        read_receipts(path)
    assert ("table-wrong-value", "A3") in [(p.name, p.at) for p in caught.value.problems]


def test_receipts_in_another_form_are_written_anew_once_and_the_old_ones_stay(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path, PLAN))
    plan.receipts.write_bytes((HEAD + EAST.replace("T09:30:00+08:00", " 09:30:00")).encode("gb18030"))
    before = plan.receipts.read_bytes()
    with filing.filing(plan) as mended:
        assert mended.kept is not None
        assert mended.kept.read_bytes() == before
    assert plan.receipts.read_text("utf-8-sig") == HEAD + EAST.replace("+08:00", "")
    with filing.filing(plan) as mended:
        assert mended == filing.Mended()
