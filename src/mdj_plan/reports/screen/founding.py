"""How a breakdown table was understood, row by row with its cells, and what to do next (contract 6.5)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.founding.classes import class_of
from mdj_plan.founding.heads import Role
from mdj_plan.founding.labels import Sort
from mdj_plan.links import real
from mdj_plan.names import Words
from mdj_plan.reports.commands import typed
from mdj_plan.reports.measures import SQUARE
from mdj_plan.reports.screen.paper import Screen, open_screen
from mdj_plan.rounding import plain
from mdj_plan.sheets.cells import column_letters
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.founding.breakdown import Breakdown, SheetRead
    from mdj_plan.founding.found import Founded
    from mdj_plan.founding.grid import Spot
    from mdj_plan.founding.rows import Doubt, Entry, Row
    from mdj_plan.founding.sums import Comparison
    from mdj_plan.messages import Messages


def show_founded(made: Founded, folder: Path, texts: Messages) -> None:
    """What was read of a table, what was not, and the folder that was written."""
    screen = open_screen(texts)
    if made.table is not None:
        _show_table(screen, made.table, made.draft.doubts)
        screen.blank()
    _show_folder(screen, made, folder)


def _show_folder(screen: Screen, made: Founded, folder: Path) -> None:
    texts, plan = screen.texts, made.draft
    counts = {"units": len(plan.units), "quotas": len(plan.quotas), "targets": len(plan.city)}
    screen.line((texts("founded", path=str(folder), **counts), "bold"))
    key = "founded-span-stated" if plan.span.stated else "founded-span"
    screen.line(texts(key, start=str(plan.span.start), end=str(plan.span.end)))
    screen.line(texts("founded-of-table" if made.table is not None else "founded-example"))
    if real(folder) != Path.cwd():
        screen.command(texts("founded-then-go"), f"cd {typed(str(folder))}")
    screen.command(texts("founded-then-plan"), "mdj-plan plan")
    screen.command(texts("founded-then-template"), f"mdj-plan template --all -o {texts('founded-blank')}")


def _show_table(screen: Screen, table: Breakdown, later: Iterable[Doubt]) -> None:
    texts = screen.texts
    for sheet in table.sheets:
        _show_sheet(screen, table.file, sheet)
    several = len({sheet.layout.grid.sheet.name for sheet in table.sheets}) > 1
    _show_sums(screen, table, several=several)
    if table.unknown:
        screen.heading(texts("founding-unknown", n=len(table.unknown)))
        for each in table.unknown:
            measure = texts("founding-measured", unit=each.measure) if each.measure else ""
            screen.line(
                (_where(each.spot, several=several), "cyan"), f" {visible(each.phrase)}{measure}", indent=2, hanging=4
            )
    doubts = [*table.doubts, *later]
    screen.heading(texts("founding-doubts", n=len(doubts)) if doubts else texts("founding-no-doubts"))
    for doubt in doubts:
        args = {
            key: Words(*map(visible, words)) if isinstance(words, Words) else visible(words)
            for key, words in doubt.args
        }
        screen.line((_where(doubt.spot, several=several), "cyan"), f" {texts(doubt.name, **args)}", indent=2, hanging=4)
    for name in table.skipped:
        screen.line(texts("founding-skipped", sheet=visible(name)), indent=2, hanging=4)


def _show_sheet(screen: Screen, file: str, sheet: SheetRead) -> None:
    texts, layout = screen.texts, sheet.layout
    name = layout.grid.sheet.name
    screen.heading(" › ".join(visible(part) for part in (file, name) if part))
    way = "turned" if layout.grid.turned else "wide" if layout.indicator is None else "long"
    rows = f"{layout.top + 1}-{layout.bottom + 1}" if layout.top < layout.bottom else str(layout.top + 1)
    if layout.grid.turned:
        screen.line(texts("founding-turned", row=str(layout.unit + 1)), indent=2)
    else:
        screen.line(texts(f"founding-{way}", rows=rows, column=column_letters(layout.unit)), indent=2)
    _show_unused(screen, sheet)
    for row in sheet.rows:
        _show_row(screen, row)


def _show_unused(screen: Screen, sheet: SheetRead) -> None:
    """The columns of which nothing is taken, by name."""
    layout = sheet.layout
    taken = layout.taken
    left = [f"{layout.grid.spot(layout.bottom, c).cell} {visible(' › '.join(path))}"
            for c, path in layout.paths.items() if path and c not in taken]  # fmt: skip
    if left:
        screen.line(screen.texts("founding-unused", names=screen.listed(left)), indent=2, hanging=4)


def _show_row(screen: Screen, row: Row) -> None:
    texts = screen.texts
    figures = screen.listed(_figure(screen, entry) for entry in row.entries)
    owes = row.label.sort in {Sort.UNIT, Sort.GROUP} and not figures
    said = texts(_sort_key(row), told=texts("founding-nothing") if owes else figures)
    screen.line((row.spot.cell, "cyan"), f" {visible(row.typed)} → {said}", indent=2, hanging=6)


def _sort_key(row: Row) -> str:
    if row.label.sort is not Sort.UNIT:
        return f"founding-row-{row.label.sort.value}"
    class_ = class_of(row.label.name)
    return f"founding-row-{'district' if class_ == 'county' else class_}"


def _figure(screen: Screen, entry: Entry) -> str:
    """孵化面积 15000㎡（E5“1.5”）: the indicator, the figure as written, its cell, what stands there if it differs."""
    texts = screen.texts
    when = f" {entry.period}" if entry.period else ""
    role = texts(f"founding-of-{entry.role.value}") if entry.role is Role.BASELINE else ""
    if entry.known is None or entry.amount is None:
        return texts(
            "founding-figure-unknown",
            name=visible(entry.phrase) + when,
            typed=visible(entry.typed),
            cell=entry.spot.cell,
        )
    value = plain(entry.amount)
    key = "founding-figure" if entry.typed == value else "founding-figure-typed"
    name = texts.words(entry.known.name) + when + role
    return texts(
        key,
        name=name,
        value=value,
        unit=texts.words(SQUARE if entry.known.unit == "㎡" else entry.known.unit),
        cell=entry.spot.cell,
        typed=visible(entry.typed),
    )


def _show_sums(screen: Screen, table: Breakdown, *, several: bool) -> None:
    texts = screen.texts
    if table.comparisons or table.years:
        screen.heading(texts("founding-sums"))
    for each in table.comparisons:
        where, told = _where(each.entry.spot, several=several), visible(each.row.typed)
        beside = texts("founding-sum-departments", n=plain(each.departments)) if each.departments else ""
        screen.line((where, "cyan"), f" {told} ", _compared(each, texts), beside, indent=2, hanging=4)
    names = {promise.known.id: texts.words(promise.known.name) for promise in table.promises}
    for indicator, (years, spot) in table.years.items():
        said = texts(f"founding-years-{years.value}", name=names.get(indicator, indicator))
        screen.line((_where(spot, several=several), "cyan"), f" {said}", indent=2, hanging=4)


def _compared(each: Comparison, texts: Messages) -> tuple[str, str]:
    """Whether a total is what its rows come to, and in which style that is said."""
    entry = each.entry
    assert entry.known is not None and entry.amount is not None  # noqa: S101, PT018 - only such are compared
    name = texts.words(entry.known.name) + (f" {entry.period}" if entry.period else "")
    fits = each.added == entry.amount
    key = "founding-sum-none" if not each.added else "founding-sum" if fits else "founding-sum-differs"
    said = texts(key, name=name, total=plain(entry.amount), added=plain(each.added))
    return said, "" if fits or not each.added else "yellow"


def _where(spot: Spot, *, several: bool) -> str:
    """A cell, with its sheet where tables stand on several."""
    return f"{visible(spot.sheet)}!{spot.cell}" if spot.sheet and several else spot.cell
