"""Published figures that are others now, as the circular says it: which, from what to what, and by whose return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.edition import day_of
from mdj_plan.reports.tables.restatements import restated_row
from mdj_plan.reports.tables.values import told, worded
from mdj_plan.reports.widths import cells
from mdj_plan.reports.wording import listed, quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.restatements import Moved, Restated, Restatement
    from mdj_plan.messages import Messages


def restated(a: Assessment, texts: Messages, *, most: int | None = None) -> list[str]:
    """One sentence a closed period of which a figure is another now. One wider than `most`, in columns of half a
    Chinese character, says how many figures, and not which.
    """
    return [_sentence(a, each, texts, most) for each in a.restatements if each.rows]


def _sentence(a: Assessment, restatement: Restatement, texts: Messages, most: int | None) -> str:
    city = [row for row in restatement.rows if row.unit is None]
    others = len(restatement.rows) - len(city)
    units = [texts("circular-restated-units", n=others)] if others else []
    told = _told(a, restatement, [*(_figure(a, restatement, row, texts) for row in city), *units], texts)
    if most is None or cells(told) <= most or not city:
        return told
    return _told(a, restatement, [texts("circular-restated-city", n=len(city)), *units], texts)


def _told(a: Assessment, restatement: Restatement, figures: Sequence[str], texts: Messages) -> str:
    edition = restatement.edition
    return texts(
        "circular-restated",
        period=quarter(edition.period, texts.language),
        day=worded(day_of(edition), texts),
        n=edition.number,
        figures=listed(figures, texts.language),
        causes=listed(_causes(a, restatement, texts), texts.language),
    )


def _figure(a: Assessment, restatement: Restatement, row: Restated, texts: Messages) -> str:
    """孵化器由20家改为21家; where only the target, or the status, is another, that."""
    line = restated_row(a, restatement, row)
    indicator = a.plan.indicators.get(row.indicator)
    name = visible(texts.words(indicator.name) if indicator else row.indicator)
    what = "figure" if row.was != row.now else "target" if row.other_target else "status"
    was, now = _SIDES[what]
    args = {"was": told(line[was], texts), "now": told(line[now], texts), "unit": told(line["measure"], texts)}
    return texts(f"circular-restated-{what}", name=name, **args).rstrip()


_SIDES = {
    "figure": ("published", "current"),
    "target": ("published_target", "current_target"),
    "status": ("published_status", "current_status"),
}


def _causes(a: Assessment, restatement: Restatement, texts: Messages) -> Iterator[str]:
    """What has changed since: returns by whose they are, never by our files' names."""
    causes = restatement.causes
    yield from (visible(_moved(a, moved, texts)) for moved in causes.returns)
    yield from (texts(f"cause-{name}") for name in ("plan", "quotas", "register") if getattr(causes, name))
    if causes.tool is not None:
        yield texts("cause-tool", was=causes.tool[0], now=causes.tool[1])


def _moved(a: Assessment, moved: Moved, texts: Messages) -> str:
    unit = a.plan.units.get(moved.unit)
    who = moved.member or (texts.words(unit.name) if unit else moved.unit)
    how = "late" if moved.was is None else "gone" if moved.now is None else "corrected"
    return texts(f"circular-return-{how}", who=who, period=quarter(moved.period, texts.language))
