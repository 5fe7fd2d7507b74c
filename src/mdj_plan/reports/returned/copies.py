"""The copy that goes back to a sender: his own workbook with its cells marked and a list in front.

Where openpyxl would drop part of the workbook (pictures, charts, WPS extras), or the file is no xlsx workbook, a plain
workbook of its values takes its place, and where nothing could be read the list alone; both say why. What was marked
before is cleaned first. The original is never touched; all is made in a process of its own, within bounds.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mdj_plan.findings import Severity
from mdj_plan.readings.hands import apart
from mdj_plan.records import NamedTuple
from mdj_plan.reports.returned.listing import add_list, remove_lists
from mdj_plan.reports.returned.marks import mark, unmark
from mdj_plan.reports.returned.plain import plain_workbook
from mdj_plan.reports.undated import Undated, workbook_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

    from mdj_plan.messages import Messages
    from mdj_plan.reports.returned.back import Back

_DROPPED = re.compile(
    r"xl/(charts|chartsheets|media|embeddings|ctrlProps|activeX|pivot\w*|slicer\w*|timeline\w*|model|diagrams|"
    r"threadedComments|externalLinks|richData|webextensions)/|xl/cellimages|customXml/|xl/drawings/drawing|wps|"
    r"xl/metadata\.xml",
    re.IGNORECASE,
)
_DROPPED_INSIDE = re.compile(rb"x14:(?:dataValidation|conditionalFormatting|sparkline)|purl\.oclc\.org/ooxml")
_OURS = "mdj-plan-returned"
"""With a digest of the rest of the package, in its properties: by it a copy that nobody has changed is known again."""


_MOST_MARKED = 10_000


class Copy(NamedTuple):
    """A file to send back. `reason` is the key of the message why it is no marked original, or ""."""

    name: str
    data: bytes
    reason: str

    @property
    def unread(self) -> bool:
        """Whether it is a list alone, of a file that could not be read."""
        return self.reason == "returned-unreadable"


def annotated(data: bytes, back: Back, texts: Messages) -> Copy:
    """The copy of a return. `data` is b"" where its bytes cannot be had."""
    import openpyxl  # noqa: F401 - loaded once, and not again in each process that is split off

    made = apart(lambda: _made(data, back, texts), len(data))
    if not made:  # beyond its bounds
        made = _packed("returned-not-kept", back.number, _list_alone(back, texts, "returned-not-kept"))
    head, _, content = made.partition(b"\n")
    reason, _, number = head.decode("ascii").partition(" ")
    suffix = PurePosixPath(back.file).suffix.lower()
    suffix = suffix if suffix == ".xlsm" and not reason else ".xlsx"
    return Copy(back.name(texts, int(number)) + suffix, content, reason)


def _packed(reason: str, number: int, content: bytes) -> bytes:
    """What comes over from the other process."""
    return f"{reason} {number}\n".encode("ascii") + content


def _made(data: bytes, back: Back, texts: Messages) -> bytes:
    if any(f.code.startswith("F1") and f.severity is Severity.ERROR for f in back.trial.findings):
        return _packed("returned-unreadable", back.number, _list_alone(back, texts, "returned-unreadable"))
    reason = _reason(data)
    book = None if reason else _opened(data, keep_vba=back.file.lower().endswith(".xlsm"))
    reason = reason or ("" if book is not None else "returned-not-kept")
    titles: dict[str | None, str] = {}
    if book is None:
        plain = plain_workbook(data, back.file)
        if plain is None:
            return _packed("returned-unreadable", back.number, _list_alone(back, texts, "returned-unreadable"))
        book, titles = plain
    number = max(back.number, remove_lists(book) + 1)
    unmark(book)
    titles = titles or {name: name for name in book.sheetnames}
    _mark_all(book, back, texts, titles)
    add_list(book, back, number, texts, reason, titles)
    return _packed(reason, number, saved(book))


def _mark_all(book: Workbook, back: Back, texts: Messages, titles: dict[str | None, str]) -> None:
    """Findings that have a cell, the gravest first: its colour holds; of thousands those that anybody mends at once."""
    pages = {sheet.title: sheet for sheet in book.worksheets}
    for finding in sorted(back.trial.open, key=lambda each: each.severity.rank)[:_MOST_MARKED]:
        page = pages.get(titles.get(finding.at.sheet, ""))
        if page is not None and finding.at.cell:
            mark(page, finding, texts)


def _reason(data: bytes) -> str:
    """Why the workbook itself cannot be marked: the key of a message, "" where it can."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return "returned-no-workbook"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if "xl/workbook.xml" not in names:
            return "returned-no-workbook"
        if any(_DROPPED.search(name) for name in names):
            return "returned-parts"
        sheets = [name for name in names if name.startswith("xl/worksheets/sheet") or name == "xl/workbook.xml"]
        if any(_DROPPED_INSIDE.search(package.read(name)) for name in sheets):
            return "returned-parts"
    return ""


def _opened(data: bytes, *, keep_vba: bool) -> Workbook | None:
    """The workbook; None where openpyxl cannot open it."""
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(data), keep_vba=keep_vba, rich_text=True)
    except Exception:  # noqa: BLE001 - openpyxl raises many kinds for odd style parts; a plain copy then takes its place
        return None


def _list_alone(back: Back, texts: Messages, reason: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    add_list(book, back, back.number, texts, reason, {})
    book.remove(book.worksheets[-1])
    return saved(book)


def is_copy(path: Path) -> bool:
    """Whether a file is a copy as this tool has written it, and may be written anew; nobody else's file is, and none
    that somebody has saved since.
    """
    try:
        with zipfile.ZipFile(path) as package:
            said = package.read("docProps/core.xml")
            return _OURS.encode() in said and f"{_OURS} {_digest(package)}".encode() in said
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error):
        return False


def _digest(package: zipfile.ZipFile) -> str:
    found = hashlib.sha256()
    for name in sorted(package.namelist()):
        if name != "docProps/core.xml":
            found.update(name.encode() + b"\0" + package.read(name))
    return found.hexdigest()


def saved(book: Workbook) -> bytes:
    """The workbook's bytes, the same for the same content: no time of writing in them."""
    import datetime as dt

    book.properties.identifier = _OURS
    moment = dt.datetime(2017, 1, 1)  # noqa: DTZ001 - document properties bear no zone
    book.properties.created = book.properties.modified = moment
    same = io.BytesIO()
    whole = io.BytesIO(workbook_bytes(book))
    with zipfile.ZipFile(whole) as package, Undated(same, "w", zipfile.ZIP_DEFLATED) as fixed:
        mark_of = f"{_OURS} {_digest(package)}".encode()
        for name in package.namelist():
            content = package.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2017-01-01T00:00:00Z", content)
                content = content.replace(_OURS.encode(), mark_of, 1)
            fixed.writestr(name, content)
    return same.getvalue()
