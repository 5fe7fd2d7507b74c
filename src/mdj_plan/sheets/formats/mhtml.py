"""Single-file web pages (MHTML): the pages in them are read as HTML; an e-mail with attachments is named as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.sheets.cells import Book
from mdj_plan.sheets.formats.html import read_html
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_DEEPEST = 20
_LARGEST = 2**26
_SOURCE = re.compile(r"<x:name>([^<]{1,100})</x:name>\s*<x:worksheetsource\s+href=[\"']([^\"'>]{1,300})", re.IGNORECASE)


def read_mhtml(data: bytes) -> Book:
    """The tables of its pages, a sheet each. Raises Refused for a file that is cut off, or holds no page."""
    from email import message_from_bytes

    if len(data) > _LARGEST or data.lower().count(b"multipart/") > _DEEPEST:
        raise Refused("F104", "bomb")
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "))
    parts = [part for part in message.walk() if not part.is_multipart()]
    if _is_cut_off(message):
        raise Refused("F103", "truncated")
    pages = [(_location(part), text) for part in parts if (text := _page(part))]
    if not pages:
        raise Refused("F101", "mail" if any(part.get_filename() for part in parts) else "mhtml")
    return _joined(list(_chosen(pages)))


def _is_cut_off(message: Message) -> bool:
    """Whether a part of it does not begin or end where its sender says."""
    from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect

    cut = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    return any(isinstance(defect, cut) for part in message.walk() for defect in part.defects)


def _location(part: Message) -> str:
    return str(part.get("Content-Location", "")).replace("\\", "/").strip()


def _page(part: Message) -> str | None:
    """A part's HTML; None where it is none, or holds no table."""
    from mdj_plan.sheets.formats.encoding import decode

    if part.get_content_type() != "text/html":
        return None
    payload = part.get_payload(decode=True)
    text = decode(payload) if isinstance(payload, bytes) else None
    return text if text is not None and ("<table" in text.lower() or _SOURCE.search(text)) else None


def _chosen(pages: list[tuple[str, str]]) -> Iterator[tuple[str | None, str]]:
    """The pages that are sheets, each with its name where the first page lists them; else every page with a table."""
    listed = {href.rpartition("/")[2]: name for _, text in pages for name, href in _SOURCE.findall(text)}
    for location, text in pages:
        name = listed.get(location.rpartition("/")[2])
        if name is not None or (not listed and "<table" in text.lower() and not location.endswith("tabstrip.htm")):
            yield name, text


def _joined(pages: list[tuple[str | None, str]]) -> Book:
    """The tables of all pages as one book."""
    sheets = []
    for number, (name, text) in enumerate(pages, 1):
        found = read_html(text).sheets
        page = name or (f"Page {number}" if len(pages) > 1 else None)
        for sheet in found:
            parts = [part for part in (page, sheet.name) if part]
            sheets.append(sheet._replace(name=" ".join(parts) or None))
    if not sheets:
        raise Refused("F101", "mhtml")
    return Book(tuple(sheets))
