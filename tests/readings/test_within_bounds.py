"""Files made to take long: each is read within what its reader is held to (`bounds_of`), not by the clock of a test.

Nothing here is timed: the reader's process is bound to so many seconds of the processor, and ends where it needs more.
"""

from __future__ import annotations

import io

import pytest

from mdj_plan.readings.bounds import Bounds
from mdj_plan.readings.hands import apart
from mdj_plan.sheets.formats.content import read_bytes
from tests.sheets.formats.test_spreadsheetml import NAMESPACE, workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def sheets_read(data: bytes, name: str) -> int | None:
    """How many sheets a reader within its bounds found; None where it went beyond them."""
    found = apart(lambda: str(len(read_bytes(data, name).sheets)).encode(), len(data))
    return None if found is None else int(found)


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>" + "<a " * 300_000,
        "<table><tr><td>" + "<b>" * 300_000,
        "<table><tr><td>" + "<b>" * 300 + "</i>" * 300_000,
        "<table><tr><td " + " ".join(f"a{i}" for i in range(100_000)) + ">x</table>",
        "<table><tr><td>" * 100_000,
        "<table><tr><td><table><tr><td>1</table></table>" * 30_000,
        "<table><tr><td>" + "<!--" * 200_000,
        "<table><tr><td>" + "<script>" * 100_000,
        "<table><tr><td>" + "<" * 300_000 + "</table>",
        "<table>" + "<tr>" * 300_000 + "</table>",
        "<style>" + ".a{" * 100_000 + "</style><table><tr><td>1</table>",
        "<style>" * 50_000 + "<table><tr><td>1</table>",
        "<table><tr><td style='" + "text-decoration" * 20_000 + "'>1</table>",
        "<style " * 100_000 + "><table><tr><td>1</table>",
        "<table><tr><td>" + "<b> </b>" * 100_000 + "</table>",
        "<table><tr><td x:num=1>" + "1" * 300_000 + "</table>",
        "<table><tr><td>" + "<!-- -->" * 100_000 + "</table>",
    ],
    ids=range(17),
)
def test_a_page_however_it_is_made(page: str) -> None:
    assert sheets_read(page.encode(), "a.html") is not None


@pytest.mark.parametrize(
    "text",
    ["<Workbook " * 100_000 + NAMESPACE, workbook("<Cell>" * 100_000), workbook('<Row ss:Index="2"/>' * 200_000)],
    ids=range(3),
)
def test_xml_however_it_is_nested(text: str) -> None:
    assert sheets_read(text.encode(), "a.xml") is not None


@pytest.mark.parametrize(
    "unit", ['"', '""', '"x\n', 'a,"b\n', '"""\n', ',""x\n', 'a""\n', '"a""b\n', ',"\n', '"a"b\n', ',,\n"']
)
def test_a_text_file_however_its_marks_stand(unit: str) -> None:
    assert sheets_read(("a,b,c\n" + unit * 30_000).encode(), "a.csv") is not None


def test_many_sheets_each_with_a_cell_in_its_last_corner() -> None:
    import xlwt

    book = xlwt.Workbook()
    book.add_sheet("季报").write(0, 0, "甲")
    for number in range(9):
        book.add_sheet(f"s{number}").write(65535, 255, 1)
    out = io.BytesIO()
    book.save(out)
    assert sheets_read(out.getvalue(), "a.xls") == 10


def test_work_that_goes_beyond_its_bounds_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mdj_plan.readings.child.bounds_of", lambda _: Bounds(1, 2**28))
    monkeypatch.setattr("mdj_plan.readings.hands.may_split", lambda: True)
    assert apart(lambda: b"x" * len(bytearray(2**29)), 1) is None
    assert apart(lambda: b"done", 1) == b"done"
