"""HTML tables, which many programs save under the name ``.xls``.

lxml reads the markup, as browsers do; what it would pass over in silence is told: a page that is cut off (F103), tags
nested beyond any page, spans beyond any table (F104), a page whose tables lie in other files (F101).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mdj_plan.sheets.cells import Book
from mdj_plan.sheets.formats.htmlpage import Page, Styles
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.sheets.formats.htmltable import Table

_CHUNK = 8192
"""Bytes handed to the parser at a time: between them it is seen how deep its tags are nested."""
_DEEPEST = 400
_LARGEST = 2**26
_END_TAG = re.compile(r"</(?:td|th|tr|table)\b", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_FRAMES = re.compile(r"<(?:frameset|x:worksheetsource)\b", re.IGNORECASE)
_SILENT = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE | re.ASCII)
_ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script", re.IGNORECASE | re.ASCII),
    "<style": re.compile("</style", re.IGNORECASE | re.ASCII),
}


def read_html(decoded: str) -> Book:
    """Every table of a page as a sheet. Raises Refused for a page without one, or that is cut off."""
    if len(decoded) > _LARGEST:
        raise Refused("F104", "bomb")
    source, styles, whole = _spoken(decoded)
    if whole and not _TABLE.search(source):
        raise Refused("F101", "frames" if _FRAMES.search(decoded) else "other", form="HTML")
    tables = _whole_tables(decoded, source, styles, whole=whole)
    if not tables:
        raise Refused("F101", "other", form="HTML")
    names = [None] if len(tables) == 1 else [f"Table {i}" for i in range(1, len(tables) + 1)]
    return Book(tuple(table.sheet(name) for name, table in zip(names, tables, strict=True)))


def _whole_tables(decoded: str, source: str, styles: Sequence[str], *, whole: bool) -> list[Table]:
    """The tables of a page. Raises Refused for one that is cut off: its tags are, or a table, or its last row."""
    ended = _END_TAG.search(source) is not None
    if not whole or (ended and _left_open(source)):
        raise Refused("F103", "truncated")
    tables = _tables(decoded, styles)
    if tables and not ended and tables[-1].breaks_off():
        raise Refused("F103", "truncated")
    return tables


def _tables(decoded: str, styles: Sequence[str]) -> list[Table]:
    """The tables in the order in which they begin. Raises Refused."""
    from lxml import etree

    page = Page(Styles.of(styles))
    target: Any = page  # it takes no comments, which lxml's types ask for
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    data = decoded.encode("utf-8", "replace")
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            if page.depth > _DEEPEST:
                raise Refused("F103")
        parser.close()
    except etree.LxmlError as error:
        raise Refused("F103", value=str(error)[:80]) from None
    return [table for table in page.tables if table.rows and not table.framed]


def _spoken(decoded: str) -> tuple[str, list[str], bool]:
    """The page without comments, scripts and styles; these last; whether all of them end, and the last tag does."""
    kept: list[str] = []
    styles: list[str] = []
    at = 0
    while begins := _SILENT.search(decoded, at):
        kept.append(decoded[at : begins.start()])
        ends = _ENDS[begins[0].lower()].search(decoded, begins.end())
        if ends is None:
            return "".join(kept), styles, False
        if begins[0].lower() == "<style":
            styles.append(decoded[begins.end() : ends.start()].partition(">")[2])
        at = ends.end()
    rest = decoded[at:]
    tag = rest.rfind("<")
    whole = tag < 0 or tag < rest.rfind(">") or not re.match(r"</?[A-Za-z]", rest[tag:])
    return "".join((*kept, rest)), styles, whole


def _left_open(source: str) -> bool:
    """Whether more tables begin than end."""
    marks = _TABLE.findall(source)
    return 2 * marks.count("/") < len(marks)
