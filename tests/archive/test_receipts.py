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


OLD = ",".join(receipts.COLUMNS[:-2]) + "\n"
LATER = "2021-07-15T10:00:00+08:00,west,,2021Q2,1,2021Q2/西区.csv,cd,西区.csv,3,0"


@pytest.mark.parametrize(
    ("head", "last", "whole"),
    [
        pytest.param(HEAD, f"{LATER},filed,", True, id="every column"),
        pytest.param(HEAD, f"{LATER},filed", True, id="up to its state, and nothing was given"),
        pytest.param(HEAD, f"{LATER},file", False, id="in its state"),
        pytest.param(HEAD, LATER, False, id="before its state"),
        pytest.param(OLD, LATER, True, id="every column of an older table"),
        pytest.param(OLD, LATER.rpartition(",")[0], False, id="but one"),
        pytest.param(HEAD, '2021-07-15T10:00:00+08:00,west,,,,a,b,"c,0,0,filed,', False, id="a quotation mark is open"),
        pytest.param(HEAD, '2021-07-15T10:00:00+08:00,west,,,,a,b,"c\nd', False, id="within a quoted line break"),
        pytest.param(HEAD, "\0" * 7, False, id="nothing was written but the length"),
        pytest.param(HEAD, f"{LATER[:30]}\0\0\0", False, id="and of what was written a part"),
        pytest.param(HEAD, f"{LATER},filed,\0\0", False, id="or all but its end"),
        pytest.param("", "2021-07", False, id="the header too"),
        pytest.param(HEAD, "请勿删除", True, id="somebody else's"),
        pytest.param(HEAD, "  ", True, id="nothing"),
    ],
)
def test_what_a_killed_run_or_a_dead_machine_left_at_the_end(head: str, last: str, *, whole: bool) -> None:
    before = (head + EAST.replace(",filed,", "" if head == OLD else ",filed,")).encode() if head else b""
    found = whole_lines(before + last.encode())
    assert found == ((before + last.encode(), b"") if whole else (before, last.encode()))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_saved_in_utf_16_is_whole(encoding: str) -> None:
    data = (HEAD + EAST).encode(encoding)
    assert whole_lines(data) == (data, b"")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("T09:30", " 09:30"),
        ("2021-07-14T09:30:00+08:00", ""),
        (",east,", ", east,"),
        (",ab,", ",ab\u200b,"),
        (",1,2021Q2/", ",1.0,2021Q2/"),
        (",1,2021Q2/", ",１,2021Q2/"),
        (",0,1,", ",-1,1,"),
        (",filed,", ",Filed,"),
        (",2021Q2,", ",2021年二季度,"),
        ("2021Q2/东区.csv", ""),
        ("\n", ",\n"),
    ],
)
def test_what_is_not_in_our_own_form_goes_through_the_door_of_all_tables(old: str, new: str) -> None:
    assert as_written((HEAD + EAST).encode()) is not None
    assert as_written((HEAD + EAST.replace(old, new, 1)).encode()) is None


def test_a_time_without_an_offset_is_the_day_as_written_whatever_the_zone() -> None:
    (one,) = receipts.receipts_of((HEAD + EAST.replace("T09:30:00+08:00", "T00:30:00")).encode(), "receipts.csv").rows
    assert {one.day(zone) for zone in (None, "Asia/Shanghai", "America/New_York")} == {dt.date(2021, 7, 14)}


def test_only_what_is_filed_is_on_file_and_every_attempt_is_the_reporter_s() -> None:
    text = HEAD + EAST + WEST + EAST.replace(",1,2021Q2", ",2,2021Q2") + WEST.replace("../returned/", "")
    found = receipts.receipts_of(text.encode(), "receipts.csv")
    assert {file: receipt.version for file, receipt in found.by_file().items()} == {"2021Q2/东区.csv": 2}
    assert [r.state for r in found.of("west", None, Period(2021, 2))] == ["returned", "returned"]
    assert found.of("west", "甲园", Period(2021, 2)) == found.of("west", None, Period(2021, 1)) == ()


def test_what_the_office_supplied_is_taken_apart() -> None:
    given = EAST.replace("filed,\n", "filed,unit=east  period=2021Q2 other=1 received=2021-07-14\n")
    (one,) = receipts.receipts_of((HEAD + given).encode(), "receipts.csv").rows
    assert one.supplied == {"unit": "east", "period": "2021Q2", "received": "2021-07-14"}


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
