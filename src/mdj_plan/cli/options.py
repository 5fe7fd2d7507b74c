"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mdj_plan.cli.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.messages import Messages
    from mdj_plan.period import Month, Period
    from mdj_plan.plan.model import Plan


class Language(StrEnum):
    """Languages of the screen."""

    ZH = "zh"
    EN = "en"


PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="FILE",
        help=say(
            "计划文件；默认取当前或上级文件夹的 config/targets.yaml。",
            "The plan; default: config/targets.yaml here or in the nearest parent folder.",
        ),
    ),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help=say(
            "界面语言；默认取 MDJ_PLAN_LANG，再取系统设置。",
            "Language of the screen; default: MDJ_PLAN_LANG, else the locale's.",
        ),
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        metavar="2018Q2",
        help=say("报告期；默认取有报表的最近一期。", "The period; default: the latest with a return."),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="2018-05",
        help=say("序时进度算到哪个月；默认报告期末月。", "Month of the schedule line; default: the period's last."),
    ),
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit",
        metavar="ID",
        help=say("只看这些单位（标识、名称或别名），可重复。", "Only these units (id, name or alias); repeatable."),
    ),
]


def texts_of(language: Language | None) -> Messages:
    """The message catalogue of this run."""
    from mdj_plan.messages import chosen_language, messages

    return messages(chosen_language(language.value if language else None))


def found_plan(option: Path | None) -> Plan:
    """The plan named, else the nearest config/targets.yaml. Raises UsageError, PlanError or OSError."""
    from mdj_plan.plan.load import load_plan
    from mdj_plan.run import UsageError

    if option is not None:
        if option.is_dir():
            raise UsageError("plan-is-folder", path=str(option))
        if not option.is_file():
            raise UsageError("plan-not-found", path=str(option))
        return load_plan(option)
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "config" / "targets.yaml"
        if path.is_file():
            return load_plan(path)
    raise UsageError("no-plan", path=str(here))


def period_of(text: str | None) -> Period | None:
    """The period asked for. Raises UsageError for what is none."""
    from mdj_plan.period import Period
    from mdj_plan.run import UsageError

    if text is None:
        return None
    try:
        return Period.parse(text)
    except ValueError:
        raise UsageError("not-a-period", found=text) from None


def month_of(text: str | None) -> Month | None:
    """The month asked for. Raises UsageError for what is none."""
    from mdj_plan.period import Month
    from mdj_plan.run import UsageError

    if text is None:
        return None
    try:
        return Month.parse(text)
    except ValueError:
        raise UsageError("not-a-month", found=text) from None


def units_of(plan: Plan, names: Iterable[str] | None) -> frozenset[str] | None:
    """The ids of the units asked for; None for all. Raises UsageError with the nearest name."""
    from mdj_plan.names import listed, nearest
    from mdj_plan.plan.units import Directory
    from mdj_plan.run import UsageError

    if not names:
        return None
    directory = Directory(plan.file)
    ids = set()
    for name in names:
        found = directory.find(name)
        if found is None:
            close = nearest(name, plan.units) or directory.suggestion(name)
            near = close or listed(unit.id for unit in plan.participants)
            raise UsageError("unknown-unit", found=name, near=near)
        ids.add(found.unit)
    return frozenset(ids)


def on_terminal(descriptor: int) -> bool:
    """Whether a stream (1: output, 2: errors) goes to a person."""
    try:
        return os.isatty(descriptor)
    except OSError:
        return False
