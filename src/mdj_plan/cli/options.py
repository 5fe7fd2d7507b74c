"""What several commands ask alike: the options, declared once, and what was asked, as one record.

A verb is a function `Asked, its own options → exit code`; `ASKS` in its module names the common options that it takes.
Help texts stand in the catalogue ``help``; an option names its key there.
"""

from __future__ import annotations

import inspect
import sys
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mdj_plan.cli.complete import units as units_completed
from mdj_plan.cli.meant import found_plan, month_of, period_of, units_of
from mdj_plan.records import frozen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mdj_plan.assessment import Assessment
    from mdj_plan.kept.shelf import Shelf
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.readings.desk import Desk


class Language(StrEnum):
    """Languages of the screen."""

    ZH = "zh"
    EN = "en"


class Format(StrEnum):
    """Forms of the result."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


PlanOption = Annotated[Path | None, typer.Option("--plan", metavar="FILE", help="option-plan")]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="option-no-cache")]
LanguageOption = Annotated[Language | None, typer.Option("--lang", help="option-lang")]
PeriodOption = Annotated[str | None, typer.Option("--period", metavar="2018Q2", help="option-period")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="2018-05", help="option-as-of")]
UnitOption = Annotated[
    list[str] | None, typer.Option("--unit", metavar="ID", help="option-unit", autocompletion=units_completed)
]
FormatOption = Annotated[Format, typer.Option("--format", help="option-format")]
_OPTIONS: dict[str, tuple[Any, Any]] = {
    "period": (PeriodOption, None),
    "as_of": (AsOfOption, None),
    "unit": (UnitOption, None),
    "format": (FormatOption, Format.TABLE),
    "plan": (PlanOption, None),
    "no_cache": (NoCacheOption, False),
    "lang": (LanguageOption, None),
}
"""The common options by name, each with its default, in the order of the help."""
ALWAYS = ("plan", "no_cache", "lang")


@frozen
class Asked:
    """What was asked of a command by the common options; what was not asked, or cannot be, has its default.

    `language` is that of the run: of ``--lang``, before the command or behind it, else of the environment. `wished` is
    that of ``--lang`` behind the command alone, for files that else follow the plan's language.
    """

    language: str = "en"
    wished: str | None = None
    plan: Path | None = None
    no_cache: bool = False
    period: str | None = None
    as_of: str | None = None
    unit: Sequence[str] | None = None
    format: Format = Format.TABLE

    @cached_property
    def texts(self) -> Messages:
        """The message catalogue of this run."""
        from mdj_plan.messages import messages

        return messages(self.language)

    @cached_property
    def shelf(self) -> Shelf:
        """What is kept between runs."""
        from mdj_plan.kept.shelf import Shelf

        return Shelf.of_user(keep=not self.no_cache)

    @cached_property
    def loaded(self) -> Plan:
        """The plan named, else the nearest. Raises UsageError, PlanError or OSError."""
        return found_plan(self.plan, self.shelf)

    @cached_property
    def units(self) -> frozenset[str] | None:
        """The ids of the units asked for; None for all. Raises UsageError with the nearest name."""
        return units_of(self.loaded, self.unit)

    @cached_property
    def criteria_there(self) -> bool:
        """Whether the criteria that the plan names are there; says so on the error output where they are not.

        What shows candidates beside other things is made without them then.
        """
        path = self.loaded.criteria
        if path is None or path.exists():
            return path is not None
        print(self.texts("criteria-absent", path=str(path)), file=sys.stderr)
        return False

    def assessed(
        self,
        *,
        on: dt.date | None = None,
        all_periods: bool = False,
        candidates: bool = False,
        returned: bool = False,
    ) -> Assessment:
        """The plan's returns, read and assessed at what was asked, with progress on a terminal."""
        from mdj_plan.run import run

        period, month = period_of(self.period), month_of(self.as_of)
        with self.desk() as desk:
            return run(
                self.loaded,
                period=period,
                as_of=month,
                on=on,
                all_periods=all_periods,
                candidates=candidates,
                returned=returned,
                desk=desk,
            )

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Where the returns are read, with progress on a terminal; says so where the system hindered it."""
        from mdj_plan.cli.progress import progress_bar
        from mdj_plan.readings.desk import Desk

        with progress_bar(self.texts) as progress, Desk(self.loaded, self.shelf, progress=progress) as desk:
            yield desk
        if desk.alone:
            print(self.texts("reads-alone"), file=sys.stderr)


def asking(verb: Callable[..., int], asks: Iterable[str]) -> Callable[..., int]:
    """The verb as Typer takes it: its own options, then the common ones that it asks for, put together as `Asked`."""
    shared = [name for name in _OPTIONS if name in {*asks, *ALWAYS}]
    own = [p for p in inspect.signature(verb, eval_str=True).parameters.values() if p.name != "asked"]

    def call(context: typer.Context, **given: Any) -> int:
        common = {name: given.pop(name) for name in shared}
        chosen = common.pop("lang")
        wished = chosen.value if chosen is not None else None
        return verb(Asked(language=wished or str(context.obj), wished=wished, **common), **given)

    first = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_OPTIONS[name][1], annotation=_OPTIONS[name][0])
        for name in shared
    ]
    made: Any = call
    made.__signature__ = inspect.Signature([first, *own, *common])
    made.__annotations__ = {parameter.name: parameter.annotation for parameter in (first, *own, *common)}
    return call


def texts_of(language: Language | None) -> Messages:
    """The message catalogue of this run."""
    from mdj_plan.messages import chosen_language, messages

    return messages(chosen_language(language.value if language else None))
