"""The page for the meeting: one HTML file in both languages that asks no network and needs no script to be read."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any

from mdj_plan import __version__
from mdj_plan.messages import messages
from mdj_plan.names import Words
from mdj_plan.records import NamedTuple
from mdj_plan.reports.data.whole import summary
from mdj_plan.reports.happened import happened
from mdj_plan.reports.page.bilingual import TAGS, Bilingual, spoken
from mdj_plan.reports.page.charts import HEIGHT, WIDTH, curve
from mdj_plan.reports.page.colours import Colour, colour
from mdj_plan.reports.page.figures import evidence, figures
from mdj_plan.reports.page.findings import counted, meanings
from mdj_plan.reports.page.sections import BY_HAND, sections
from mdj_plan.reports.page.tables import section
from mdj_plan.reports.restated import restated
from mdj_plan.reports.tables.calls import situation, worst
from mdj_plan.reports.tables.edition import edition_of
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.reports.tables.revised import revisions
from mdj_plan.reports.tables.short import short_note
from mdj_plan.reports.tables.statuses import colours, status_text
from mdj_plan.reports.tables.targets import CITY
from mdj_plan.reports.tables.values import Joined, said, worded
from mdj_plan.reports.views import counts_of_data
from mdj_plan.reports.wording import quarter
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from mdj_plan.assessment import Assessment
    from mdj_plan.measure.reporting import UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.page.charts import Curve
    from mdj_plan.reports.page.figures import Figure
    from mdj_plan.reports.tables.values import Text


def build(assessment: Assessment, texts: Messages) -> bytes:
    """The page as UTF-8; without its script it is in the language of `texts`. The same input gives the same bytes."""
    say = Bilingual(texts)
    template = _environment(say).get_template("page.html.j2")
    return template.render(_content(assessment, say)).encode("utf-8")


def _environment(say: Bilingual) -> Environment:
    """What a template writes is escaped, in both languages where it is words, and free of control characters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def written(value: object) -> object:
        if isinstance(value, Words):
            return spoken(value)
        return visible(value) if type(value) is str else value

    environment = Environment(
        loader=PackageLoader("mdj_plan.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=written,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _part("page.js")
    environment.globals |= {
        "say": say,
        "style": Markup(_part("page.css")),  # noqa: S704 - our own style sheet
        "script": Markup(script),  # noqa: S704 - our own script
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    return environment


def _part(name: str) -> str:
    return resources.files("mdj_plan.reports").joinpath("templates", name).read_text("utf-8")


def _content(assessment: Assessment, say: Bilingual) -> dict[str, Any]:
    everything = figures(assessment, say)
    return {
        **_head(assessment, say),
        **_sections(assessment, everything, say),
        **_figures(assessment, everything, say),
        "happened": _happened(assessment, say),
        "restated": _restated(assessment),
        "statuses": _statuses(assessment, say),
        "silent": _silent(assessment, say),
        "worst": _worst(assessment, say),
        "meanings": meanings(assessment, say),
        "skipped": _skipped(assessment),
        "filter": _choices(assessment, everything, say),
    }


def _sections(assessment: Assessment, everything: Iterable[Figure], say: Bilingual) -> dict[str, Any]:
    """The page's sections in order, those that are declared tables filled, each with its heading."""
    links = {id(figure.gap): figure.id for figure in everything}
    shown = [(table, table.of(assessment)) for table in TABLES if "page" in table.media]
    filled = [it for table, it in shown if it.rows or not table.optional]
    declared = {it.name: section(it, say, links) for it in (CITY.of(assessment), *filled)}
    names = sections(it.name for it in filled)
    heading = {name: declared[name].title if name in declared else say(f"page-{name}") for name in names}
    return {"declared": declared, "heading": heading, "sections": names, "by_hand": BY_HAND}


def _figures(assessment: Assessment, everything: Sequence[Figure], say: Bilingual) -> dict[str, Any]:
    """Every figure with its curve and its evidence, and what must be known of the city's."""
    by_gap = {id(figure.gap): figure for figure in everything}
    city = [figure for figure in everything if figure.gap.unit is None]
    curves = [curve(assessment, figure, say) for figure in everything]
    return {
        "figures": everything,
        "curves": [each for each in curves if each.figure.gap.unit is None],
        "of_units": _by_unit(curves),
        "chart": (WIDTH, HEIGHT),
        "recovered": [by_gap[id(gap)] for gap in assessment.recovered],
        "evidence": [evidence(assessment, figure, say) for figure in everything],
        "short": _short(city, assessment, say),
        "revisions": [say.each(partial(worded, told)) for told in revisions(figure.gap for figure in city)],
    }


def _head(assessment: Assessment, say: Bilingual) -> dict[str, Any]:
    head = assessment.plan.file.plan
    return {
        "language": TAGS[say.texts.language],
        "plan": head,
        "title": say.each(
            lambda texts: texts(
                "page-title", plan=texts.words(head.title), period=quarter(assessment.period, texts.language)
            )
        ),
        "plain_title": {tag: f"{head.title.in_language(key)} {assessment.period}" for key, tag in TAGS.items()},
        "document": head.document or "",
        "period": str(assessment.period),
        "as_of": str(assessment.as_of),
        "edition": say.each(partial(worded, edition_of(assessment))),
        "due_day": assessment.units[0].due.isoformat() if assessment.units else "",
        "summary": summary(assessment),
        "findings": counted(counts_of_data(assessment), say),
        "accepted": _accepted(assessment, say),
        "version": __version__,
    }


def _accepted(assessment: Assessment, say: Bilingual) -> Words | None:
    """How many findings the office has accepted, and when the first of them ends; None without any."""
    n, until = len(assessment.accepted), str(assessment.accepted_until)
    return say("count-accepted", n=n, until=until) if n else None


def _worst(assessment: Assessment, say: Bilingual) -> Words | None:
    """Which unit is furthest behind, and in what; None where nobody is behind."""
    behind = worst(assessment)
    return None if behind is None else say.each(partial(worded, behind))


def _happened(assessment: Assessment, say: Bilingual) -> Words | None:
    """What happened to facilities since the quarter before, in a sentence; None where nothing did."""
    return say.each(lambda texts: happened(assessment.changes, texts)) if assessment.changes.rows else None


def _restated(assessment: Assessment) -> tuple[Words, ...]:
    """Which published figures were corrected, a sentence a closed period."""
    return tuple(map(Words, *(restated(assessment, messages(language)) for language in TAGS)))


_TOLD_AS = (
    ("returned", "returned"),
    ("missing", "missing"),
    ("carried", "missing"),
    ("partial", "partial"),
    ("late", "late"),
)
"""How units have reported, and the line in which it is told."""


def _silent(assessment: Assessment, say: Bilingual) -> dict[str, list[Words]]:
    """Who is out, was sent back, has files in question, reported in part or late, each with what must be known."""
    found: dict[str, list[Words]] = {}
    for status, told_as in _TOLD_AS:
        for state in assessment.units:
            if state.status == status:
                note = _noted(assessment, state)
                name: Text = state.unit.name if note is None else said("named-with", name=state.unit.name, more=note)
                line = told_as if state.pending is None else "pending"
                found.setdefault(line, []).append(say.each(partial(worded, name)))
    return found


def _noted(assessment: Assessment, state: UnitState) -> Text | None:
    """What must be known of how a unit reported; None where its status says all."""
    if state.status == "late":
        return said("late-by", days=state.days_late) if state.days_late else None
    if state.status == "partial":
        return said("page-lacking", members=Joined(state.out).told)
    known = situation(assessment, state)
    before = state.return_period
    if before is not None and before < assessment.period.shift(-1):
        return said("carried-from", situation=known, period=str(before))
    return None if known == said("submission-missing") else known


class Share(NamedTuple):
    """A status that occurs: its name, its colour, how many targets have it."""

    id: str
    name: Words
    colour: Colour
    targets: int


def _statuses(assessment: Assessment, say: Bilingual) -> tuple[Share, ...]:
    """The statuses that occur, gravest last, not reported at the end."""
    counts = assessment.statuses()
    found = colours(assessment.plan.file.bands)
    return tuple(
        Share(status, _status_name(assessment, status, say), colour(name), counts[status])
        for status, name in found.items()
        if status in counts
    )


def _status_name(assessment: Assessment, status: str, say: Bilingual) -> Words:
    return say.each(lambda texts: worded(status_text(status, assessment.plan.file.bands), texts))


def _short(figures: list[Figure], assessment: Assessment, say: Bilingual) -> Words | None:
    """Who is short of what under the marks of the city's figures; None where none is marked."""
    gaps = [figure.gap for figure in figures if figure.gap.incomplete and figure.gap.actual is not None]
    return say.each(lambda texts: worded(short_note(assessment, gaps), texts)) if gaps else None


def _by_unit(curves: Iterable[Curve]) -> list[tuple[Words, str, list[Curve]]]:
    """The curves of units: each unit's name, id and figures, in report order."""
    found: dict[str, list[Curve]] = {}
    for each in curves:
        if each.figure.gap.unit is not None:
            found.setdefault(each.figure.unit, []).append(each)
    return [(own[0].figure.who, unit, own) for unit, own in found.items()]


class Unchecked(NamedTuple):
    """Rules that could not run, why, and for which units."""

    codes: tuple[str, ...]
    reason: str
    units: tuple[Words, ...]


def _skipped(assessment: Assessment) -> tuple[Unchecked, ...]:
    groups: dict[tuple[tuple[str, ...], str], list[Words]] = {}
    for each in assessment.skipped:
        groups.setdefault((each.codes, each.reason), []).append(assessment.plan.units[each.unit].name)
    return tuple(Unchecked(codes, reason, tuple(units)) for (codes, reason), units in groups.items())


class Choice(NamedTuple):
    """What a filter offers: a value and its name in both languages."""

    value: str
    name: Words


def _choices(assessment: Assessment, everything: Iterable[Figure], say: Bilingual) -> dict[str, tuple[Choice, ...]]:
    """The units that take part, the indicators with a target, the statuses that occur."""
    owed = {figure.gap.indicator.id for figure in everything}
    return {
        "unit": tuple(Choice(unit.id, unit.name) for unit in assessment.plan.participants),
        "indicator": tuple(Choice(i.id, i.name) for i in assessment.plan.indicators.values() if i.id in owed),
        "status": tuple(Choice(each.id, each.name) for each in _statuses(assessment, say)),
    }
