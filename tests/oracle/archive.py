"""Writes a world in the contract's files: plan, quota table, returns in the template's form, register, receipts.

Written again with a later world of the same city, only what differs is: a file that stays keeps its bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter

from tests.oracle.office_files import OWN_HEADERS, Line, criteria, decisions, exemptions, keep_attempt, number, sections
from tests.oracle.world import Duty, Indicator, Return, Target, Unit, World, written

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
    "level_document": "认定文号",
    "founded": "成立日期",
    "note": "备注",
    **OWN_HEADERS,
}
RETURN_KINDS = {"normal": "正常", "nil": "零报告", "unchanged": "无变化"}
KINDS = {"incubator": "孵化器", "makerspace": "众创空间", "science_park": "大学科技园"}
QUARTERS = "一二三四"
SHEET = "载体明细"


def write_world(world: World, folder: Path, before: World | None = None) -> Path:
    """Writes everything under `folder`, where the world `before` may stand; the plan's path."""
    plan = folder / "config" / "targets.yaml"
    data = folder / "data"
    for place in (plan.parent, data / "submissions"):
        place.mkdir(parents=True, exist_ok=True)
    plan.write_text(plan_text(world), "utf-8")
    if world.office.criteria:
        (plan.parent / "criteria.yaml").write_text(criteria(world.office.criteria), "utf-8")
    _write_csv(data / "quotas.csv", quota_lines(world))
    _write_returns(world, data / "submissions", before.returns if before else ())
    tables = {
        "register.csv": register_lines(world),
        "receipts.csv": _receipts(world, data / "submissions"),
        "actions.csv": decisions(world.office.decisions),
        "exceptions.csv": exemptions(world.office.exemptions),
    }
    for name, lines in tables.items():
        if len(lines) > 1:
            _write_csv(data / name, lines)
        else:
            (data / name).unlink(missing_ok=True)
    return plan


def _write_returns(world: World, submissions: Path, before: Sequence[Return]) -> None:
    there = {one.file: one for one in before}
    for file in set(there) - {one.file for one in world.returns}:
        (submissions / file).unlink()
    for one in world.returns:
        if there.get(one.file) != one:
            _write_return(world, one, submissions / one.file)


def register_lines(world: World) -> list[Line]:
    lines = ([one.name, KINDS[one.kind], one.alias, KINDS[one.alias_kind], "示例"] for one in world.register)
    return [["载体名称", "载体类型", "别名", "别名类型", "依据"], *lines]


def _write_csv(path: Path, lines: Iterable[Line]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)


# -- the plan --------------------------------------------------------------------------------------------------------


def plan_text(world: World) -> str:
    parts: dict[str, object] = {
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
            {"status": band.status, "from" if band.inclusive else "over": number(band.bound), "colour": band.colour}
            for band in world.bands
        ],
    }
    parts |= sections(world.office)
    return "".join(f"{key}: {json.dumps(part, ensure_ascii=False)}\n" for key, part in parts.items())


def _unit(unit: Unit) -> dict[str, object]:
    entry: dict[str, object] = {"id": unit.id, "kind": unit.kind, "name": {"zh": unit.name, "en": unit.english}}
    entry |= {"group": unit.group} if unit.group else {}
    entry |= {"aliases": list(unit.aliases)} if unit.aliases else {}
    entry |= {"members": list(unit.members)} if unit.members else {}
    entry |= {"remote": True} if unit.remote else {}
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
    entry: dict[str, object] = {"value": number(target.value)}
    entry |= {} if target.due is None else {"due": written(target.due)}
    entry |= {} if target.clause is None else {"clause": target.clause}
    entry |= {} if target.baseline is None else {"baseline": number(target.baseline)}
    milestones = {written(quarter): number(value) for quarter, value in target.milestones.items()}
    return entry | ({"milestones": milestones} if milestones else {})


def _duty(duty: Duty) -> dict[str, object]:
    name = {"zh": duty.name, "en": duty.id}
    return {"id": duty.id, "unit": duty.unit, "name": name, "clause": duty.clause, "measure": "件"}


def quota_lines(world: World) -> list[Line]:
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
                number(quota.value),
                None if quota.baseline is None else number(quota.baseline),
                *(number(quota.milestones[one]) if one in quota.milestones else None for one in milestones),
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
        for name, lines in ((SHEET, [*cover, *facilities]), ("任务进展", duties)):
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
    if one.author or one.phone:
        lines.append(["填表人", one.author, "联系电话", one.phone])
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


def _receipts(world: World, submissions: Path) -> list[Line]:
    """In the order of the days, as they were written."""
    filed = [_receipt(one, submissions / one.file) for one in world.returns if one.received_at]
    back = [keep_attempt(one, place, submissions) for place, one in enumerate(world.office.attempts)]
    return [[*RECEIPT, "state"], *sorted([*filed, *back], key=lambda line: str(line[0]))]


def _receipt(one: Return, path: Path) -> Line:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    place: Line = [one.unit, one.member, written(one.period), one.version, one.file]
    return [one.received_at, *place, digest, path.name, one.errors, one.warnings, "filed"]


def name_cell(world: World, one: Return, place: int) -> tuple[str | None, str]:
    """Sheet (a text file has none) and cell of the name in that row of a return."""
    column = list(one.rows[0].cells).index("name") + 1
    row = len(_cover(world, one)) + 2 + place
    return None if one.file.endswith(".csv") else SHEET, f"{chr(ord('A') + column)}{row}"
