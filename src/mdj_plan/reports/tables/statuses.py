"""Statuses of targets in words and colours: the plan's own names for its bands, the catalogue's for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.values import Status, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Band
    from mdj_plan.reports.tables.values import Text

_FIXED = {"done": "green", "on_schedule": "green", "slightly_behind": "plain", "not_reported": "grey"}
_CAUGHT_UP = ("done", "on_schedule")


def standing_of(gap: Gap, bands: Sequence[Band]) -> Status:
    """A target's status. One that has recovered says so, and is yellow for the period, not green (contract 2)."""
    word = status_text(gap.status, bands)
    if gap.recovered:
        return Status(gap.status, said("status-recovered", status=word), "yellow", gap.rank)
    return Status(gap.status, word, colours(bands)[gap.status], gap.rank)


def previous_of(gap: Gap, bands: Sequence[Band]) -> Status:
    """A target's status a period ago."""
    return Status(gap.previous_status, status_text(gap.previous_status, bands), colours(bands)[gap.previous_status])


def statuses(bands: Sequence[Band]) -> tuple[str, ...]:
    """Every status that a plan can give: done first, gravest last, not reported at the end."""
    return ("done", "on_schedule", "slightly_behind", *(band.status for band in bands), "not_reported")


def colours(bands: Sequence[Band]) -> dict[str, str]:
    """The colour of every status: green, grey, plain, or what the plan gives its bands."""
    return _FIXED | {band.status: band.colour or "plain" for band in bands}


def possible(a: Assessment) -> Iterator[Status]:
    """Every status that a target of the plan may bear, recovered ones included, each with its colour."""
    bands = a.plan.file.bands
    for status, colour in colours(bands).items():
        yield Status(status, status_text(status, bands), colour)
    for status in _CAUGHT_UP:
        yield Status(status, said("status-recovered", status=status_text(status, bands)), "yellow")


def status_text(status: str, bands: Sequence[Band]) -> Text:
    """A status in words: the plan's own name for a band, else the catalogue's, else the id."""
    own = next((band.name for band in bands if band.status == status and band.name is not None), None)
    if own is not None:
        return own
    key = f"status-{status}"

    def word(texts: Messages) -> str:
        return texts(key) if texts.has(key) else status.replace("_", " ")

    return word
