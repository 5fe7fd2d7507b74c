"""What stands in a table's cell: exact, and in no language yet.

Each value says how people read it (`told`) and how scripts do (`exact`); a medium may draw it in its own way.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from mdj_plan.names import Words
from mdj_plan.period import Month, Period
from mdj_plan.records import NamedTuple
from mdj_plan.reports.figures import json_number, percent, shown, shown_fixed

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdj_plan.measure.gaps import Gap
    from mdj_plan.messages import Messages
    from mdj_plan.rounding import Figure

Text: TypeAlias = "str | Words | Said | Callable[[Messages], str]"
"""A text as somebody typed it, a name in both languages, or what a catalogue says."""


class Said(NamedTuple):
    """A text of the catalogues: its key, and what fills its placeholders."""

    key: str
    args: tuple[tuple[str, Text | int], ...] = ()

    def __call__(self, texts: Messages) -> str:
        """The text in the language of `texts`."""
        words = {name: arg if isinstance(arg, int) else worded(arg, texts) for name, arg in self.args}
        return texts(self.key, **words)


def said(key: str, /, **args: Text | int) -> Said:
    """The text of a key, to be worded by whoever shows it."""
    return Said(key, tuple(args.items()))


class Joined(NamedTuple):
    """Several texts in one cell: joined as the key `by` of the catalogue says, or a line each (`by` blank)."""

    parts: tuple[Text, ...]
    by: str = "joint-list"

    def told(self, texts: Messages) -> str:
        """The parts in one text."""
        return (texts(self.by) if self.by else "\n").join(worded(part, texts) for part in self.parts)

    def exact(self, texts: Messages) -> list[str]:
        """The parts one by one."""
        return [worded(part, texts) for part in self.parts]


class Below(NamedTuple):
    """A name set in below the one above it, as a member stands below its unit."""

    name: Text

    def told(self, texts: Messages) -> str:
        """The name behind a space as wide as a Chinese character."""
        return "　" + worded(self.name, texts)

    def exact(self, texts: Messages) -> str:
        """The name alone."""
        return worded(self.name, texts)


class Amount(NamedTuple):
    """A figure in its measure unit, exact as in JSON (None: unknown), and how people see it.

    Shown divided by `by` with at most `places` decimals; `marks` stand behind it (* incomplete, ° not all of the
    period). `gap` is the target whose figure it is, for media that lead to its evidence. `unknown` is what is said
    where it is unknown, if not what its column says.
    """

    value: Figure | None
    places: int = 0
    by: int = 1
    marks: str = ""
    gap: Gap | None = None
    unknown: Text = ""

    @property
    def scaled(self) -> Fraction | None:
        """The figure as people see it, not rounded yet."""
        return None if self.value is None else Fraction(self.value) / self.by

    def told(self, texts: Messages) -> str | None:
        """The figure with its marks; where it is unknown what is said of it, else None."""
        if self.value is None:
            return worded(self.unknown, texts) or None
        return self.bare + self.marks

    @property
    def bare(self) -> str:
        """The figure without its marks, to stand within a text; — where it is unknown."""
        return shown(self.scaled, self.places)

    def exact(self, texts: Messages) -> float | None:  # noqa: ARG002 - every value is asked in the same way
        """The figure in its measure unit."""
        return json_number(self.value)


class Shortfall(NamedTuple):
    """What is still to do, in which a figure below zero is said to exceed the target: 超额2."""

    amount: Amount

    def told(self, texts: Messages) -> str | None:
        """The figure; what exceeds the target in words."""
        if self.amount.value is None or self.amount.value >= 0:
            return self.amount.told(texts)
        return texts("exceeded", n=self.amount._replace(value=-self.amount.value).told(texts) or "")

    def exact(self, texts: Messages) -> float | None:
        """The figure, negative where the target is exceeded."""
        return self.amount.exact(texts)


class Rate(NamedTuple):
    """A ratio to be shown as a percentage, with `places` decimals; None is unknown."""

    value: Figure | None
    places: int = 1

    def told(self, texts: Messages) -> str | None:  # noqa: ARG002 - every value is asked in the same way
        """The percentage."""
        return None if self.value is None else percent(self.value, self.places)

    def exact(self, texts: Messages) -> float | None:  # noqa: ARG002 - every value is asked in the same way
        """The ratio."""
        return json_number(self.value)


class Points(NamedTuple):
    """A difference in percentage points, with `places` decimals; None is unknown."""

    value: Figure | None
    places: int = 1

    def told(self, texts: Messages) -> str | None:  # noqa: ARG002 - every value is asked in the same way
        """The difference."""
        return None if self.value is None else shown_fixed(self.value, self.places)

    def exact(self, texts: Messages) -> float | None:  # noqa: ARG002 - every value is asked in the same way
        """The points."""
        return json_number(self.value)


class Status(NamedTuple):
    """One of a few states: its id, its word, the colour that goes with it, and its gravity where states are ordered."""

    id: str
    word: Text
    colour: str = "plain"
    rank: int = 0

    def told(self, texts: Messages) -> str:
        """The word."""
        return worded(self.word, texts)

    def exact(self, texts: Messages) -> str:  # noqa: ARG002 - every value is asked in the same way
        """The id."""
        return self.id


class Standing(NamedTuple):
    """A figure against its target, and the status where the cell says it too."""

    actual: Amount
    target: Amount
    status: Status | None = None

    def told(self, texts: Messages) -> str:
        """``9*/50 behind``."""
        figures = f"{told(self.actual, texts)}/{told(self.target, texts)}"
        return figures if self.status is None else f"{figures} {self.status.told(texts)}"

    def exact(self, texts: Messages) -> dict[str, object]:
        """Figures and status by name."""
        status = None if self.status is None else self.status.id
        return {"actual": self.actual.exact(texts), "target": self.target.exact(texts), "status": status}


class Bar(NamedTuple):
    """A target's bar: attainment, schedule and forecast as ratios of the target; None is unknown."""

    attainment: Fraction | None
    schedule: Fraction
    forecast: Fraction | None

    def told(self, texts: Messages) -> str:  # noqa: ARG002 - every value is asked in the same way
        """Nothing: a bar is drawn."""
        return ""

    def exact(self, texts: Messages) -> None:  # noqa: ARG002 - every value is asked in the same way
        """Nothing: its figures stand beside it."""
        return


_Known: TypeAlias = "Joined | Below | Amount | Shortfall | Rate | Points | Status | Standing | Bar"
Value: TypeAlias = "Text | _Known | Period | Month | dt.date | int | Decimal | None"
_KNOWN = (Joined, Below, Amount, Shortfall, Rate, Points, Status, Standing, Bar)


def worded(text: Text, texts: Messages) -> str:
    """A text in the language of `texts`."""
    if isinstance(text, Words):
        return texts.words(text)
    return text if isinstance(text, str) else text(texts)


def with_unit(name: Words, unit: Words) -> Text:
    """What is measured, with its unit in brackets; in English not where the name says it: Incubators, 孵化器（家）."""

    def text(texts: Messages) -> str:
        what, measured = texts.words(name), texts.words(unit)
        if texts.language == "en" and measured.casefold() in what.casefold():
            return what
        return texts("named-with", name=what, more=measured)

    return text


def told(value: Value, texts: Messages, blank: Text = "—") -> str:
    """A value in words and figures, as people read it; `blank` where it is unknown."""
    if isinstance(value, _KNOWN):
        words = value.told(texts)
        return worded(blank, texts) if words is None else words
    if value is None:
        return worded(blank, texts)
    if isinstance(value, int | Decimal):
        return shown(value, 4)
    return str(value) if isinstance(value, Period | Month | dt.date) else worded(value, texts)


def exact(value: Value, texts: Messages) -> object:
    """A value as scripts read it: JSON numbers, ids, ISO dates; what is unknown is null."""
    if isinstance(value, _KNOWN):
        return value.exact(texts)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return json_number(value)
    return str(value) if isinstance(value, Period | Month | dt.date) else worded(value, texts)
