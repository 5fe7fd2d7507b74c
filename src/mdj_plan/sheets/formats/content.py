"""Bytes to a `Book`, whatever the suffix says: the kind of file is told from its content (contract 1, A submission).

Nothing raises for somebody's file, nothing hangs, and no cell that cannot be known passes for a blank: where calamine
would hide something, the file itself is looked into (`plain`, `sheetxml`, `biff`, `opendocument`). What a reader
refuses it says by `Refused`; anything else that is raised is a defect of ours.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from mdj_plan.phrases import phrase
from mdj_plan.sheets.cells import Book, Fault
from mdj_plan.sheets.formats.beneath import uncovered
from mdj_plan.sheets.formats.refusal import Refused
from mdj_plan.sheets.formats.strays import without_strays

if TYPE_CHECKING:
    from pathlib import Path

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
"""How a workbook begins that no container holds."""
_MARKS = {
    "picture": (
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"II*\x00",
        b"MM\x00*",
        b"\x00\x00\x01\x00",
        b"\xd7\xcd\xc6\x9a",
        b"8BPS",
    ),
    "pdf": (b"%PDF",),
    "document": (b"{\\rtf", b"%!PS"),
    "archive": (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
    "media": (b"ID3", b"#!AMR", b"OggS", b"fLaC", b"\x00\x00\x01\xba"),
}
"""What content that holds no table begins with."""
_STILL = frozenset((b"heic", b"heix", b"mif1", b"avif"))
SUFFIXES = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xlsb": {".xlsb"},
    "xls": {".xls", ".et", ".xlt", ".ett"},
    "ods": {".ods", ".ots"},
    "csv": {".csv", ".tsv", ".txt", ".tab"},
    "html": {".html", ".htm"},
    "xml": {".xml"},
    "mht": {".mht", ".mhtml"},
}
"""The suffixes that each kind of content goes by."""
_CALLED = {
    "xml": phrase("spreadsheet-2003"),
    "mht": phrase("single-file-page"),
}
"""What people call a kind whose name says little."""
_KNOWN = frozenset().union(*SUFFIXES.values())


def read(path: Path) -> Book:
    """Read a file; one that cannot be opened is damaged (F103)."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Book((), (Fault("F103", value=error.strerror, variant="unreadable"),))
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Book:
    """Read a file's bytes; `name` only for its suffix. A book without sheets has a fault that says why."""
    if not data:
        return _refused("F103", "empty")
    try:
        kind, book = _read(data)
        book = without_strays(book)
        book = Book(tuple(map(uncovered, book.sheets)), book.faults)
    except Refused as refused:
        return Book((), (refused.fault,))
    except MemoryError:
        return _refused("F104", "bomb")
    return _with_mismatch(book, kind, PurePath(name).suffix.lower())


def _read(data: bytes) -> tuple[str, Book]:
    """What kind of content it is ("" for none that holds a table), and what it holds."""
    head = data[:16]
    if head.startswith(b"PK"):
        from mdj_plan.sheets.formats.zipped import read_zip

        return read_zip(data)
    if head.startswith(_OLE2):
        from mdj_plan.sheets.formats.biff import read_ole2

        return read_ole2(data)
    if head.startswith(_STREAMS) and b"\x00" in head:
        from mdj_plan.sheets.formats.biff import read_stream

        return "xls", read_stream(data)
    unsupported = _unsupported(data, head)
    if unsupported:
        return "", _refused("F101", unsupported)
    from mdj_plan.sheets.formats.text import read_text

    return read_text(data)


def _unsupported(data: bytes, head: bytes) -> str:
    """The variant of F101 for content that holds no table; "" where it may be text."""
    found = next((variant for variant, marks in _MARKS.items() if head.startswith(marks)), "")
    if found:
        return found
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in _STILL else "media"
    if head.startswith(b"RIFF"):
        return "picture" if head[8:12] == b"WEBP" else "media"
    return "picture" if head.startswith(b"BM") and b"\x00" in data[:64] else ""


def _refused(code: str, variant: str) -> Book:
    return Book((), (Fault(code, variant=variant, args=(("format", variant),) if code == "F101" else ()),))


def _with_mismatch(book: Book, kind: str, suffix: str) -> Book:
    """The book with F106 where its content goes by other suffixes than its name's."""
    if not book.sheets or not kind or suffix not in _KNOWN or suffix in SUFFIXES[kind]:
        return book
    mismatch = Fault("F106", value=suffix, args=(("found", _CALLED.get(kind, kind)), ("suffix", suffix)))
    return Book(book.sheets, (mismatch, *book.faults))
