"""Writes a world in the contract's files: plan, quota table, returns in the template's form, register, receipts."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import xlsxwriter

from tests.oracle.world import Duty, Indicator, Return, Target, Unit, World, written

Line = Sequence[str | int | float | None]
HEADERS = {
    "name": "载体名称",
    "credit_code": "统一社会信用代码",
    "kind": "载体类型",
    "level": "级别",
    "demonstration": "示范类型",
    "region": "所在地区",
    "department": "责任部门",
    "field": "专业领域",
    "state": "运营状态",
    "area_m2": "孵化面积（平方米）",
    "tenants": "在孵企业数（户）",
    "new_graduates": "本季新增毕业企业（户）",
    "graduates_total": "累计毕业企业（户）",
    "tenant_area_m2": "在孵企业使用面积（平方米）",
    "fund_10k": "孵化资金（万元）",
    "staff": "从业人员（人）",
    "professional_staff": "专业孵化服务人员（人）",
    "patent_tenants": "已申请专利在孵企业（户）",
    "events": "当年活动（场次）",
    "note": "备注",
}
RETURN_KINDS = {"normal": "正常", "nil": "零报告", "unchanged": "无变化"}
KINDS = {"incubator": "孵化器", "makerspace": "众创空间", "science_park": "大学科技园"}
QUARTERS = "一二三四"


def write_world(world: World, folder: Path) -> Path:
    """Writes everything under `folder`; the plan's path."""
    plan = folder / "config" / "targets.yaml"
    data = folder / "data"
    for place in (plan.parent, data / "submissions"):
        place.mkdir(parents=True, exist_ok=True)
    plan.write_text("\n".join(_plan(world)) + "\n", "utf-8")
    _write_csv(data / "quotas.csv", _quotas(world))
    for one in world.returns:
        _write_return(world, one, data / "submissions" / one.file)
    if world.register:
        lines = ([one.name, KINDS[one.kind], one.alias, KINDS[one.alias_kind], "示例"] for one in world.register)
        _write_csv(data / "register.csv", [["载体名称", "载体类型", "别名", "别名类型", "依据"], *lines])
    receipts = [_receipt(one, data / "submissions" / one.file) for one in world.returns if one.received_at]
    if receipts:
        _write_csv(data / "receipts.csv", [RECEIPT, *receipts])
    return plan


def _write_csv(path: Path, lines: Iterable[Line]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


# -- the plan --------------------------------------------------------------------------------------------------------


def _plan(world: World) -> list[str]:
    parts = {
        "schema": 1,
        "plan": {
            "id": "example",
            "title": {"zh": "示例计划", "en": "An example"},
            "document": "示例〔2016〕1号",
            "start": written(world.start),
            "end": written(world.end),
            "language": "zh",
        },
        "quotas": "../data/quotas.csv",
        "submissions": "../data/submissions",
        "due_days": world.due_days,
        "name_prefixes": list(world.prefixes),
        "groups": [{"id": one, "name": {"zh": name, "en": one}} for one, name in world.groups.items()],
        "units": [_unit(unit) for unit in world.units],
        "indicators": [_indicator(indicator) for indicator in world.indicators],
        "targets": [_city(world, target) for target in world.targets if not target.holder and target.since is None],
        "duties": [_duty(duty) for duty in world.duties],
        "bands": [
            {"status": band.status, "from" if band.inclusive else "over": _number(band.bound), "colour": band.colour}
            for band in world.bands
        ],
    }
    return [f"{key}: {json.dumps(part, ensure_ascii=False)}" for key, part in parts.items()]


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _unit(unit: Unit) -> dict[str, object]:
    entry: dict[str, object] = {"id": unit.id, "kind": unit.kind, "name": {"zh": unit.name, "en": unit.english}}
    entry |= {"group": unit.group} if unit.group else {}
    entry |= {"aliases": list(unit.aliases)} if unit.aliases else {}
    entry |= {"members": list(unit.members)} if unit.members else {}
    entry |= {"lies_in_districts": True} if unit.lies_in_districts else {}
    return entry if unit.participates else {**entry, "participates": False, "note": "不参加"}


def _indicator(indicator: Indicator) -> dict[str, object]:
    entry: dict[str, object] = {"id": indicator.id, "name": {"zh": indicator.name, "en": indicator.english}}
    entry["unit"] = indicator.measure
    entry |= {"sum": indicator.summed} if indicator.summed else {"count": "facilities"}
    entry |= {"over": "plan"} if indicator.flow else {}
    where = {key: wanted[0] if len(wanted) == 1 else list(wanted) for key, wanted in indicator.where.items()}
    return entry | ({"where": where} if where else {})


def _city(world: World, target: Target) -> dict[str, object]:
    later = [one for one in world.targets if one.since and not one.holder and one.indicator == target.indicator]
    due = world.end if target.due is None else target.due
    entry = {"indicator": target.indicator, **_target(target), "due": written(due)}
    return entry | (
        {"revisions": [{"from": written(one.since or 0), **_target(one)} for one in later]} if later else {}
    )


def _target(target: Target) -> dict[str, object]:
    entry: dict[str, object] = {"value": _number(target.value)}
    entry |= {} if target.due is None else {"due": written(target.due)}
    entry |= {} if target.clause is None else {"clause": target.clause}
    entry |= {} if target.baseline is None else {"baseline": _number(target.baseline)}
    milestones = {written(quarter): _number(value) for quarter, value in target.milestones.items()}
    return entry | ({"milestones": milestones} if milestones else {})


def _duty(duty: Duty) -> dict[str, object]:
    name = {"zh": duty.name, "en": duty.id}
    return {"id": duty.id, "unit": duty.unit, "name": name, "clause": duty.clause, "measure": "件"}


def _quotas(world: World) -> list[Line]:
    quotas = [target for target in world.targets if target.holder]
    milestones = sorted({quarter for quota in quotas for quarter in quota.milestones})
    heads = [str(quarter // 4) if quarter % 4 == 3 else written(quarter) for quarter in milestones]
    lines: list[Line] = [["责任单位", "指标", "目标", "基数", *heads, "完成时限", "依据", "备注", "调整自"]]
    named = {indicator.id: indicator for indicator in world.indicators}
    for place, quota in enumerate(quotas):
        indicator = named[quota.indicator]
        lines.append(
            [
                _holder(world, quota.holder, place),
                [indicator.name, indicator.id, indicator.english][place % 3],
                _number(quota.value),
                None if quota.baseline is None else _number(quota.baseline),
                *(_number(quota.milestones[one]) if one in quota.milestones else None for one in milestones),
                None if quota.due is None else written(quota.due),
                quota.clause,
                "",
                None if quota.since is None else written(quota.since),
            ]
        )
    return lines


def _holder(world: World, holder: str, place: int) -> str:
    if holder in world.groups:
        return [world.groups[holder], holder][place % 2]
    unit = world.unit(holder)
    names = [unit.name, unit.id, *unit.aliases]
    return names[place % len(names)]


# -- returns ---------------------------------------------------------------------------------------------------------


def _write_return(world: World, one: Return, path: Path) -> None:
    facilities, duties = _facilities(one), _duties(one)
    if one.duties and not one.rows and one.kind == "normal":
        facilities = []  # a return of duties alone
    cover = _cover(world, one)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        _write_csv(path, [*cover, *facilities, *([[]] if duties else []), *duties])
        return
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in (("载体明细", [*cover, *facilities]), ("任务进展", duties)):
            if lines:
                sheet = book.add_worksheet(name)
                for row, line in enumerate(lines):
                    sheet.write_row(row, 0, line)


def _cover(world: World, one: Return) -> list[Line]:
    period = one.period - 1 if one.disagrees else one.period
    name = one.named or one.member or world.unit(one.unit).name
    said = written(period) if period % 2 else f"{period // 4}年第{QUARTERS[period % 4]}季度"
    lines: list[Line] = [["孵化载体季报表"], ["填报单位", name, None, "报告期", said]]
    if one.made_out:
        lines.append(["报出日期", one.made_out.isoformat()])
    lines.append(["报告类型", RETURN_KINDS[one.kind]])
    return lines


def _facilities(one: Return) -> list[Line]:
    fields = list(one.rows[0].cells) if one.rows else ["name", "kind", "state"]
    headers = HEADERS | dict(one.headers)
    lines: list[Line] = [["序号", *(headers[field] for field in fields)]]
    lines += [[place, *(row.cell(field).typed for field in fields)] for place, row in enumerate(one.rows, 1)]
    if len(one.rows) % 3 == 2:
        lines.append(["合计", *(_sum(one, field) for field in fields)])
    return lines


def _sum(one: Return, field: str) -> float | None:
    numbers = [number for row in one.rows if isinstance(number := row.cell(field).typed, int | float)]
    return sum(numbers) if numbers else None


def _duties(one: Return) -> list[Line]:
    if not one.duties:
        return []
    rows = [[row.typed, row.progress.typed, row.status.typed, None, None] for row in one.duties]
    return [["任务", "本季进展数", "状态", "佐证材料", "说明"], *rows]


RECEIPT = [
    "received_at",
    "unit",
    "member",
    "period",
    "version",
    "file",
    "sha256",
    "original_name",
    "errors",
    "warnings",
]


def _receipt(one: Return, path: Path) -> Line:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    place: Line = [one.unit, one.member, written(one.period), one.version, one.file]
    return [one.received_at, *place, digest, path.name, 0, 0]
