"""The files of a new plan folder, as bytes (contract 6.5)."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mdj_plan.founding.heads import Role
from mdj_plan.rounding import plain
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mdj_plan.founding.draft import Draft
    from mdj_plan.founding.grid import Spot
    from mdj_plan.founding.known import Known
    from mdj_plan.founding.rows import Entry
    from mdj_plan.names import Words
    from mdj_plan.period import Period

_HERE = Path(__file__).parent
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z_㎡（）〔〕“”、—](?: ?[\u4e00-\u9fffA-Za-z0-9_.㎡（）〔〕“”、—-])*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
"""What YAML takes for something else than text."""


def files_of(draft: Draft, language: str) -> dict[str, bytes]:
    """Every file by its path in the folder."""
    from mdj_plan.plan.criteria import CriteriaSet
    from mdj_plan.plan.entries import PlanFile
    from mdj_plan.plan.schema import schema_text

    schema = "# yaml-language-server: $schema=criteria.schema.json\n"
    criteria = schema + (_HERE / "criteria.yaml").read_text("utf-8")
    texts = {
        "config/targets.yaml": _rendered(f"targets.{language}.yaml.j2", draft),
        "config/targets.schema.json": schema_text(PlanFile),
        "config/criteria.yaml": criteria,
        "config/criteria.schema.json": schema_text(tuple[CriteriaSet, ...]),
        "data/quotas.csv": quota_table(draft),
        "data/submissions/.gitkeep": "",
        "README.md": _rendered(f"readme.{language}.md.j2", draft),
    }
    return {name: text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8") for name, text in texts.items()}


def quota_table(draft: Draft) -> str:
    """The quota table as CSV: a row for each promise, a column for each earlier year that any of them has."""
    periods = sorted({period for promise in draft.quotas for period in promise.milestones})
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["责任单位", "指标", "目标", "基数", "完成时限", *map(_year, periods), "依据", "备注"])
    for p in draft.quotas:
        earlier = [plain(p.milestones[period]) if period in p.milestones else "" for period in periods]
        baseline = plain(p.baseline) if p.baseline is not None else ""
        known = [p.whose[1], p.known.name.zh, plain(p.value), baseline, str(p.due or "")]
        table.writerow([*known, *earlier, visible(p.clause or ""), visible(p.note or "")])
    return out.getvalue()


def _year(period: Period) -> str:
    return str(period.year) if period.quarter == 4 else str(period)


def _rendered(template: str, draft: Draft) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(  # noqa: S701 - YAML and Markdown, every text of the table passes `y` or `line`
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {
        "y": yaml_text,
        "name": _name,
        "counted": _counted,
        "figure": plain,
        "milestones": _milestones,
        "spot": _spot,
        "line": visible,
        "aside": _aside,
        "stated": _stated,
    }
    text = environment.from_string((_HERE / "templates" / template).read_text("utf-8"))
    return text.render(d=draft)


def yaml_text(text: str) -> str:
    """A text as YAML reads it back: as it stands where that is safe, else in double quotes."""
    safe = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if safe else json.dumps(text, ensure_ascii=False)


def _name(words: Words) -> str:
    return yaml_text(words.zh) if not words.en else f"{{zh: {yaml_text(words.zh)}, en: {yaml_text(words.en)}}}"


def _counted(known: Known) -> str:
    """What an indicator counts or sums, over which facilities."""
    parts = [f"sum: {known.summed}" if known.summed else f"count: {known.counted}"]
    if known.where:
        where = [f"{key}: {_choice(list(values))}" for key, values in known.where.items()]
        parts.append(f"where: {{{', '.join(where)}}}")
    return ", ".join([*parts, *([f"over: {known.over}"] if known.over else [])])


def _choice(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _milestones(milestones: Mapping[Period, Decimal]) -> str:
    told = ", ".join(f"{period}: {plain(value)}" for period, value in sorted(milestones.items()))
    return f", milestones: {{{told}}}" if told else ""


def _spot(spot: Spot) -> str:
    return f"{visible(spot.sheet)}!{spot.cell}" if spot.sheet else spot.cell


def _stated(entry: Entry) -> str:
    """An indicator and a figure as a row of the quota table has them; as they were typed where nobody knows them."""
    if entry.known is None or entry.amount is None:
        return f"{visible(entry.phrase)},{visible(entry.typed)}"
    return f"{entry.known.name.zh},{plain(entry.amount)}"


def _aside(entry: Entry) -> Any:
    """What a figure is where it is no target at the plan's end."""
    said = "基数" if entry.role is Role.BASELINE else str(entry.period or "")
    return f"（{said}）" if said else ""
