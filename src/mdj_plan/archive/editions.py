"""Closed periods: what was published, edition by edition, as data (contract 5.3, data/closed/2018Q2.json, .2.json …).

An edition is written whole, and never changed. One that cannot be read stops every run: nobody can tell any more what
was published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from mdj_plan.disk import existing
from mdj_plan.period import Month, Period
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mdj_plan.plan.model import Plan
    from mdj_plan.plan.yaml import KeyPath

Parsed = TypeVar("Parsed")

_NAME = r"(\d{4}Q[1-4])(?:\.([2-9]|[1-9]\d+))?\.json"


class Kept(NamedTuple):
    """A return that counted when a period was closed: its reporter, its file and the hash of its bytes."""

    unit: str
    member: str | None
    period: Period
    file: str
    sha256: str


class Published(NamedTuple):
    """A figure as it was published; `actual` and `target` to four decimals, None where it was unknown."""

    scope: str
    unit: str | None
    unit_name: str
    indicator: str
    indicator_name: str
    target: Decimal | None
    actual: Decimal | None
    status: str


class Hashes(NamedTuple):
    """SHA-256 of the files that figures depend on beside the returns; None where there is no such file."""

    plan: str | None = None
    quotas: str | None = None
    register: str | None = None


class Edition(NamedTuple):
    """A closed period as published. `closed_at` is ISO 8601, `tool` the version that wrote it, `file` its name.

    `figures` are by unit (None: the city) and indicator, in the order of the file.
    """

    period: Period
    number: int
    closed_at: str
    as_of: Month
    note: str | None
    tool: str
    hashes: Hashes
    returns: tuple[Kept, ...]
    figures: Mapping[tuple[str | None, str], Published]
    file: str


class Editions(NamedTuple):
    """Every closed period's latest edition, and the hashes of plan, quotas and register as they are now."""

    latest: Mapping[Period, Edition] = MappingProxyType({})
    now: Hashes = Hashes()

    def until(self, period: Period) -> tuple[Edition, ...]:
        """The latest editions of the periods up to one, oldest first."""
        return tuple(edition for closed, edition in sorted(self.latest.items()) if closed <= period)

    def published(self, period: Period, unit: str | None, indicator: str) -> Decimal | None:
        """A figure as published; None where its period is not closed, or has no such figure."""
        edition = self.latest.get(period)
        row = None if edition is None else edition.figures.get((unit, indicator))
        return None if row is None else row.actual


NEVER_CLOSED = Editions()
"""An office that has published nothing."""


def read_editions(plan: Plan) -> Editions:
    """The editions on file. Raises PlanError for one that is damaged, OSError for one that cannot be opened."""
    files = editions_on_file(plan)
    latest = {period: _read(numbers[max(numbers)], period, max(numbers)) for period, numbers in files.items()}
    return Editions(latest, hashes(plan)) if latest else Editions()


def editions_on_file(plan: Plan) -> dict[Period, dict[int, Path]]:
    """The files of editions, by period and number; whatever else lies in the folder is passed over."""
    found: dict[Period, dict[int, Path]] = {}
    if not plan.closed.is_dir():
        return found
    for path in sorted(plan.closed.iterdir()):
        match = re.fullmatch(_NAME, path.name)
        if match is not None:
            found.setdefault(Period.parse(match[1]), {})[int(match[2] or 1)] = path
    return found


def hashes(plan: Plan) -> Hashes:
    """The hashes of plan, quota table and register as they are now."""
    return Hashes(_hash(plan.path), _hash(plan.quotas), _hash(existing(plan.register)))


def _hash(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _read(path: Path, period: Period, number: int) -> Edition:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        found = json.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise _damaged(path, "", f"byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise _damaged(path, f"{error.lineno}:{error.colno}", error.msg) from None
    except RecursionError:
        raise _damaged(path, "", "nesting") from None
    try:
        return _edition(_Part(found), path, period, number)
    except _UnlikeError as error:
        from mdj_plan.plan.yaml import read_yaml  # only to tell the line

        raise _damaged(path, read_yaml(path).cell(error.place), error.told) from None


def _damaged(path: Path, at: str, found: str) -> PlanError:
    return PlanError([Problem("edition-damaged", str(path), at, found=found)])


class _UnlikeError(Exception):
    """What stands at a place of the file, or is missing there, is not what an edition has there."""

    def __init__(self, place: KeyPath, found: object = None) -> None:
        super().__init__(place, found)
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
        there = "—" if found is None else repr(found)[:60]
        self.place, self.told = place, f"{name.removeprefix('.')}: {there}" if name else there


class _Part(NamedTuple):
    """A value of the file, with its place in it; whatever is asked of it raises _UnlikeError where it is not so."""

    value: Any
    place: KeyPath = ()

    def at(self, key: str) -> _Part:
        """What stands under a key."""
        if not isinstance(self.value, dict):
            raise _UnlikeError(self.place, self.value)
        if key not in self.value:
            raise _UnlikeError((*self.place, key))
        return _Part(self.value[key], (*self.place, key))

    def rows(self) -> Iterator[_Part]:
        """Each of a list."""
        if not isinstance(self.value, list):
            raise _UnlikeError(self.place, self.value)
        return (_Part(value, (*self.place, i)) for i, value in enumerate(self.value))

    def text(self, key: str) -> str:
        """The text under a key."""
        found = self.at(key)
        if not isinstance(found.value, str):
            raise _UnlikeError(found.place, found.value)
        return found.value

    def maybe(self, key: str) -> str | None:
        """The text under a key; None for null."""
        return None if self.at(key).value is None else self.text(key)

    def number(self, key: str) -> Decimal | None:
        """The number under a key; None for null."""
        found = self.at(key)
        if found.value is None:
            return None
        if isinstance(found.value, bool) or not isinstance(found.value, int | Decimal):
            raise _UnlikeError(found.place, found.value)
        return Decimal(found.value)

    def parsed(self, key: str, parse: Callable[[str], Parsed]) -> Parsed:
        """What the text under a key says: a period, a month."""
        text = self.text(key)
        try:
            return parse(text)
        except ValueError:
            raise _UnlikeError((*self.place, key), text) from None

    def exactly(self, key: str, wanted: object) -> None:
        """That nothing else than this stands under a key."""
        found = self.at(key)
        if found.value != wanted:
            raise _UnlikeError(found.place, found.value)


def _edition(found: _Part, path: Path, period: Period, number: int) -> Edition:
    found.exactly("period", str(period))
    found.exactly("edition", number)
    hashes = found.at("hashes")
    return Edition(
        period=period,
        number=number,
        closed_at=found.parsed("closed_at", _moment),
        as_of=found.parsed("as_of", Month.parse),
        note=found.maybe("note"),
        tool=found.at("tool").text("version"),
        hashes=Hashes(*(hashes.maybe(name) for name in Hashes._fields)),
        returns=tuple(map(_kept, found.at("returns").rows())),
        figures={(row.unit, row.indicator): row for row in map(_published, found.at("gaps").rows())},
        file=path.name,
    )


def _moment(text: str) -> str:
    """ISO 8601, as it stands. Raises ValueError."""
    dt.datetime.fromisoformat(text)
    return text


def _kept(row: _Part) -> Kept:
    unit, period = row.text("unit"), row.parsed("period", Period.parse)
    return Kept(unit, row.maybe("member"), period, row.text("file"), row.text("sha256"))


def _published(row: _Part) -> Published:
    return Published(
        scope=row.text("scope"),
        unit=row.maybe("unit"),
        unit_name=row.text("unit_name"),
        indicator=row.text("indicator"),
        indicator_name=row.text("indicator_name"),
        target=row.number("target"),
        actual=row.number("actual"),
        status=row.text("status"),
    )
