"""Filing one return: its version, its place, its receipt; what is in the way, and what a killed run left (contract 3)."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive import filing
from mdj_plan.archive.receipts import COLUMNS, Receipt, Receipts, given, read_receipts
from mdj_plan.plan.problems import PlanError
from mdj_plan.plan.units import Directory
from tests.archive.returns import plan_in, returned

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.plan.model import Plan

HEAD = ",".join(COLUMNS)
NOON = dt.datetime.fromisoformat("2021-07-14T12:00:00+08:00")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return plan_in(tmp_path)


def item(data: bytes = b"one", by: str = "east 2021Q2", original: str = "季报.CSV", **more: str) -> filing.Item:
    digest = hashlib.sha256(data).hexdigest()
    return filing.Item(returned(by=by), lambda: data, digest, original, 1, 2, received=NOON, **more)


def filed(plan: Plan, one: filing.Item, version: int = 1) -> Receipt:
    with filing.filing(plan):
        return filing.put_on_file(plan, Directory(plan.file), one, version).receipt


def sent_back(plan: Plan, one: filing.Item) -> Receipt:
    with filing.filing(plan):
        return filing.put_among_returned(plan, Directory(plan.file), one).receipt


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_bytes_and_the_receipt_of_a_return_that_is_filed(plan: Plan) -> None:
    receipt = filed(plan, item(given="unit=east"))
    assert files(plan.submissions) == {receipt.file: b"one"}
    digest = hashlib.sha256(b"one").hexdigest()
    line = f"2021-07-14T12:00:00+08:00,east,,2021Q2,1,{receipt.file},{digest},季报.CSV,1,2,filed,unit=east"
    assert plan.receipts.read_text("utf-8-sig").splitlines() == [HEAD, line]


def test_what_is_sent_back_is_kept_attempt_by_attempt(plan: Plan) -> None:
    first, second = (sent_back(plan, item(data)) for data in (b"one", b"two"))
    assert first.file != second.file
    assert (first.state, first.version, second.filed) == ("returned", None, False)
    assert [(plan.submissions / each.file).read_bytes() for each in (first, second)] == [b"one", b"two"]
    assert (files(plan.submissions), len(files(filing.returned_folder(plan)))) == ({}, 2)
    assert [row.file for row in read_receipts(plan.receipts).rows] == [first.file, second.file]


def test_nothing_is_filed_over_a_file_that_is_there(plan: Plan) -> None:
    filed(plan, item(b"one"))
    before = files(plan.data)
    with pytest.raises(FileExistsError):
        filed(plan, item(b"two"))
    assert files(plan.data) == before


def test_a_file_that_has_changed_since_it_was_judged_is_not_filed(plan: Plan) -> None:
    changed = filing.Item(returned(by="east 2021Q2"), lambda: b"two", hashlib.sha256(b"one").hexdigest(), "a.csv", 0, 0)
    with pytest.raises(OSError, match=r"a\.csv") as caught:
        filed(plan, changed)
    assert (caught.value.errno, caught.value.filename) == (errno.ESTALE, "a.csv")
    assert files(plan.submissions) == {}
    assert read_receipts(plan.receipts).rows == ()


def receipt(version: int | None, by: str = "east", state: str = "filed") -> Receipt:
    s = returned(by=f"{by} 2021Q2")
    return Receipt(
        row=1, received_at=NOON, file="a", unit=s.unit, member=s.member, period=s.period, version=version, state=state
    )


@pytest.mark.parametrize(
    ("receipts", "on_file", "version"),
    [
        ([], 0, 1),
        ([], 4, 5),
        ([receipt(7)], 4, 8),  # the file of a version that was once received is gone
        ([receipt(2), receipt(7), receipt(3)], 0, 8),
        ([receipt(None, state="returned"), receipt(9, state="returned")], 0, 1),
        ([receipt(5, by="west")], 0, 1),
        ([receipt(None)], 0, 1),
    ],
)
def test_the_next_version_is_above_everything_on_file_or_ever_received(
    receipts: list[Receipt], on_file: int, version: int
) -> None:
    assert filing.next_version(Receipts(tuple(receipts)), returned(by="east 2021Q2"), on_file) == version


def test_what_the_office_supplied_is_one_text() -> None:
    assert given([("unit", "east"), ("period", None), ("received", "2021-07-14")]) == "unit=east received=2021-07-14"
    assert given([("unit", None)]) is None


# ---- what a killed run left

INCOMING = ".incoming-1-x.csv"


def left(plan: Plan, noted: object, incoming: bytes | None = b"one") -> None:
    """The journal of a run that was killed, and the file that it had written beside its place."""
    (plan.submissions / "2021Q2").mkdir(exist_ok=True)
    if incoming is not None:
        (plan.submissions / "2021Q2" / INCOMING).write_bytes(incoming)
    text = noted if isinstance(noted, str) else json.dumps(noted)
    (plan.data / filing.JOURNAL).write_text(text, "utf-8")


LINE = f"2021-07-14T12:00:00+08:00,east,,2021Q2,1,2021Q2/x.csv,{hashlib.sha256(b'one').hexdigest()},x.csv,0,0,filed,\n"
NOTED = {"receipt": f"{HEAD}\n{LINE}", "incoming": f"2021Q2/{INCOMING}"}


def test_what_was_written_down_is_finished(plan: Plan) -> None:
    filed(plan, item(by="west 2021Q2"))
    left(plan, NOTED)
    with filing.filing(plan) as mended:
        assert mended == filing.Mended(finished="2021Q2/x.csv")
    assert (plan.submissions / "2021Q2/x.csv").read_bytes() == b"one"
    assert [row.file for row in read_receipts(plan.receipts).rows][1:] == ["2021Q2/x.csv"]
    with filing.filing(plan) as mended:
        assert mended == filing.Mended()


def test_what_was_moved_and_not_receipted_gets_its_receipt(plan: Plan) -> None:
    filed(plan, item(by="west 2021Q2"))
    left(plan, NOTED, incoming=None)
    (plan.submissions / "2021Q2/x.csv").write_bytes(b"one")
    with filing.filing(plan) as mended:
        assert mended.finished == "2021Q2/x.csv"
    assert len(read_receipts(plan.receipts).rows) == 2


def test_what_was_done_but_for_the_journal_is_done_once(plan: Plan) -> None:
    left(plan, NOTED, incoming=None)
    (plan.submissions / "2021Q2/x.csv").write_bytes(b"one")
    plan.receipts.write_text(f"\ufeff{HEAD}\n{LINE}", "utf-8")
    with filing.filing(plan) as mended:
        assert mended.finished is None
    assert len(read_receipts(plan.receipts).rows) == 1
    assert not (plan.data / filing.JOURNAL).exists()


def test_what_never_got_beyond_the_journal_is_no_return(plan: Plan) -> None:
    left(plan, NOTED, incoming=None)
    with filing.filing(plan) as mended:
        assert mended.finished is None
    assert files(plan.submissions) == {}
    assert read_receipts(plan.receipts).rows == ()


@pytest.mark.parametrize(
    "noted",
    ["", "{", "[]", "7", {}, {"receipt": 7}, NOTED | {"receipt": HEAD}, NOTED | {"incoming": 1}, {"receipt": LINE}],
)
def test_a_journal_that_is_none_of_ours_is_cleared_away_and_files_nothing(plan: Plan, noted: object) -> None:
    left(plan, noted)
    with filing.filing(plan) as mended:
        assert mended == filing.Mended()
    assert files(plan.submissions) == {}
    assert not (plan.data / filing.JOURNAL).exists()


def test_what_a_killed_run_wrote_beside_its_place_is_cleared_away(plan: Plan) -> None:
    sent_back(plan, item(b"back"))
    kept = files(filing.returned_folder(plan))
    for folder in (plan.submissions, plan.submissions / "2021Q2", filing.returned_folder(plan)):
        folder.mkdir(exist_ok=True)
        (folder / INCOMING).write_bytes(b"half")
    with filing.filing(plan):
        pass
    assert (files(plan.submissions), files(filing.returned_folder(plan))) == ({}, kept)


def test_the_beginning_of_a_receipt_is_cut_off_and_told(plan: Plan) -> None:
    filed(plan, item())
    whole = plan.receipts.read_bytes()
    plan.receipts.write_bytes(whole + b"2021-07-15T09:0")
    with filing.filing(plan) as mended:
        assert mended == filing.Mended(cut="2021-07-15T09:0")
    assert plan.receipts.read_bytes() == whole


def test_receipts_whose_last_line_end_is_lost_are_gone_on_with(plan: Plan) -> None:
    filed(plan, item())
    plan.receipts.write_bytes(plan.receipts.read_bytes().rstrip(b"\n"))
    filed(plan, item(b"two"), 2)
    assert [row.version for row in read_receipts(plan.receipts).rows] == [1, 2]


def test_nothing_is_filed_beside_receipts_that_cannot_be_read(plan: Plan) -> None:
    plan.receipts.write_text("received_at,file,sha256\nyesterday,a.csv,ab\n", "utf-8")
    before = plan.receipts.read_bytes()
    with pytest.raises(PlanError, match="A2") as caught:
        filed(plan, item())
    assert [(problem.name, problem.at) for problem in caught.value.problems] == [("table-wrong-value", "A2")]
    assert (files(plan.submissions), plan.receipts.read_bytes()) == ({}, before)
