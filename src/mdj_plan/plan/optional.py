"""What may be wrong in the optional sections of targets.yaml: timezone, holidays, rules, rewards, score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.fields import CHOICES
from mdj_plan.findings import CATALOGUE, Severity
from mdj_plan.names import folded, listed
from mdj_plan.phrases import phrase
from mdj_plan.plan.indicators import indicator_ids
from mdj_plan.plan.refusals import unknown, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.plan.entries import PlanFile, Reward
    from mdj_plan.plan.problems import Problem
    from mdj_plan.plan.settings import RuleSetting
    from mdj_plan.plan.yaml import Document, KeyPath

_LEVELS = tuple(CHOICES["level"].values())
_STATES = tuple(CHOICES["state"].values())
_TITLES = tuple(CHOICES["demonstration"].values())
EVENTS: dict[str, tuple[str, ...] | None] = {
    "new": _STATES,
    "opened": ("operating",),
    "stopped": tuple(state for state in _STATES if state != "operating"),
    "gone": (),
    "operator_changed": (),
    "promoted": _LEVELS[:-1],
    "demoted": _LEVELS[1:],
    "titled": _TITLES,
    "untitled": (),
    "moved": None,
    "graduated": (),
}
"""What may happen to a facility (contract 5.5), and what each may lead to: nothing named, or (None) a district."""


def crossed_sections(file: PlanFile, document: Document) -> Iterator[Problem]:
    """Every such mistake, section by section."""
    yield from _timezone(file, document)
    yield from _holidays(file, document)
    for code, setting in file.rules.items():
        yield from _rule(code, setting, document)
    for i, reward in enumerate(file.rewards):
        yield from _reward(reward, file, document, ("rewards", i))
    yield from _weights(file, document)


def _weights(file: PlanFile, document: Document) -> Iterator[Problem]:
    known = indicator_ids(file.indicators)
    seen: set[str] = set()
    for name in file.score.weights if file.score else ():
        path: KeyPath = ("score", "weights", name)
        indicator = known.get(folded(name))
        if indicator is None:
            yield unknown(document, path, name, [each.id for each in file.indicators], key=True)
        elif indicator in seen:
            yield wrong(document, path, name, phrase("one-weight-an-indicator"), key=True)
        seen.add(indicator or "")


def _timezone(file: PlanFile, document: Document) -> Iterator[Problem]:
    if file.timezone is None:
        return
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(file.timezone)
    except (ValueError, OSError, LookupError):
        known = sorted(available_timezones(), key=lambda name: ("Shanghai" not in name, name))
        yield unknown(document, ("timezone",), file.timezone, known)


def _holidays(file: PlanFile, document: Document) -> Iterator[Problem]:
    for i, date in enumerate(file.holidays.open if file.holidays else ()):
        if file.holidays and date in file.holidays.closed:
            expected = phrase("day-not-closed")
            yield wrong(document, ("holidays", "open", i), str(date), expected)


def _rule(code: str, setting: RuleSetting, document: Document) -> Iterator[Problem]:
    path: KeyPath = ("rules", code)
    if code not in CATALOGUE:
        yield unknown(document, path, code, CATALOGUE, key=True)
        return
    if setting.severity not in {None, "error"} and CATALOGUE[code].severity is Severity.ERROR:
        expected = phrase("error-stays")
        yield wrong(document, (*path, "severity"), str(setting.severity), expected)
    if setting.severity == "off" and not (setting.reason or "").strip():
        expected = phrase("reason-beside-off")
        yield wrong(document, (*path, "severity"), "off", expected)
    known = CATALOGUE[code].limits
    for name in setting.limits:
        if name not in known:
            yield unknown(document, (*path, name), name, ("severity", "reason", *known), key=True)


def _reward(reward: Reward, file: PlanFile, document: Document, path: KeyPath) -> Iterator[Problem]:
    if reward.event not in EVENTS:
        yield unknown(document, (*path, "event"), reward.event, EVENTS)
        return
    allowed = EVENTS[reward.event]
    if allowed is None:
        allowed = tuple(unit.id for unit in file.units if unit.kind == "district")
    if reward.to is not None and reward.to not in allowed:
        nothing = phrase("no-to-of-event", event=reward.event)
        yield wrong(document, (*path, "to"), reward.to, listed(allowed) if allowed else nothing)
