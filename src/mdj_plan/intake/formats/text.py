"""Tables in text: CSV and TSV in any encoding that Chinese offices use; HTML is handed on (`html`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.intake.formats.refusal import Refused

if TYPE_CHECKING:
    from mdj_plan.intake.cells import Book

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]{1,40}:[ \t]")
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_KIND = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"\s{0,2000}<[!?A-Za-z]")
_TABLE = re.compile(r"<table\b[^<]{0,2000}<(?:tr|thead|tbody|col|caption)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|table|body|frameset)\b|<!doctype\s+html", re.IGNORECASE)
_EASTERN = frozenset(("gb2312", "gbk", "gb18030", "big5", "big5-hkscs", "hz-gb-2312", "shift_jis", "euc-jp", "euc-kr"))
_WESTERN = frozenset(("iso-8859-1", "iso-8859-15", "windows-1252", "windows-1250", "windows-1251", "koi8-r"))
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


def read_text(data: bytes) -> tuple[str, Book]:
    """The kind (csv, html, xml, mht) and the book. Raises Refused for what is no text, or a text without a table."""
    if _is_mhtml(data):
        from mdj_plan.intake.formats.mhtml import read_mhtml

        return "mht", read_mhtml(data)
    decoded = decode(data)
    if decoded is None:
        raise Refused("F101", "other", form="binary") if _is_binary(data) else Refused("F107")
    if _MARKUP.match(decoded) or _TABLE.search(decoded[:20_000]):
        return _read_markup(decoded)
    from mdj_plan.intake.formats.delimited import read_delimited

    return "csv", read_delimited(decoded)


def _is_mhtml(data: bytes) -> bool:
    """Whether a file begins with the headers of a web page in one file, or of an e-mail."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf\r\n ")
    return bool(_HEADER.match(head) and _VERSION.search(head) and _KIND.search(head))


def _is_binary(data: bytes) -> bool:
    return len(_BINARY.findall(data[:4096])) > 8


def _read_markup(decoded: str) -> tuple[str, Book]:
    from mdj_plan.intake.formats.html import read_html
    from mdj_plan.intake.formats.spreadsheetml import is_spreadsheet, read_spreadsheet

    if is_spreadsheet(decoded):
        return "xml", read_spreadsheet(decoded)
    if _PAGE.search(decoded):
        return "html", read_html(decoded)
    raise Refused("F101", "document" if "<w:wordDocument" in decoded[:8192] else "other", form="XML")


def decode(data: bytes) -> str | None:
    """BOM → strict UTF-8 → an HTML page's own charset → strict GB18030 → UTF-16; None where nothing fits.

    A page's own charset is a Western one by mistake more often than not: then GB18030 is tried first.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    charset = _CHARSET.search(data[:4096]) if data[:256].lstrip().startswith(b"<") else None
    named = charset[1].decode("ascii").lower() if charset else ""
    before, after = [n for n in (named,) if n in _EASTERN], [n for n in (named,) if n in _WESTERN]
    wide = ("utf-16-le", "utf-16-be") if b"\x00" in data[:64] else ()
    for encoding in ("utf-8-sig", *before, "gb18030", *wide, *after):
        found = _strict(data, encoding)
        if found is not None:
            return found
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        found = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return found.replace("\x1a", "") if _is_text(found) else None


def _is_text(found: str) -> bool:
    """A stray control character is a slip of the keyboard; NULs, or many of them, are no text at all."""
    return "\x00" not in found and len(_CONTROLS.findall(found)) * 200 <= len(found)
