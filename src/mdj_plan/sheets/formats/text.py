"""Tables in text: CSV and TSV in any encoding that Chinese offices use; HTML is handed on (`html`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.encoding import decode
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Book

_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_KIND = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"\s{0,2000}<[!?A-Za-z]")
_TABLE = re.compile(r"<table\b[^<]{0,2000}<(?:tr|thead|tbody|col|caption)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|table|body|frameset)\b(?!:)|<!doctype\s+html", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def read_text(data: bytes) -> tuple[str, Book]:
    """The kind (csv, html, xml, mht) and the book. Raises Refused for what is no text, or a text without a table."""
    if _is_mhtml(data):
        from mdj_plan.sheets.formats.mhtml import read_mhtml

        return "mht", read_mhtml(data)
    decoded = decode(data)
    if decoded is None:
        raise Refused("F101", "other", form="binary") if _is_binary(data) else Refused("F107")
    if _MARKUP.match(decoded) or _TABLE.search(decoded[:20_000]):
        return _read_markup(decoded)
    from mdj_plan.sheets.formats.delimited import read_delimited

    return "csv", read_delimited(decoded)


def _is_mhtml(data: bytes) -> bool:
    """Whether a file begins with the headers of a web page in one file, or of an e-mail."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf\r\n ")
    return bool(_HEADER.match(head) and _VERSION.search(head) and _KIND.search(head))


def _is_binary(data: bytes) -> bool:
    return len(_BINARY.findall(data[:4096])) > 8


def _read_markup(decoded: str) -> tuple[str, Book]:
    from mdj_plan.sheets.formats.html import read_html
    from mdj_plan.sheets.formats.spreadsheetml import is_spreadsheet, read_spreadsheet

    if is_spreadsheet(decoded):
        return "xml", read_spreadsheet(decoded)
    if _PAGE.search(decoded):
        return "html", read_html(decoded)
    raise Refused("F101", "document" if "<w:wordDocument" in decoded[:8192] else "other", form="XML")
