"""docs/plan-file.md: every example on it loads, and gives the figures that the page works out."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mdj_plan.assessment import Assessment
from mdj_plan.cli.app import run as command
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.plan.read_criteria import read_criteria
from mdj_plan.plan.schedule import in_force
from mdj_plan.run import run
from tests.founding.tables import as_workbook

PAGE = Path("docs/plan-file.md").read_text("utf-8")
HEAD = "载体名称,统一社会信用代码,载体类型,运营状态,孵化面积（平方米）,在孵企业数（户）"
EAST = f"{HEAD}\n示例一号孵化器,,孵化器,运营,4500,约5\n"


def blocks(section: str, kind: str) -> list[str]:
    """The examples of a kind below a heading."""
    found = re.search(rf"(?ms)^## {re.escape(section)}\n(.*?)(?=^## |\Z)", PAGE)
    assert found, section
    return re.findall(rf"```{kind}\n(.*?)```", found[1], re.DOTALL)


def settled(folder: Path, *added: str, quotas: str = "", returns: dict[str, str] | None = None) -> Plan:
    """The page's whole plan with sections added to it: lists grow, other sections are put in."""
    whole: dict[str, Any] = YAML(typ="safe").load(blocks("A whole plan, to start from", "yaml")[0])
    for text in added:
        for key, value in YAML(typ="safe").load(text).items():
            whole[key] = [*whole.get(key, []), *value] if isinstance(value, list) else value
    table = quotas or blocks("A whole plan, to start from", "csv")[0]
    files = {"config/targets.yaml": json.dumps(whole, default=str), "data/quotas.csv": table, **(returns or {})}
    (folder / "data" / "submissions").mkdir(parents=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return load_plan(folder / "config" / "targets.yaml")


def assessed(plan: Plan) -> Assessment:
    return run(plan, period=Period(2020, 2))


RETURNS = {"data/submissions/2020Q2/东示区_2020Q2.csv": EAST}


def test_the_first_steps_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = re.findall(r"(?m)^\| (.*) \|$", PAGE[: PAGE.index("```text")])
    table = "\n".join(re.sub(r" ?\| ?", "|", row) for row in rows)
    monkeypatch.chdir(tmp_path)
    Path("分解表.xlsx").write_bytes(as_workbook(table))
    assert command(["init", "city", "--from", "分解表.xlsx", "--lang", "en"]) == 0
    assert blocks("From an empty folder to the first check", "text")[0] in capsys.readouterr().out
    monkeypatch.chdir(tmp_path / "city")
    assert command(["plan"]) == 0
    assert command(["template", "--all", "-o", "blank"]) == 0


def test_columns_of_your_own(tmp_path: Path) -> None:
    added, criteria = blocks("Columns of your own", "yaml")
    row = f"{HEAD},高新技术企业数（户）,评级\n示例一号孵化器,,孵化器,运营,4500,5,3,甲级\n"
    plan = settled(
        tmp_path,
        added,
        "criteria: criteria.yaml",
        returns={"config/criteria.yaml": criteria, "data/submissions/2020Q2/东示区_2020Q2.csv": row},
    )
    found = {gap.indicator.id: gap.actual for gap in assessed(plan).gaps if gap.unit is None}
    assert found["hightech"] == 3
    assert [each.id for each in read_criteria(plan)] == ["city_star"]


def test_score(tmp_path: Path) -> None:
    found = assessed(settled(tmp_path, *blocks("Score", "yaml"), returns=RETURNS)).scores
    told = {each.unit.id: ([part.points for part in each.parts], each.score, each.rank) for each in found}
    assert told == {
        "east": ([Fraction(200, 3), 40], Fraction(200, 3) + 40 - Fraction(1, 2), 1),
        "west": ([0], 0, 2),
        "office": ([], None, None),
    }
    for figure in ("66.6667", "= 40", "106.1667"):
        assert figure in PAGE


def test_rules(tmp_path: Path) -> None:
    found = assessed(settled(tmp_path, *blocks("Rules", "yaml"), returns=RETURNS)).findings
    assert {f.code for f in found} >= {"V103"}
    assert "V115" not in {f.code for f in found}
    assert {f.severity.value for f in found if f.code == "P104"} <= {"note"}


def test_revised_targets(tmp_path: Path) -> None:
    plan = settled(tmp_path, *blocks("Revised targets", "yaml"), quotas=blocks("Revised targets", "csv")[0])
    for unit, before, after in ((None, 20000, 30000), ("east", 12000, 18000)):
        versions = plan.versions(unit, "area")
        assert in_force(versions, Period(2020, 4))[-1].value == before
        assert in_force(versions, Period(2021, 1))[-1].value == after


def test_exceptions(tmp_path: Path) -> None:
    table = {"data/exceptions.csv": blocks("exceptions.csv", "csv")[0]}
    found = assessed(settled(tmp_path, returns=RETURNS | table)).findings
    assert [(f.code, f.accepted is not None) for f in found if f.code in {"V115", "P106", "P107", "P108"}] == [
        ("V115", True)
    ]


def test_actions(tmp_path: Path) -> None:
    table = {"data/actions.csv": blocks("actions.csv", "csv")[0]}
    plan = settled(tmp_path, returns=RETURNS | table)
    rows = {(row.action.id, row.action.unit): (row.status, row.days_overdue) for row in assessed(plan).actions}
    assert rows == {
        ("2020-01", "east"): ("met", None),
        ("2020-01", "west"): ("overdue", 10),
        ("2020-02", "office"): ("done", None),
    }


def test_closed(tmp_path: Path) -> None:
    settled(tmp_path, returns=RETURNS)
    line = re.search(r"`mdj-plan (close 2020Q2 --note \S+)`", PAGE)
    assert line
    plan = ["--plan", str(tmp_path / "config" / "targets.yaml")]
    assert command([*line[1].split(), "--accept-errors", *plan]) == 0
    assert command(["close", "2020Q2", "--again", "--accept-errors", *plan]) == 0
    assert sorted(path.name for path in (tmp_path / "data" / "closed").iterdir()) == ["2020Q2.2.json", "2020Q2.json"]
