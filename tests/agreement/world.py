"""Random plans and returns, as plain data, and as the files that an office would keep of them."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stdnum.cn import uscc

KINDS = {"incubator": "孵化器", "makerspace": "众创空间", "science_park": "大学科技园"}
LEVELS = {"national": "国家级", "provincial": "省级", "municipal": "市级", "none": "未认定"}
STATES = {"planned": "筹建", "building": "在建", "operating": "运营", "closed": "停运"}
TITLES = {"provincial": "省级示范", "typical": "典型示范"}
NUMBERS = {
    "area_m2": "孵化面积（平方米）",
    "tenants": "在孵企业数（户）",
    "new_graduates": "本季新增毕业企业（户）",
    "fund_10k": "孵化资金（万元）",
    "staff": "从业人员（人）",
}
PREFIXES = ["示例省", "示例省示例市", "示例市"]
DUTY_STATES = {"not_started": "未启动", "in_progress": "进行中", "done": "已完成"}
Period = tuple[int, int]


@dataclass
class Return:
    """One file. Each row is a dict of field → (text in the cell, value or None); `duties` likewise."""

    unit: str
    member: str | None
    period: Period
    version: int
    kind: str
    rows: list[dict[str, tuple[str, Any]]] = field(default_factory=list)
    duties: list[tuple[str, int | None, str]] = field(default_factory=list)
    reported: str | None = None
    receipt: str | None = None
    file: str = ""


@dataclass
class World:
    """A plan as written to its files, and every return."""

    plan: dict[str, Any]
    quotas: list[dict[str, str]]
    aliases: list[tuple[str, str, str, str]]
    returns: list[Return]
    period: Period
    as_of: tuple[int, int]


def code_for(rng: random.Random) -> str:
    """A valid invented credit code."""
    body = "91990000MA" + "".join(rng.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=7))
    return body + str(uscc.calc_check_digit(body))


def shown(period: Period) -> str:
    return f"{period[0]}Q{period[1]}"


def shift(period: Period, quarters: int) -> Period:
    number = period[0] * 4 + period[1] - 1 + quarters
    return number // 4, number % 4 + 1


def make_world(seed: int) -> World:
    """A world of a seed, the same every time."""
    rng = random.Random(seed)
    start = (rng.choice((2017, 2021)), rng.randrange(1, 5))
    quarters = rng.randrange(5, 13)
    end = shift(start, quarters - 1)
    units = make_units(rng)
    indicators = make_indicators(rng, units)
    plan = {
        "schema": 1,
        "plan": {
            "id": f"w{seed}",
            "title": {"zh": "示例计划"},
            "start": shown(start),
            "end": shown(end),
            "language": "zh",
        },
        "quotas": "../data/quotas.csv",
        "submissions": "../data/submissions",
        "due_days": rng.choice((10, 15)),
        "name_prefixes": PREFIXES,
        "groups": [{"id": "g", "name": {"zh": "各区"}}],
        "units": units,
        "indicators": indicators,
        "targets": [
            target(rng, indicator["id"], start, end)
            for indicator in rng.sample(indicators, k=max(1, len(indicators) - 2))
        ],
        "duties": [
            {"id": f"duty{i}", "unit": u["id"], "name": {"zh": f"职责{i}"}, "clause": "三"}
            for i, u in enumerate(u for u in units if u["kind"] == "department")
            if rng.random() < 0.6
        ],
        "bands": [
            {"status": "late", "from": rng.choice((5, 10))},
            {"status": "very_late", "over": rng.choice((20, 30))},
        ],
    }
    quotas = make_quotas(rng, units, indicators, start, end)
    aliases, returns = make_returns(rng, plan, start, quarters)
    present = sorted({r.period for r in returns})
    period = rng.choice(present)
    month = rng.choice((period[1] * 3 - 2, period[1] * 3 - 1, period[1] * 3, period[1] * 3))
    return World(plan, quotas, aliases, returns, period, (period[0], month))


def make_units(rng: random.Random) -> list[dict[str, Any]]:
    units: list[dict[str, Any]] = []
    for i in range(rng.randrange(3, 6)):
        units.append({"id": f"d{i}", "kind": "district", "group": "g", "name": {"zh": "甲乙丙丁戊己"[i] + "示区"}})
    if rng.random() < 0.5:
        units[rng.randrange(len(units))]["participates"] = False
    if rng.random() < 0.7:
        zone: dict[str, Any] = {"id": "zone", "kind": "district", "name": {"zh": "高新园区"}, "lies_in_districts": True}
        if rng.random() < 0.7:
            zone["members"] = ["东湖片区", "西湖片区"]
        units.insert(rng.randrange(len(units) + 1), zone)
    for i in range(rng.randrange(1, 4)):
        units.insert(
            rng.randrange(len(units) + 1), {"id": f"b{i}", "kind": "department", "name": {"zh": f"市{'农工商'[i]}局"}}
        )
    return units


def make_indicators(rng: random.Random, units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wheres: list[dict[str, Any]] = [
        {},
        {"kind": ["incubator", "science_park"]},
        {"kind": "makerspace"},
        {"level": ["national", "provincial"]},
        {"demonstration": "typical"},
        {"kind": "incubator", "demonstration": ["provincial", "typical"]},
        {"level": "none"},
        {"region": rng.choice([u["id"] for u in units if u["kind"] == "district"])},
        {"field": "软件"},
    ]
    indicators: list[dict[str, Any]] = []
    for i in range(rng.randrange(3, 7)):
        indicator: dict[str, Any] = {"id": f"i{i}", "name": {"zh": f"指标{i}"}, "unit": "个"}
        where = rng.choice(wheres)
        if rng.random() < 0.4:
            indicator["count"] = "facilities"
        else:
            indicator["sum"] = rng.choice(list(NUMBERS))
            if rng.random() < 0.4:
                indicator["over"] = "plan"
        if where:
            indicator["where"] = where
        indicators.append(indicator)
    return indicators


def target(rng: random.Random, indicator: str, start: Period, end: Period) -> dict[str, Any]:
    due = shift(end, -rng.choice((0, 0, 1)))
    value = rng.choice((1, 3, 8, 40, 2500))
    found: dict[str, Any] = {"indicator": indicator, "value": value, "due": shown(due), "clause": "二"}
    if rng.random() < 0.4:
        found["baseline"] = rng.choice((0, 1, 2))
    middle = shift(start, 2)
    if rng.random() < 0.4 and middle < due:
        found["milestones"] = {shown(middle): rng.choice((1, value // 2))}
    return found


def make_quotas(
    rng: random.Random, units: list[dict[str, Any]], indicators: list[dict[str, Any]], start: Period, end: Period
) -> list[dict[str, str]]:
    rows = []
    taken = set()
    milestone = shown(shift(start, 2))
    for indicator in indicators:
        for who in ("各区", *[u["name"]["zh"] for u in units]):
            named = [u["id"] for u in units if u.get("group") == "g"] if who == "各区" else [who]
            ids = [next((u["id"] for u in units if u["name"]["zh"] == n), n) for n in named]
            if rng.random() < 0.5 or any((u, indicator["id"]) in taken for u in ids):
                continue
            taken |= {(u, indicator["id"]) for u in ids}
            value = rng.choice((1, 2, 5, 100))
            row = {"责任单位": who, "指标": indicator["name"]["zh"], "目标": str(value), "依据": "二"}
            row["基数"] = rng.choice(("", "0", "1"))
            row["完成时限"] = rng.choice(("", shown(shift(end, -1))))
            row[milestone] = rng.choice(("", "1"))
            rows.append(row)
    return rows


def make_returns(
    rng: random.Random, plan: dict[str, Any], start: Period, quarters: int
) -> tuple[list[tuple[str, str, str, str]], list[Return]]:
    pool = make_pool(rng)
    aliases = [
        (a["name"], KINDS[a["kind"]], b["name"], KINDS[b["kind"]])
        for a, b in zip(pool[::4], pool[2::4], strict=False)
        if rng.random() < 0.4
    ]
    returns = []
    for unit in plan["units"]:
        for number in range(rng.randrange(2, quarters + 1)):
            period = shift(start, number)
            if rng.random() < 0.2:
                continue
            members: list[str | None] = [None]
            if unit.get("members") and rng.random() < 0.6:
                members = [m for m in unit["members"] if rng.random() < 0.8]
            for member in members:
                for version in range(1, rng.choice((2, 2, 2, 3))):
                    returns.append(make_return(rng, plan, unit, member, period, version, pool))
    if not returns:
        returns.append(make_return(rng, plan, plan["units"][0], None, start, 1, pool))
    return aliases, returns


def make_pool(rng: random.Random) -> list[dict[str, Any]]:
    """Facilities that several units may claim; some share a name under different codes."""
    pool: list[dict[str, Any]] = []
    for i in range(rng.randrange(4, 12)):
        pool.append(
            {"name": f"示例{chr(0x4E00 + 30 * i)}Lab{i}", "kind": rng.choice(list(KINDS)), "code": code_for(rng)}
        )
    if rng.random() < 0.6:
        pool.append(pool[0] | {"code": code_for(rng)})
    return pool


def make_return(
    rng: random.Random,
    plan: dict[str, Any],
    unit: dict[str, Any],
    member: str | None,
    period: Period,
    version: int,
    pool: list[dict[str, Any]],
) -> Return:
    kind = rng.choices(("normal", "nil", "unchanged"), (8, 1, 2))[0]
    made = Return(unit["id"], member, period, version, kind)
    if kind == "normal":
        made.rows = [make_row(rng, plan, unit, each) for each in rng.sample(pool, k=rng.randrange(0, len(pool)))]
        if made.rows and rng.random() < 0.2:
            made.rows.append(dict(rng.choice(made.rows)))
    for duty in plan["duties"]:
        if duty["unit"] == unit["id"] and rng.random() < 0.7:
            made.duties.append((duty["id"], rng.choice((None, 0, 3)), rng.choice(list(DUTY_STATES))))
    month, day = (period[1] * 3 % 12 + 1, rng.choice((3, 9, 14, 22)))
    year = period[0] + (period[1] == 4)
    if rng.random() < 0.8:
        made.reported = f"{year}-{month:02d}-{day:02d}"
    if rng.random() < 0.3:
        made.receipt = f"{year}-{month:02d}-{rng.choice((5, 25)):02d}T08:00:00+08:00"
    made.file = f"{shown(period)}/{member or unit['name']['zh']}_{shown(period)}.v{version}.csv"
    return made


def make_row(rng: random.Random, plan: dict[str, Any], unit: dict[str, Any], each: dict[str, Any]) -> dict[str, Any]:
    name = each["name"]
    typed = rng.choice(
        (name, name, PREFIXES[rng.randrange(3)] + name, name.upper(), f"{name[:3]}（{name[3:]}）", f" {name} ")
    )
    if rng.random() < 0.05:
        typed = ""
    row: dict[str, Any] = {"name": (typed, typed.strip() or None)}
    row["credit_code"] = (each["code"],) * 2 if rng.random() < 0.7 else ("", None)
    row["kind"] = listed(rng, KINDS, each["kind"], bad="加速器")
    row["level"] = listed(rng, LEVELS, rng.choice([*LEVELS, None]), bad="区级")
    row["state"] = listed(
        rng, STATES, rng.choice(("operating", "operating", "operating", "closed", "planned", None)), bad="装修"
    )
    titles = tuple(t for t in TITLES if rng.random() < 0.3)
    row["demonstration"] = ("、".join(TITLES[t] for t in titles), titles or None)
    row["region"] = place(rng, plan, unit, "district", own=0.75)
    row["department"] = place(rng, plan, unit, "department", own=0.8)
    row["field"] = rng.choice((("", None), ("软件", "软件"), (" 软件", "软件"), ("农业", "农业")))
    for name, header in NUMBERS.items():
        del header
        value = round(rng.uniform(60, 3000), 1) if name == "area_m2" else rng.randrange(0, 9)
        row[name] = rng.choices(((str(value), value), ("", None), ("约50", None), ("-3", None)), (12, 2, 1, 1))[0]
    return row


def listed(rng: random.Random, words: dict[str, str], value: str | None, *, bad: str) -> tuple[str, Any]:
    if rng.random() < 0.04:
        return bad, ValueError
    return ("", None) if value is None else (words[value], value)


def place(rng: random.Random, plan: dict[str, Any], unit: dict[str, Any], kind: str, *, own: float) -> tuple[str, Any]:
    """A district or department: mostly blank or the reporter's own, sometimes another."""
    others = [u for u in plan["units"] if u["kind"] == kind]
    if unit["kind"] == kind:
        if rng.random() < own:
            return rng.choice((("", None), (unit["name"]["zh"], unit["id"])))
    elif rng.random() < 0.5:
        return "", None
    if not others:
        return "", None
    other = rng.choice(others)
    return other["name"]["zh"], other["id"]


HEADERS = {
    "name": "载体名称",
    "credit_code": "统一社会信用代码",
    "kind": "载体类型",
    "level": "级别",
    "state": "运营状态",
    "demonstration": "示范类型",
    "region": "所在地区",
    "department": "责任部门",
    "field": "专业领域",
    **NUMBERS,
}
TYPES = {"normal": "正常", "nil": "零报告", "unchanged": "无变化"}


def write(world: World, folder: Path) -> Path:
    """Write a world's files; the path of the plan."""
    (folder / "config").mkdir(parents=True)
    data = folder / "data"
    data.mkdir()
    path = folder / "config" / "targets.yaml"
    path.write_text(json.dumps(world.plan, ensure_ascii=False), "utf-8")
    names = list(dict.fromkeys(name for row in world.quotas for name in row)) or ["责任单位", "指标", "目标"]
    write_csv(data / "quotas.csv", [names, *[[row.get(name, "") for name in names] for row in world.quotas]])
    if world.aliases:
        write_csv(
            data / "register.csv",
            [["载体名称", "载体类型", "别名", "别名类型", "依据"], *[[*a, "示例"] for a in world.aliases]],
        )
    receipts = [
        ["received_at", "unit", "member", "period", "version", "file", "sha256", "original_name", "errors", "warnings"]
    ]
    units = {u["id"]: u["name"]["zh"] for u in world.plan["units"]}
    duties = {d["id"]: d["name"]["zh"] for d in world.plan["duties"]}
    for each in world.returns:
        file = data / "submissions" / each.file
        file.parent.mkdir(parents=True, exist_ok=True)
        write_csv(file, lines(each, units, duties))
        if each.receipt:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            period = shown(each.period)
            receipts.append(
                [
                    each.receipt,
                    each.unit,
                    each.member or "",
                    period,
                    str(each.version),
                    each.file,
                    digest,
                    "x",
                    "0",
                    "0",
                ]
            )
    write_csv(data / "receipts.csv", receipts)
    return path


def lines(each: Return, units: dict[str, str], duties: dict[str, str]) -> list[list[str]]:
    year, quarter = each.period
    found = [
        ["示例数据"],
        ["填报单位", each.member or units[each.unit], "", "报告期", f"{year}年第{'一二三四'[quarter - 1]}季度"],
    ]
    found.append(["报告类型", TYPES[each.kind], "", "报出日期", each.reported or ""])
    found.append(["序号", *HEADERS.values()])
    for number, row in enumerate(each.rows, 1):
        found.append([str(number), *[row[name][0] for name in HEADERS]])
    if each.duties:
        found += [[""], ["任务", "本季进展数", "状态", "佐证材料", "说明"]]
        for duty, progress, status in each.duties:
            found.append([duties[duty], "" if progress is None else str(progress), DUTY_STATES[status], "", ""])
    return found


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
