"""Writes what the office keeps: sections of the plan, criteria, decisions, exceptions, receipts of what was sent back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from tests.oracle.office import Attempt, CriteriaSet, Criterion, Decision, Exemption, Measure, Office
from tests.oracle.world import CHOICES, OWN_FIELDS, written

Line = Sequence[str | int | float | None]
OWN_HEADERS = {
    "own_whole": "高企数",
    "own_number": "研发投入",
    "own_choice": "星级",
    "own_text": "简介",
    "own_date": "签约日期",
}
OWN_MEASURES = {"own_whole": "户", "own_number": "万元"}
DECISION_HEADERS = {
    "id": "编号",
    "meeting": "会议日期",
    "text": "事项",
    "holders": "责任单位",
    "due": "完成时限",
    "indicator": "指标",
    "wanted": "目标值",
    "completed": "完成日期",
    "progress": "进展",
}
EXEMPTION_HEADERS = {
    "code": "规则",
    "unit": "单位",
    "facility": "载体名称",
    "field": "字段",
    "reason": "理由",
    "by": "批准人",
    "day": "批准日期",
    "until": "有效至",
}


def number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def sections(office: Office) -> dict[str, object]:
    """The parts of the plan that are the office's, by key."""
    found: dict[str, object] = {}
    if office.own:
        found["fields"] = [_own(name) for name in office.own]
    if office.criteria:
        found["criteria"] = "criteria.yaml"
    if office.timezone:
        found["timezone"] = office.timezone
    if office.holidays:
        days = office.holidays
        found["holidays"] = {
            "closed": sorted(map(str, days.closed)),
            "open": sorted(map(str, days.open)),
        }
    if office.score:
        score = office.score
        found["score"] = {
            "clause": "五(一)",
            "of": score.of,
            "cap": number(score.cap),
            "weights": {name: number(weight) for name, weight in score.weights.items()},
            "deductions": {name: number(points) for name, points in score.deductions.items()},
        }
    if office.rewards:
        found["rewards"] = [
            {"event": one.event, **({"to": one.to} if one.to else {}), "amount": number(one.amount)}
            for one in office.rewards
        ]
    if office.rules:
        found["rules"] = {code: {"severity": word, "reason": "示例"} for code, word in office.rules.items()}
    return found


def _own(name: str) -> dict[str, object]:
    entry: dict[str, object] = {"id": name, "header": OWN_HEADERS[name], "type": OWN_FIELDS[name]}
    entry["name"] = {"zh": OWN_HEADERS[name], "en": name}
    entry |= {"measure": OWN_MEASURES[name]} if name in OWN_MEASURES else {}
    return entry | ({"choices": CHOICES} if OWN_FIELDS[name] == "choice" else {})


# -- criteria --------------------------------------------------------------------------------------------------------


def criteria(sets: Iterable[CriteriaSet]) -> str:
    return "".join(f"- {json.dumps(_set(one), ensure_ascii=False)}\n" for one in sets)


def _set(one: CriteriaSet) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": one.id,
        "name": {"zh": one.name, "en": one.id},
        "kind": list(one.kinds),
        "criteria": [_criterion(each) for each in one.criteria],
    }
    optional = {"document": one.document, "below": one.below, "counts_for": one.counts_for}
    limits = {"from": one.first, "until": one.last}
    entry |= {key: value for key, value in optional.items() if value}
    return entry | {key: written(value) for key, value in limits.items() if value}


def _criterion(one: Criterion) -> dict[str, object]:
    named: dict[str, object] = {"id": one.id, "name": {"zh": one.name, "en": one.id}}
    measures = [_measure(each) for each in one.measures]
    return {**named, "any": measures} if one.any else {**named, **measures[0]}


def _measure(one: Measure) -> dict[str, object]:
    entry: dict[str, object] = {"months_since": one.since} if one.since else {"of": one.of}
    entry |= {"per": one.per} if one.per else {}
    entry |= {"times": number(one.times)} if one.times != 1 else {}
    entry |= {"over": "year"} if one.over_year else {}
    entry["at_least"] = number(one.at_least)
    return entry | ({"remote": number(one.remote)} if one.remote != 1 else {})


# -- tables ----------------------------------------------------------------------------------------------------------


def decisions(rows: Iterable[Decision]) -> list[Line]:
    lines: list[Line] = [[*DECISION_HEADERS.values(), "备注"]]
    for one in rows:
        cells: dict[str, str | int | float | None] = {
            "id": one.id,
            "meeting": _text(one.meeting),
            "text": one.text,
            "holders": "、".join(holder.typed for holder in one.holders),
            "due": _text(one.due),
            "indicator": one.indicator,
            "wanted": None if one.wanted is None else number(one.wanted),
            "completed": _text(one.completed),
            "progress": one.progress,
        }
        cells |= one.typed
        lines.append([*(cells[name] for name in DECISION_HEADERS), None])
    return lines


def exemptions(rows: Iterable[Exemption]) -> list[Line]:
    lines: list[Line] = [list(EXEMPTION_HEADERS.values())]
    for one in rows:
        cells: dict[str, str | None] = {
            "code": one.code,
            "unit": one.unit,
            "facility": one.facility,
            "field": one.field,
            "reason": one.reason,
            "by": one.by,
            "day": "2018-01-05",
            "until": None if one.until is None else written(one.until),
        }
        cells |= one.typed
        lines.append([cells[name] for name in EXEMPTION_HEADERS])
    return lines


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def keep_attempt(one: Attempt, place: int, submissions: Path) -> Line:
    """Writes what was sent back beside the submissions; its receipt."""
    file = f"../returned/{written(one.period)}/{place}.csv"
    path = submissions / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"退回,{place}\n", "utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    where: Line = [one.unit, one.member, written(one.period), None, file]
    return [one.received_at, *where, digest, one.original_name, one.errors, one.warnings, "returned"]
