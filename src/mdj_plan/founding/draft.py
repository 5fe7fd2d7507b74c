"""A plan as it is about to be written: what a breakdown table says, set in the order of a plan file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdj_plan.fields import FIELDS
from mdj_plan.founding.breakdown import Breakdown, Owner, Unknown
from mdj_plan.founding.classes import CLASSES, short_name
from mdj_plan.founding.grid import Spot
from mdj_plan.founding.ids import ids_of
from mdj_plan.founding.known import Known, known_indicators
from mdj_plan.founding.rows import Doubt
from mdj_plan.names import Words, folded
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from mdj_plan.founding.pledges import Promise
    from mdj_plan.founding.rows import Entry
    from mdj_plan.founding.span import Span
    from mdj_plan.period import Period

_GROUPS = {
    "county": Words("各县（市）区", "Counties and districts"),
    "zone": Words("开发区", "Development zones"),
    "department": Words("市直部门", "Departments"),
}
_PLACEHOLDERS = {"county": "示例区", "zone": "示例开发区", "department": "市示例局"}
_NOWHERE = Spot(None, "")
_FOR_CRITERIA = ("national_incubators", "national_makerspaces")
"""What the shipped sets of criteria count for."""
_TABLE = re.compile(r"(?:任务|目标)*(?:分解)?(?:一览|明细|汇总|安排|计划)?表(?:[（(].*[）)])?$")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[［（(](?:19|20)[0-9]{2}[〕\]］）)][0-9]{1,4}号")
_CITY = re.compile(r"(?!全市|各市|本市)[\u4e00-\u9fff]{2,4}?市(?![直区县])")


class DraftUnit(NamedTuple):
    """A unit with its id; `example`: the table names no unit of its group, it is to be replaced."""

    id: str
    name: Words
    kind: str
    note: str | None = None
    example: bool = False
    alias: str | None = None

    @property
    def district(self) -> bool:
        """Whether it is one of the districts, zones included."""
        return self.kind != "department"


class DraftUnknown(NamedTuple):
    """An indicator to be completed: its id, what it might sum up (None: no column of the return has its name)."""

    id: str
    told: Unknown
    column: str | None


class Draft(NamedTuple):
    """Everything that the files of a new plan say. `source` is the table's file, None where all is an example."""

    source: str | None
    title: str | None
    document: str | None
    prefixes: tuple[str, ...]
    span: Span
    groups: Mapping[str, Words]
    units: tuple[DraftUnit, ...]
    indicators: tuple[Known, ...]
    city: tuple[Promise, ...]
    quotas: tuple[Promise, ...]
    unknown: tuple[DraftUnknown, ...]
    undecided: tuple[tuple[str, Entry], ...]
    doubts: tuple[Doubt, ...]

    @property
    def id(self) -> str:
        """An id for the plan: the city's in pinyin, and its first year."""
        city = next((prefix.removesuffix("市") for prefix in self.prefixes), None)
        return f"{ids_of([city])[city] if city else 'plan'}-{self.span.start.year}"


def draft(table: Breakdown, span: Span, english: Mapping[str, str] | None = None) -> Draft:
    """The plan of a table. `english`: the table is our own example, with its names in English."""
    doubts: list[Doubt] = []
    promises = [_within(promise, span, doubts) for promise in table.promises]
    units = tuple(_units(table, english or {}))
    groups = _groups(table, units)
    title = _title(table.titles)
    return Draft(
        source=None if english is not None else table.file,
        title=title,
        document=_document(table.titles),
        prefixes=_prefixes(title),
        span=span,
        groups=groups,
        units=units,
        indicators=tuple(_indicators(promises)),
        city=tuple(p for p in promises if p.whose[0] == "city"),
        quotas=tuple(_named(p, groups) for p in promises if p.whose[0] != "city"),
        unknown=tuple(_unknown(table.unknown)),
        undecided=table.undecided,
        doubts=tuple(doubts),
    )


def _within(promise: Promise, span: Span, doubts: list[Doubt]) -> Promise:
    """The promise without what lies outside the plan's quarters, which is told."""
    due = promise.due if promise.due is not None and span.holds(promise.due) else None
    last = due or span.end
    kept = {p: value for p, value in promise.milestones.items() if span.start <= p < last}
    for period in _outside(promise, due, last, kept):
        told = (("indicator", promise.known.name), ("period", str(period)))
        doubts.append(Doubt("founding-outside", promise.spot, told))
    return promise._replace(due=due if due != span.end else None, milestones=kept)


def _outside(promise: Promise, due: Period | None, last: Period, kept: Container[Period]) -> Iterator[Period]:
    """The periods of a promise that are lost; none where the figure of the `last` only says its value again."""
    for period, figure in promise.milestones.items():
        if period not in kept and (period, figure) != (last, promise.value):
            yield period
    if promise.due is not None and due is None:
        yield promise.due


def _owners(table: Breakdown) -> list[Owner]:
    """Everybody that the table names, and one to be replaced for each class of which it names nobody."""
    named = {owner.kind for owner in table.owners}
    spot = table.owners[0].spot if table.owners else _NOWHERE
    lacking = (each for each in CLASSES if each in table.every and each not in named)
    return [*table.owners, *(Owner(_PLACEHOLDERS[each], each, spot) for each in lacking)]


def _units(table: Breakdown, english: Mapping[str, str]) -> Iterator[DraftUnit]:
    owners = _owners(table)
    ids = dict(zip([o.name for o in owners], ids_of([short_name(o.name) for o in owners]).values(), strict=True))
    for owner in sorted(owners, key=lambda owner: owner.kind == "department"):
        note = "；".join(filter(None, (owner.aside, owner.note))) or None
        name = Words(owner.name, english.get(owner.name, ""))
        short = short_name(owner.name)
        example = owner.name in _PLACEHOLDERS.values()
        yield DraftUnit(ids[owner.name], name, owner.kind, note, example, short if short != owner.name else None)


def _groups(table: Breakdown, units: Iterable[DraftUnit]) -> dict[str, Words]:
    kinds = {unit.kind for unit in units}
    return {each: _group(table, each) for each in CLASSES if each in kinds}


def _group(table: Breakdown, class_: str) -> Words:
    said = table.every.get(class_)
    usual = _GROUPS[class_]
    return usual if said is None or folded(said) == folded(usual.zh) else Words(said)


def _named(promise: Promise, groups: Mapping[str, Words]) -> Promise:
    """A group's promise bears the group's name."""
    kind, name = promise.whose
    return promise._replace(whose=(kind, groups[name].zh if kind == "group" else name))


def _indicators(promises: Iterable[Promise]) -> Iterator[Known]:
    """Those that something is promised of, and those that the criteria count for, in the order of the shipped plan."""
    wanted = {promise.known.id for promise in promises} | set(_FOR_CRITERIA)
    return (known for known in known_indicators().values() if known.id in wanted)


def _unknown(unknown: Iterable[Unknown]) -> Iterator[DraftUnknown]:
    told = list(unknown)
    columns = {folded(field.header.removesuffix("数")): field.id for field in FIELDS.values() if field.numeric}
    ids = ids_of((each.phrase for each in told), known_indicators())
    for each in told:
        yield DraftUnknown(ids[each.phrase], each, columns.get(folded(each.phrase.removesuffix("数"))))


def _title(titles: Iterable[str]) -> str | None:
    """What the table calls itself, without 任务分解表."""
    for text in titles:
        bare = _TABLE.sub("", re.sub(r"^附[件表][0-9一二三四五六]*[:：]?", "", re.sub(r"\s+", "", text)))
        if len(bare) >= 6 and not re.search(r"单位[:：]|[:：]$", bare):
            return bare
    return None


def _document(titles: Iterable[str]) -> str | None:
    """The number of the notice that the table belongs to."""
    return next((found[0] for text in titles if (found := _DOCUMENT.search(text))), None)


def _prefixes(title: str | None) -> tuple[str, ...]:
    """The city of the title, which names of units may leave out."""
    city = _CITY.match(title or "")
    return (city[0],) if city else ()
