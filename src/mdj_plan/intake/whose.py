"""Whose return it is, and for which period: from the cover, else a title or sheet name, else the file name, else the
folder (contract 1). Sources that disagree are a finding, and the return does not count until they agree.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from mdj_plan.intake.given import UNSTATED, Given
from mdj_plan.intake.layout.cover import parts
from mdj_plan.names import Words, listed
from mdj_plan.period import Period
from mdj_plan.phrases import phrase
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Fault, as_typed
from mdj_plan.sheets.remarks import is_remark
from mdj_plan.sheets.values.periods import Quarter, find_period, find_year, unclear
from mdj_plan.sheets.values.periods import period as read_period
from mdj_plan.sheets.values.reading import blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mdj_plan.intake.layout.entry import Entry
    from mdj_plan.intake.layout.survey import Layout
    from mdj_plan.plan.mentions import Reporter
    from mdj_plan.plan.units import Directory
    from mdj_plan.sheets.cells import Cell

_VERSION = re.compile(r"[.\-_ ]v(\d{1,4})$", re.IGNORECASE)
_SEAL = re.compile(r"\s*[(（\[【]?\s*(?:盖章|公章|签章|印章|章)\s*[)）\]】]?\s*$")
_YEARS = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_TITLE_WORDS = re.compile(r"表|季报|统计|报告|情况")
_ASIDE = re.compile(r"上季|上期|上年|去年|同期|截[至止]|报送|相比|对比|比较|[，。；]")
"""Words of a line above a table that speaks of something else than the table itself."""
_AROUND_NAME = re.compile(r"[0-9Qq年第季度一二三四报表_.\s-]+")
_ANNEX = re.compile(r"^附件?表?\s*[0-9一二三四五]*\s*[:：]?")
_LONGEST_TITLE = 50
_SEPARATORS = re.compile(r"[\s_\-—.,，、;；()（）\[\]【】《》〔〕+&]+")
_OF_IDS = re.compile(r"[\s_.-]+")
"""Between these an id stands as a whole part of a file's or folder's name (contract 1)."""
COVER, TITLE, FILE, FOLDER, OFFICE = (
    phrase("cover"),
    phrase("title-or-sheet-name"),
    phrase("file-name"),
    phrase("folder"),
    phrase("office"),
)


class Whose(NamedTuple):
    """The answer. `certain` is False where the return cannot be attributed; `faults` say why. `periods`: all named."""

    reporter: Reporter | None
    period: Period | None
    version: int
    certain: bool
    agreed_period: bool
    periods: frozenset[Period]
    faults: tuple[Fault, ...]


class _Says(NamedTuple):
    """What one source says of the period: `year` and `quarter`, either None; and the cell it stands in, if any."""

    source: Words
    year: int | None
    quarter: int | None
    typed: str
    entry: Entry | None = None

    def may_mean(self, year: int | None, quarter: int | None) -> bool:
        """Whether it says nothing against a year and a quarter."""
        return self.year in {None, year} and self.quarter in {None, quarter}


class _Names(NamedTuple):
    """What one source says of the unit."""

    source: Words
    reporter: Reporter
    typed: str
    entry: Entry | None = None


def _given_period(period: Period) -> list[_Says]:
    """What the office says of the period, as a source."""
    return [_Says(OFFICE, period.year, period.quarter, str(period))]


def _given_unit(reporter: Reporter) -> list[_Names]:
    """What the office says of the unit, as a source."""
    return [_Names(OFFICE, reporter, reporter.member or reporter.unit)]


def version_of(stem: str) -> tuple[str, int]:
    """The file's name without its version, and the version: ``dongan.v2`` → dongan, 2; 1 where none is named."""
    match = _VERSION.search(stem)
    return (stem[: match.start()], int(match[1])) if match else (stem, 1)


def whose(
    file: str,
    layout: Layout | None,
    directory: Directory,
    districts: frozenset[str] = frozenset(),
    given: Given = UNSTATED,
) -> Whose:
    """Attribute a return. `file` is its path relative to the submissions folder, with forward slashes.

    Where the office has `given` unit or period, no other source is asked.

    A title that names another of the `districts` than the one that reports disagrees with it. Of the others it does
    not: a department's sheets, and a zone's, may be headed by the districts in which their facilities lie.
    """
    *folders, name = file.split("/")
    stem, version = version_of(_without_suffix(name))
    above = [(FILE, stem), *((FOLDER, folder) for folder in reversed(folders) if folder)]
    unread: list[Fault] = []
    said = _given_period(given.period) if given.period else list(_said(above, layout, unread))
    named = _given_unit(given.reporter) if given.reporter else list(_named(above, layout, directory, unread))
    when = _when(said, None if given.period else layout)
    who = _who(named, None if given.reporter else layout, directory, districts)
    clashes = [clash for clash in (when.clash, who.clash) if clash is not None]
    missing = () if layout is None else _missing(who.reporter, when.period, said, {fault.code for fault in unread})
    known = who.reporter is not None and when.period is not None
    return Whose(
        who.reporter,
        when.period,
        version,
        known and not clashes and not unread,
        when.clash is None,
        when.periods,
        (*unread, *clashes, *missing),
    )


class _When(NamedTuple):
    """The period that a return is of, every one that its sources name, and that they disagree, if they do."""

    period: Period | None
    periods: frozenset[Period]
    clash: Fault | None


def _when(said: list[_Says], layout: Layout | None) -> _When:
    """The first year and the first quarter that a source names; `layout` is asked for titles that say otherwise."""
    year = next((s.year for s in said if s.year is not None), None)
    quarter = next((s.quarter for s in said if s.quarter is not None), None)
    period = Period(year, quarter) if year is not None and quarter is not None else None
    said = [*said, *(s for s in _contrary_periods(layout, period) if s not in said)]
    clash = None
    if not all(s.may_mean(year, quarter) for s in said):
        covers = {(s.year, s.quarter) for s in said if s.source is COVER}
        clash = _disagreement(phrase("period"), said, str(period), covers=len(covers) > 1)
    return _When(period, _named_periods(said, year, quarter), clash)


def _named_periods(said: Iterable[_Says], year: int | None, quarter: int | None) -> frozenset[Period]:
    """Every period that a source names; what it leaves out is that of the return."""
    stated = ((s.year or year, s.quarter or quarter) for s in said)
    return frozenset(Period(y, q) for y, q in stated if y and q)


class _Who(NamedTuple):
    """Whose a return is, and that its sources disagree, if they do."""

    reporter: Reporter | None
    clash: Fault | None


def _who(named: list[_Names], layout: Layout | None, directory: Directory, districts: frozenset[str]) -> _Who:
    """The unit that the first source names, or its member where another names one; `layout` as of the period."""
    reporter = named[0].reporter if named else None
    if reporter is not None and reporter.unit in districts:
        named = [*named, *_contrary_units(layout, reporter, directory, districts)]
    if not all(_compatible(reporter, n.reporter) for n in named):
        covers = {n.reporter.unit for n in named if n.source is COVER}
        what = phrase("unit")
        return _Who(reporter, _disagreement(what, named, named[0].typed, covers=len(covers) > 1))
    return _Who(next((n.reporter for n in named if n.reporter.member), reporter), None)


def _missing(
    reporter: Reporter | None, period: Period | None, said: Sequence[_Says], told: AbstractSet[str]
) -> Iterator[Fault]:
    """That no source names a unit, or a period; not where one does that cannot be read, which is told."""
    if reporter is None and "V113" not in told:
        yield Fault("L105")
    if period is None and "L106" not in told:
        yield _undated(said)


def _undated(said: Sequence[_Says]) -> Fault:
    """L106: no source names a quarter, or one does (第三季度) and none its year; then at the cell that names it."""
    quarter = next((s for s in said if s.quarter is not None), None)
    if quarter is None:
        return Fault("L106")
    if quarter.entry is None:
        return Fault("L106", value=quarter.typed, variant="year")
    entry = quarter.entry
    return Fault("L106", entry.sheet, entry.row, entry.column, quarter.typed, "year")


def _compatible(first: Reporter | None, other: Reporter) -> bool:
    """A unit and its member agree; two members do not."""
    if first is None or first.unit != other.unit:
        return first is None
    return first.member is None or other.member is None or first.member == other.member


def _disagreement(what: Words, sources: Sequence[_Says | _Names], typed: str, *, covers: bool) -> Fault:
    """L107. `covers`: covers in one file say different things, and what others say does not matter."""
    if covers:
        sources = [s for s in sources if s.source is COVER]
    zh = "、".join(f"{s.source.zh}“{s.typed}”" for s in sources)
    en = ", ".join(f"{s.source.en} '{s.typed}'" for s in sources)
    args = (("what", what), ("sources", Words(zh, en)))
    entry = next((s.entry for s in sources if s.entry is not None), None)
    if entry is None:
        return Fault("L107", value=typed, args=args)
    variant = "book" if covers else ""
    return Fault("L107", entry.sheet, entry.row, entry.column, as_typed(entry.value), variant, args)


def _without_suffix(name: str) -> str:
    """A file's name without its last suffix: dongan.v2.xlsx → dongan.v2; .xlsx stays."""
    stem, _, suffix = name.rpartition(".")
    return stem if stem and suffix else name


def _said(above: Sequence[tuple[Words, str]], layout: Layout | None, faults: list[Fault]) -> Iterator[_Says]:
    """What each source says of the period. `above` are the file's name, then its folders, the nearest first."""
    stated = _on_the_cover(layout, faults)
    yield from stated
    if not stated or stated[-1].year is None:  # a quarter alone takes its year from a title
        yield from _beside_the_unit(layout)
        yield from _in_titles(layout)
    for source, text in above:
        found = find_period(text)
        year = find_year(text) if found is None else None
        if found is not None:
            yield _says(source, found, text)
        elif year is not None:
            yield _Says(source, year, None, text)


def _unclear(entry: Entry, typed: str) -> Fault:
    """L106 at a cover's 报告期; `near` is the quarter in which the month lies that it names."""
    variant, near = unclear(typed)
    args = (("near", str(near)),) if near else ()
    return Fault("L106", entry.sheet, entry.row, entry.column, typed, variant, args)


def _of_months(undated: list[Fault]) -> list[Fault]:
    """Tables of several months in one file are one matter: to be put together, not to be dated one by one."""
    months = [fault for fault in undated if fault.variant == "month"]
    named = list(dict.fromkeys(str(fault.value) for fault in months))
    if len(named) < 2:
        return undated
    first = months[0]._replace(variant="months", args=(*months[0].args, ("months", listed(named))))
    return [first, *(fault for fault in undated if fault.variant != "month")]


def _on_the_cover(layout: Layout | None, faults: list[Fault]) -> list[_Says]:
    """Every 报告期 of the cover; those that name no quarter are among the `faults`."""
    stated: list[_Says] = []
    undated: list[Fault] = []
    for entry in layout.cover.get("period", ()) if layout else ():
        if blank(entry.value):
            continue
        typed = as_typed(entry.value)
        found = read_period(typed) or _first_part(entry.value)
        if found is None:
            undated.append(_unclear(entry, typed))
        else:
            stated.append(_says(COVER, found, typed, entry))
    faults += _of_months(undated)
    return stated


def _first_part(stated: Cell) -> Period | Quarter | None:
    """The period that stands before a wide gap: 2017年第二季度   2017年7月10日."""
    cut = parts(stated)
    return read_period(cut[0]) if cut else None


def _beside_the_unit(layout: Layout | None) -> Iterator[_Says]:
    """The period in the same cell as the unit, behind a gap: 填报单位：东安区科技局   2017年第二季度."""
    for entry in layout.cover.get("unit", ()) if layout else ():
        for part in parts(entry.value)[1:]:
            if (found := find_period(part)) is not None:
                yield _says(COVER, found, part, entry)
                return


def _in_titles(layout: Layout | None) -> Iterator[_Says]:
    """What the first title says that names a period or a single year; a span such as 2017-2019 names none."""
    for entry in layout.titles if layout else ():
        text = as_typed(entry.value)
        found = find_period(text)
        place = entry if entry.row >= 0 else None
        years = set(_YEARS.findall(text))
        if found is not None:
            yield _says(TITLE, found, text, place)
            return
        if len(years) == 1:
            yield _Says(TITLE, int(years.pop()), None, text, place)
            return


def _contrary_periods(layout: Layout | None, period: Period | None) -> Iterator[_Says]:
    """Titles and names of sheets that name a whole period, year and quarter, other than the return's."""
    for entry in layout.titles if layout and period else ():
        text = as_typed(entry.value)
        found = find_period(text)
        if isinstance(found, Period) and found != period and _heads(entry):
            yield _says(TITLE, found, text, entry if entry.row >= 0 else None)


def _contrary_units(
    layout: Layout | None, reporter: Reporter, directory: Directory, districts: frozenset[str]
) -> Iterator[_Names]:
    """Titles that name one other district, and sheets called by one."""
    for entry in layout.titles if layout else ():
        text = as_typed(entry.value)
        called = directory.find(_AROUND_NAME.sub("", text)) if entry.row < 0 else None
        everybody = {called} if called else directory.within(text) if entry.row >= 0 else ()
        other = next(iter(everybody)) if len(everybody) == 1 else None
        if other is not None and other.unit in districts and other.unit != reporter.unit and _heads(entry):
            yield _Names(TITLE, other, text, entry if entry.row >= 0 else None)


def _heads(entry: Entry) -> bool:
    """Whether a text above a table is its title, 西安区孵化载体季报表, and no note or facility; a sheet's name is."""
    text = as_typed(entry.value)
    if entry.row < 0:
        return True
    short = len(text) <= _LONGEST_TITLE and not is_remark(_ANNEX.sub("", text))
    return short and _TITLE_WORDS.search(text) is not None and _ASIDE.search(text) is None


def _says(source: Words, found: Period | Quarter, typed: str, entry: Entry | None = None) -> _Says:
    year = found.year if isinstance(found, Period) else None
    return _Says(source, year, found.quarter, typed, entry)


def _named(
    above: Sequence[tuple[Words, str]], layout: Layout | None, directory: Directory, faults: list[Fault]
) -> Iterator[_Names]:
    stated = list(_units_on_the_cover(layout, directory, faults))
    yield from stated or _unit_of_a_title(layout, directory)
    for source, text in above:
        reporter = _in_name(text, directory)
        if reporter is not None:
            yield _Names(source, reporter, text)


def _units_on_the_cover(layout: Layout | None, directory: Directory, faults: list[Fault]) -> Iterator[_Names]:
    """Every 填报单位 of the cover; one that is nobody's name is among the `faults`."""
    for entry in layout.cover.get("unit", ()) if layout else ():
        if blank(entry.value):
            continue
        typed = as_typed(entry.value).strip()
        found = _stated_unit(typed, directory)
        if found is None:
            several = len({reporter.unit for reporter in directory.within(typed)}) > 1
            suggestion = "" if several else directory.suggestion(typed) or ""
            args = (("expected", phrase("unit-of-the-plan")), ("suggestion", suggestion))
            variant = "several" if several else "like" if suggestion else ""
            faults.append(Fault("V113", entry.sheet, entry.row, entry.column, typed, variant, args))
        else:
            yield _Names(COVER, found, typed, entry)


def _unit_of_a_title(layout: Layout | None, directory: Directory) -> Iterator[_Names]:
    """The unit that the first title names which names one alone; a sheet's name never decides alone."""
    for entry in layout.titles if layout else ():
        text = as_typed(entry.value)
        everybody = directory.within(text) if entry.row >= 0 else frozenset()
        if len(everybody) == 1:
            yield _Names(TITLE, next(iter(everybody)), text, entry)
            return


def _stated_unit(typed: str, directory: Directory) -> Reporter | None:
    """Whose name a cover statement is, without a seal, and without what stands behind a gap and names nobody else."""
    found = directory.find(typed) or directory.find(_SEAL.sub("", typed))
    cut = parts(typed)
    if found is not None or len(cut) < 2:
        return found
    found = directory.find(_SEAL.sub("", cut[0]))
    return found if found is not None and not any(map(directory.within, cut[1:])) else None


@functools.lru_cache(maxsize=256)  # folders: every return of a quarter lies in the same one
def _in_name(text: str, directory: Directory) -> Reporter | None:
    """The one unit that a file's or folder's name names: the whole name, else a part of it, else within it."""
    whole = directory.find(text)
    if whole is not None:
        return whole
    found = {*map(directory.find, _OF_IDS.split(text)), *map(directory.named, _SEPARATORS.split(text))} - {None}
    everybody = found or directory.within(text)
    return next(iter(everybody)) if len(everybody) == 1 else None
