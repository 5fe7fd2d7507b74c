"""Tables of returns: the files behind the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan import __version__
from mdj_plan.reports.tables.columns import FILE, NUMBER, PERIOD, RECEIVED, VERSION, WHO
from mdj_plan.reports.tables.table import Column, Row, Table
from mdj_plan.reports.tables.values import Text, said
from mdj_plan.reports.views import periods_shown, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assess import Assessment
    from mdj_plan.period import Period


def _sources(a: Assessment) -> Iterator[Row]:
    """The returns of every period shown: flows, trends and forecasts draw on all of them."""
    yield from _files(a, periods_shown(a))


def _sources_now(a: Assessment) -> Iterator[Row]:
    yield from _files(a, (a.period,))


def _made(a: Assessment) -> Iterator[Text]:
    head = a.plan.file.plan
    yield said("made-from", id=head.id, document=head.document or "", version=__version__)
    yield said("made-for", period=str(a.period), as_of=str(a.as_of))
    yield said("note-all-sources")


def _files(a: Assessment, periods: Sequence[Period]) -> Iterator[Row]:
    for row in sources(a, periods):
        whose: Text = row.unit.name if row.member is None else said("named-with", name=row.unit.name, more=row.member)
        yield {
            "unit": row.unit.id,
            "unit_name": whose,
            "period": row.period,
            "file": row.file,
            "version": row.version,
            "received": row.received,
            "sha256": row.sha256,
        }


_FILES = (
    NUMBER,
    WHO,
    PERIOD,
    FILE,
    VERSION,
    RECEIVED,
    Column("sha256", "hash", media=frozenset({"book", "page", "data"})),
)
ALL_SOURCES = Table("all-sources", _FILES, _sources, media=frozenset({"book"}), lead=_made)
SOURCES = Table("sources", _FILES, _sources_now, media=frozenset({"page"}), lead=lambda _: [said("note-sources")])
