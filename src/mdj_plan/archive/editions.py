"""Closed periods: what was published, edition by edition, as data (contract 5.3, data/closed/2018Q2.json, .2.json …).

An edition is written whole, and never changed. One that cannot be read stops every run: nobody can tell any more what
was published.
"""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from mdj_plan.period import Month, Period
from mdj_plan.plan.problems import PlanError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mdj_plan.plan.model import Plan

_NAME = re.compile(r"(\d{4}Q[1-4])(?:\.([2-9]|[1-9]\d+))?\.json")


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
        match = _NAME.fullmatch(path.name)
        if match is not None:
            found.setdefault(Period.parse(match[1]), {})[int(match[2] or 1)] = path
    return found


def hashes(plan: Plan) -> Hashes:
    """The hashes of plan, quota table and register as they are now."""
    return Hashes(_hash(plan.path), None if plan.quotas is None else _hash(plan.quotas), _hash(plan.register))


def _hash(path: Path) -> str | None:
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
        return _edition(found, path, period, number)
    except KeyError as error:
        raise _damaged(path, "", str(error.args[0])) from None
    except (TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise _damaged(path, "", str(error)) from None


def _damaged(path: Path, at: str, found: str) -> PlanError:
    return PlanError([Problem("edition-damaged", str(path), at, found=found)])


def _edition(found: dict[str, Any], path: Path, period: Period, number: int) -> Edition:
    for key, wanted in (("period", str(period)), ("edition", number)):
        if found[key] != wanted:
            raise ValueError(f"{key}: {found[key]}")
    return Edition(
        period=period,
        number=number,
        closed_at=_text(found["closed_at"]),
        as_of=Month.parse(_text(found["as_of"])),
        note=_maybe(found["note"]),
        tool=_text(found["tool"]["version"]),
        hashes=Hashes(*(_maybe(found["hashes"][name]) for name in Hashes._fields)),
        returns=tuple(_kept(row) for row in found["returns"]),
        figures={(row.unit, row.indicator): row for row in _published(found["gaps"])},
        file=path.name,
    )


def _kept(row: dict[str, Any]) -> Kept:
    period = Period.parse(_text(row["period"]))
    return Kept(_text(row["unit"]), _maybe(row["member"]), period, _text(row["file"]), _text(row["sha256"]))


def _published(rows: list[dict[str, Any]]) -> Iterator[Published]:
    for row in rows:
        yield Published(
            scope=_text(row["scope"]),
            unit=_maybe(row["unit"]),
            unit_name=_text(row["unit_name"]),
            indicator=_text(row["indicator"]),
            indicator_name=_text(row["indicator_name"]),
            target=_number(row["target"]),
            actual=_number(row["actual"]),
            status=_text(row["status"]),
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value))
    return value


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(repr(value))
    return Decimal(value)
