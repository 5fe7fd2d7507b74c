"""Breakdown tables written as text and a plan founded on them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from mdj_plan.founding.found import Founded, found
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan

TODAY = dt.date(2021, 5, 6)


class Made(NamedTuple):
    """A plan folder, what was read to make it, and the plan that it loads as."""

    folder: Path
    founded: Founded
    plan: Plan

    @property
    def quotas(self) -> str:
        return (self.folder / "data" / "quotas.csv").read_text("utf-8-sig")

    @property
    def yaml(self) -> str:
        return (self.folder / "config" / "targets.yaml").read_text("utf-8")

    @property
    def doubts(self) -> list[str]:
        """Each as its cell and what is said of it."""
        told = [*(self.founded.table.doubts if self.founded.table else ()), *self.founded.draft.doubts]
        texts = messages("zh")
        return [f"{doubt.spot.cell} {texts(doubt.name, **dict(doubt.args))}" for doubt in told]

    @property
    def owed(self) -> list[str]:
        """Every target as a line: 东河区 incubators 4, with its due and baseline where they are not the usual ones."""
        return [
            " ".join(
                [
                    self.plan.units[t.unit].name.zh if t.unit else "全市",
                    t.indicator,
                    f"{t.value.normalize():f}",
                    *([str(t.due)] if t.due != self.plan.end else []),
                    *([f"from {t.baseline:f}"] if t.baseline else []),
                    *(f"{period}={value:f}" for period, value in t.milestones),
                ]
            )
            for t in self.plan.owed
        ]

    @property
    def sums(self) -> list[tuple[str, str, int, int]]:
        """Each total that was compared: its cell, indicator, what it says, what the rows come to."""
        told = self.founded.table.comparisons if self.founded.table else ()
        return [
            (entry.spot.cell, entry.known.id, int(entry.amount), int(added))
            for _, entry, added, _ in told
            if entry.known is not None and entry.amount is not None
        ]


def cells(text: str) -> list[list[str]]:
    return [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in text.strip("\n").split("\n")]


def as_csv(text: str) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(cells(text))
    return out.getvalue().encode("utf-8")


def as_workbook(*sheets: str, merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, text in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in cells(text):
            sheet.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell or None for cell in row])
        for corners in merged:
            sheet.merge_cells(corners)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def made(folder: Path, table: str | bytes | None, *, name: str = "", language: str = "zh", **asked: Any) -> Made:
    path = None
    if table is not None:
        path = folder / (name or ("分解表.xlsx" if isinstance(table, bytes) else "分解表.csv"))
        path.write_bytes(table if isinstance(table, bytes) else as_csv(table))
    asked = {key: Period.parse(value) for key, value in asked.items()}
    founded = found(folder / "plan", path, today=TODAY, language=language, **asked)
    return Made(folder / "plan", founded, load_plan(folder / "plan" / "config" / "targets.yaml"))
