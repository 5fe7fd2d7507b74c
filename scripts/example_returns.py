"""From the story to returns: what each facility is like in a quarter, and what each unit writes about it."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from stdnum.cn import uscc

from mdj_plan.fields import FIELDS
from mdj_plan.period import Period

from .example_story import (
    ALIASES,
    CORRECTED,
    DUTIES,
    FORGOTTEN,
    LATE,
    MISSING,
    PERIODS,
    SENT_BACK,
    SINGLY_FROM,
    TYPED,
    UNCHANGED,
    Facility,
    Reporter,
    facilities,
    reporters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.plan.model import Plan

Value = str | int | Decimal | dt.date | None
DISTRICT_FORM = tuple(name for name in FIELDS if name != "note")
DEPARTMENT_FORM = (
    *("name", "credit_code", "kind", "level", "level_document", "demonstration", "region", "field", "founded", "state"),
    *("area_m2", "tenants", "new_graduates", "graduates_total", "workplaces", "events"),
)
TOTALLED = ("area_m2", "tenants", "new_graduates", "graduates_total")
LEVELS = ("未认定", "市级", "省级", "国家级")


def state(facility: Facility, period: Period) -> str | None:
    """筹建, 在建, 运营 or 停运; None when it is not listed yet."""
    if facility.closes is not None and period >= facility.closes:
        return "停运"
    if facility.opens is None or period >= facility.opens:
        return "运营"
    return {facility.opens.shift(-1): "在建", facility.opens.shift(-2): "筹建"}.get(period)


def described(facility: Facility, period: Period, plan: Plan) -> dict[str, Value]:
    """Every field of the template for a facility at a quarter, as the place would report it under its own name."""
    draw = random.Random(facility.name)  # seeded by the name: the same every time, whatever the order
    code = credit_code(plan.units[facility.place.partition(".")[0]].code or "231000", draw)
    founded = _founded(facility, draw)
    document = f"{draw.randint(1, 98)}号"
    running = state(facility, period) == "运营"
    reached = [honour for honour, since in facility.honours if running and (since is None or since <= period)]
    level = max((honour for honour in reached if honour in LEVELS), key=LEVELS.index, default="未认定")
    titles = [honour for honour in reached if honour not in LEVELS]
    department = next((c for c in facility.claims if "." not in c and plan.units[c].kind == "department"), None)
    row: dict[str, Value] = {
        "name": facility.name,
        "credit_code": code,
        "kind": facility.kind,
        "level": level,
        "level_document": _document(facility, level, document),
        "demonstration": "、".join(titles) or None,
        "region": None,
        "department": plan.units[department].name.zh if department else None,
        "field": _field(facility.name),
        "founded": founded,
        "state": state(facility, period),
        "area_m2": facility.area,
    }
    if running:
        return row | _figures(facility, period, draw)
    before = sum(facility.graduates[: _number(period)]) + facility.graduates_before
    return row | {"tenants": 0, "new_graduates": 0, "graduates_total": before}


def _figures(facility: Facility, period: Period, draw: random.Random) -> dict[str, Value]:
    """The numbers of a facility in operation; parts never exceed their whole."""
    share, thrift, keen = draw.uniform(0.77, 0.9), draw.uniform(0.7, 1.3), draw.uniform(1.5, 4)
    now = _number(period)
    since = 0 if facility.opens is None else _number(facility.opens)
    tenants = facility.tenants + int(facility.growth * (now - since))
    months = period.quarter * 3
    figures: dict[str, Value] = {
        "tenant_area_m2": Decimal(int(facility.area * share * 2)) / 2,
        "tenants": tenants,
        "new_graduates": sum(facility.graduates[now : now + 1]),
        "graduates_total": facility.graduates_before + sum(facility.graduates[: now + 1]),
        "events": int(months * keen / 3),
    }
    if facility.kind == "众创空间":
        staff = 3 + facility.area // 400
        return figures | {
            "staff": staff,
            "professional_staff": staff - 1,
            "mentors": 2 + tenants // 2,
            "funded_tenants": tenants // 4,
            "workplaces": facility.area // 8,
            "teams": tenants * 2 + 3,
            "new_firms": int(months * keen / 6),
            "cases": tenants // 3,
        }
    staff = 4 + facility.area // 1200
    return figures | {
        "fund_10k": int(facility.area * thrift / 40),
        "staff": staff,
        "professional_staff": int(staff * (0.6 + thrift / 5)),
        "mentors": 1 + tenants // 6,
        "funded_tenants": tenants // 6,
        "patent_tenants": int(tenants * (0.3 + thrift / 5)),
        "ip_tenants": int(tenants * thrift / 3),
    }


def _number(period: Period) -> int:
    """How many quarters after the first of the story."""
    return (period.year - PERIODS[0].year) * 4 + period.quarter - PERIODS[0].quarter


def credit_code(region: str, draw: random.Random) -> str:
    """A valid but invented code: GB 32100 over an organisation code of GB 11714 that begins with MAXX."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    organisation = "MAXX" + "".join(draw.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(4))
    rest = -sum(int(letter, 36) * weight for letter, weight in zip(organisation, weights, strict=True)) % 11
    number = f"91{region}{organisation}{'X' if rest == 10 else rest}"
    return number + uscc.calc_check_digit(number)


def _founded(facility: Facility, draw: random.Random) -> dt.date:
    """Years before the plan for what existed then; for what is new, shortly before it is first listed."""
    day = draw.randint(1, 28)
    if facility.opens is None:
        return dt.date(draw.randint(2010, 2015), draw.randint(1, 12), day)
    return dt.date(*facility.opens.shift(-4).last_month, day)


def _document(facility: Facility, level: str, number: str) -> str | None:
    """The document that grants a provincial or national level."""
    since = next((since for honour, since in facility.honours if honour == level), None)
    year = 2016 if since is None else since.year
    office = {"省级": "示例黑科发", "国家级": "示例国科火字"}.get(level)
    return f"{office}〔{year}〕{number}" if office else None


def _field(name: str) -> str:
    """The field of business that the name suggests."""
    fields = {
        "农": "现代农业",
        "食品": "食品加工",
        "林业": "林业",
        "电子商务": "电子商务",
        "跨境": "电子商务",
        "装备": "装备制造",
        "工业": "工业设计",
        "精工": "装备制造",
        "软件": "软件信息",
        "信息": "软件信息",
        "数芯": "软件信息",
        "生物": "生物医药",
        "环保": "节能环保",
        "材料": "新材料",
        "文化": "文化创意",
    }
    return next((field for word, field in fields.items() if word in name), "综合")


class Return(NamedTuple):
    """One return: `type` as on the cover, `rows` in the columns of `form`, `duties` the rows of the duties table.

    `version` 0 is an attempt that was sent back.
    """

    reporter: Reporter
    period: Period
    version: int
    type: str
    form: tuple[str, ...]
    rows: list[dict[str, Value]]
    totals: dict[str, Value]
    duties: list[dict[str, Value]] | None
    received: dt.datetime
    errors: int
    warnings: int

    @property
    def suffix(self) -> str:
        """Of the file."""
        return "xlsx" if self.reporter.form == "xlsx" else "csv"

    @property
    def file(self) -> str:
        """Relative to the submissions folder; what was sent back lies beside it."""
        if not self.version:
            return f"../returned/{self.period}/{self.reporter.name}_{self.period}.1.{self.suffix}"
        version = f".v{self.version}" if self.version > 1 else ""
        return f"{self.period}/{self.reporter.name}_{self.period}{version}.{self.suffix}"


def returns(plan: Plan) -> Iterator[Return]:
    """Every return of the story, by quarter and unit."""
    for period in PERIODS:
        for reporter in reporters(plan):
            singly = period >= SINGLY_FROM
            if (reporter.id, str(period)) in MISSING or (reporter.unit == "zone" and singly != ("." in reporter.id)):
                continue
            for version in (1, 2) if (reporter.id, str(period)) in CORRECTED else (1,):
                yield _return(plan, reporter, period, version)
    for reporter in reporters(plan):
        for period in (Period.parse(when) for who, when in SENT_BACK if who == reporter.id):
            yield _return(plan, reporter, period, 0)


def _return(plan: Plan, reporter: Reporter, period: Period, version: int) -> Return:
    unchanged = (reporter.id, str(period)) in UNCHANGED
    late = FORGOTTEN.get((reporter.id, str(period))) if version == 1 else None
    rows = [] if unchanged else [_claimed(f, reporter, period, plan, late) for f in _claims(reporter, period)]
    totals: dict[str, Value] = {name: sum(Decimal(str(row[name])) for row in rows) for name in TOTALLED}
    slips = [t for t in TYPED if (t.reporter, t.period, t.version) == (reporter.id, str(period), version)]
    for slip in slips:
        target = totals if slip.name == "合计" else next(row for row in rows if row["name"] == slip.name)
        target[slip.field] = slip.text
    return Return(
        reporter,
        period,
        version,
        "无变化" if unchanged else ("正常" if rows else "零报告"),
        DISTRICT_FORM if plan.units[reporter.unit].kind == "district" else DEPARTMENT_FORM,
        rows,
        totals,
        _duties(plan, reporter, period),
        _received(reporter, period, _days(reporter, period, version)),
        sum(slip.errors for slip in slips),
        sum(slip.warnings for slip in slips),
    )


def _days(reporter: Reporter, period: Period, version: int) -> int:
    """On which day after the end of the quarter a version arrives."""
    key = reporter.id, str(period)
    if not version:
        return SENT_BACK[key]
    return LATE.get(key, reporter.days) + (CORRECTED[key] if version > 1 else 0)


def _claims(reporter: Reporter, period: Period) -> list[Facility]:
    claims = [f for f in facilities() if any(reporter.id in {claim, claim.partition(".")[0]} for claim in f.claims)]
    return [f for f in claims if state(f, period) is not None]


def _claimed(facility: Facility, reporter: Reporter, period: Period, plan: Plan, late: str | None) -> dict[str, Value]:
    """The facility as this reporter writes it: its name there, and where it stands as others see it.

    `late` names the facility of which what held a quarter before is told.
    """
    before = (facility.place, str(period)) in UNCHANGED or facility.name == late
    told = period.shift(-1) if before else period
    row = described(facility, told, plan)
    home = facility.place.partition(".")[0]
    neighbour = next(
        (c for c in facility.claims if c != home and "." not in c and plan.units[c].kind == "district"), home
    )
    if not (neighbour == reporter.unit and plan.units[neighbour].lies_in_districts):
        row["region"] = plan.units[neighbour].name.zh
    for alias in ALIASES:
        if alias.name == facility.name and alias.reporter in {"", reporter.id} and period < alias.before:
            row |= {"name": alias.alias, "kind": alias.kind}
    return row


def _duties(plan: Plan, reporter: Reporter, period: Period) -> list[dict[str, Value]] | None:
    """The rows of the duties table; None where the return has none."""
    if reporter.id not in DUTIES:
        return None
    duty, progress, evidence = DUTIES[reporter.id]
    done = progress[_number(period)]
    if done is None:
        return None
    name = next(d.name.zh for d in plan.file.duties if d.id == duty)
    begun = {"progress": done, "status": "进行中" if done else "未启动"}
    papers = {"evidence": f"{evidence}（{period}）" if done else None, "remark": "示例数据"}
    return [{"duty": name, **begun, **papers}]


def _received(reporter: Reporter, period: Period, days: int) -> dt.datetime:
    """The arrival, in office hours of a working day, China time."""
    day = period.last_day + dt.timedelta(days=days)
    while day.weekday() > 4:
        day -= dt.timedelta(days=1)
    draw = random.Random(f"{reporter.id} {period} {days}")
    hours = dt.time(draw.randint(8, 16), draw.randint(0, 59), draw.randint(0, 59))
    return dt.datetime.combine(day, hours, dt.timezone(dt.timedelta(hours=8)))
