"""Accepted exceptions (contract 5.4): which findings a row fits, what becomes of them, and what is wrong with rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mdj_plan.archive.exceptions import Exceptions, Exempt, accepting
from mdj_plan.assessment import Assessment
from mdj_plan.findings import Accepted, Finding, Location, Severity, finding
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.data.whole import as_json
from mdj_plan.run import run
from tests.checks import world
from tests.checks.world import C1, C2, START, table

HEAD = "规则,单位,载体名称,字段,理由,批准人,批准日期,有效至\n"
PLAN = world.PLAN.replace("quotas:", "name_prefixes: [示例市]\nquotas:")


def row(name: str, code: str, area: str, total: str = "9") -> str:
    return f"{name},{code},孵化器,市级,运营,{area},10,0,{total}"


CEDAR, PINE = "示例云杉", "示例松涛"


def accepted_by(
    folder: Path, *lines: str, quarter: int = 2, head: str = HEAD, register: str = "", all_periods: bool = False
) -> Assessment:
    """East's areas jump in its second quarter (X107 of both) and its cedar's total falls in the third (X104)."""
    files = {
        "config/targets.yaml": PLAN,
        "data/quotas.csv": "责任单位,指标,目标,依据\n东示区,孵化器,4,二\n",
        "data/exceptions.csv": head + "".join(f"{line}\n" for line in lines),
        "data/submissions/2021Q1/东示区.csv": table(row(CEDAR, C1, "1000"), row(PINE, C2, "1000")),
        "data/submissions/2021Q2/东示区.csv": table(row(CEDAR, C1, "2000"), row(PINE, C2, "3000")),
        "data/submissions/2021Q3/东示区.csv": table(row(CEDAR, C1, "2000", "5"), row(PINE, C2, "3000")),
    }
    if register:
        files["data/register.csv"] = f"载体名称,载体类型,别名,别名类型,依据\n{register}\n"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    plan = load_plan(folder / "config/targets.yaml")
    return run(plan, period=START.shift(quarter - 1), all_periods=all_periods)


def accepted(assessment: Assessment) -> list[tuple[str, str | None, str]]:
    return [(f.code, f.facility, f.accepted.reason) for f in assessment.findings if f.accepted is not None]


def told(assessment: Assessment) -> list[str]:
    """The findings about the table itself: code, cell, message."""
    texts = messages("zh")
    return [
        f"{f.code} {f.at.cell} {texts.message(f)}" for f in assessment.findings if f.code in {"P106", "P107", "P108"}
    ]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        pytest.param("X107,,,,扩建,,,2021Q4", [CEDAR, PINE], id="blanks agree with anything"),
        pytest.param("X107,东示区,示例云杉,孵化面积,扩建,局长,2021-07-01,2021Q4", [CEDAR], id="all named"),
        pytest.param("area-jumped,east,示例云杉,area_m2,扩建,,,2021年底", [CEDAR], id="by ids, an end in words"),
        pytest.param(
            "x107,东示区,示例市 示例（云杉）,孵化面积（平方米）,扩建,,,2021Q2", [CEDAR], id="names as compared"
        ),
        pytest.param("X107,,示例老云杉,,扩建,,,2021Q4", [CEDAR], id="by the register"),
        pytest.param("X107,西示区,,,扩建,,,2021Q4", [], id="another unit"),
        pytest.param("X107,,,在孵企业数,扩建,,,2021Q4", [], id="another field"),
        pytest.param("X107,,,,扩建,,,2021Q1", [], id="ended"),
        pytest.param("X105,,,,扩建,,,2021Q4", [], id="another rule"),
    ],
)
def test_which_findings_a_row_fits(line: str, who: list[str], tmp_path: Path) -> None:
    assessment = accepted_by(tmp_path, line, register="示例云杉,孵化器,示例老云杉,,更名")
    assert accepted(assessment) == [("X107", name, "扩建") for name in who]


def test_the_first_row_that_fits(tmp_path: Path) -> None:
    lines = ("X107,,示例云杉,,旧,,,2021Q1", "X107,,示例云杉,,先,示例局长,,2021Q3", "X107,,,,后,,,2021Q4")
    assessment = accepted_by(tmp_path, *lines)
    assert [f.accepted for f in assessment.findings if f.code == "X107"] == [
        Accepted("先", "示例局长", Period(2021, 3)),
        Accepted("后", None, Period(2021, 4)),
    ]


def test_what_is_accepted_is_counted_apart(tmp_path: Path) -> None:
    before = accepted_by(tmp_path)
    after = accepted_by(tmp_path, "X107,,示例云杉,,扩建,示例局长,,2021Q4")
    assert after.count(Severity.WARNING) == before.count(Severity.WARNING) - 1
    found = json.loads(as_json(after, messages("zh")))
    assert found["summary"]["accepted"] == 1
    assert found["summary"]["findings"]["warning"] == after.count(Severity.WARNING)
    assert [f["accepted"] for f in found["findings"] if f["facility"] == CEDAR and f["code"] == "X107"] == [
        {"reason": "扩建", "by": "示例局长", "until": "2021Q4"}
    ]


def test_of_errors_a_fall_of_the_total_alone_can_be_accepted(tmp_path: Path) -> None:
    assessment = accepted_by(tmp_path, "X104,,,,原数有误,,,2021Q4", "V103,,,,不改,,,2021Q4", quarter=3)
    assert accepted(assessment) == [("X104", CEDAR, "原数有误")]
    assert told(assessment) == ["P106 A3 V103 不能认可：只有警告和 X104 可以。"]


@pytest.mark.parametrize("severity", ["error", "note"])
def test_a_warning_of_which_the_plan_makes_something_else(
    severity: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tests.archive.test_exceptions.PLAN",
        f"{PLAN}rules: {{X107: {{severity: {severity}}}, S107: {{severity: warning}}}}\n",
    )
    assessment = accepted_by(tmp_path, "X107,,,,扩建,,,2021Q4", "S107,,,,不管,,,2021Q4")
    assert len(accepted(assessment)) == 2
    assert told(assessment) == ["P106 A3 S107 不能认可：只有警告和 X104 可以。"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("X17,,,,理由,,,2021Q4", "P106 A2 没有规则“X17”。", id="no such rule"),
        pytest.param("X107,东岸区,,,理由,,,2021Q4", "P106 B2 计划里没有单位“东岸区”。", id="no such unit"),
        pytest.param("X107,,,楼层,理由,,,2021Q4", "P106 D2 报表里没有“楼层”这个字段。", id="no such field"),
        pytest.param("L104,,,,理由,,,2021Q4", "P106 A2 L104 不能认可：只有警告和 X104 可以。", id="a note"),
        pytest.param("X107,,,,,,,2021Q4", "P106 E2 “理由”没有填。", id="no reason"),
        pytest.param("X107,,,,理由,,,", "P106 H2 “有效至”没有填。", id="no end"),
        pytest.param("X107,,,,理由,,,永远", "P106 H2 填的是“永远”，应为季度，如 2019Q4。", id="no period"),
        pytest.param("F105,,,,理由,,,2021Q1", None, id="a warning in some cases"),
        pytest.param("X107,,,,理由,,,2021Q1", "P107 A2 认可 X107 的例外只到 2021Q1，本期还有这样的问题。", id="ended"),
        pytest.param("X108,,,,理由,,,2021Q1", None, id="ended, and nothing is there"),
        pytest.param("X108,,,,理由,,,2021Q2", "P108 A2 认可 X108 的例外（到 2021Q2）没有遇到任何问题。", id="unused"),
    ],
)
def test_what_is_wrong_with_a_row(line: str, expected: str | None, tmp_path: Path) -> None:
    assert told(accepted_by(tmp_path, line)) == ([expected] if expected else [])


def test_nobody_is_out_before_the_plan_begins(tmp_path: Path) -> None:
    """A return of the year before makes a period of its own: who sent none for it owed none (S101)."""
    before = tmp_path / "data/submissions/2020Q4/东示区.csv"
    before.parent.mkdir(parents=True)
    before.write_text(table(row(CEDAR, C1, "1000")), "utf-8")
    line = "S101,西示区,,,理由,,,2021Q4"
    assert told(accepted_by(tmp_path, line, quarter=1)) == ["P108 A2 认可 S101 的例外（到 2021Q4）没有遇到任何问题。"]


def test_a_row_that_fits_a_finding_of_an_earlier_period_is_used(tmp_path: Path) -> None:
    assert told(accepted_by(tmp_path, "X107,,,,扩建,,,2021Q4", "X107,,示例雪原,,扩建,,,2021Q4", quarter=3)) == [
        "P108 A3 认可 X107 的例外（到 2021Q4）没有遇到任何问题。"
    ]


def test_findings_of_other_periods_are_accepted_until_their_own(tmp_path: Path) -> None:
    assessment = accepted_by(
        tmp_path, "X107,,,,扩建,,,2021Q2", "X104,,,,原数有误,,,2021Q2", quarter=3, all_periods=True
    )
    assert accepted(assessment) == [("X107", CEDAR, "扩建"), ("X107", PINE, "扩建")]


def test_everything_that_is_wrong_with_a_row_is_told_in_one_run(tmp_path: Path) -> None:
    assessment = accepted_by(tmp_path, "V999,南示区,,颜色,,,,2018Q9", ",南示区,,,理由,,,2021Q2")
    found = [(f.at.cell, f.variant) for f in assessment.findings if f.code == "P106"]
    assert found == [
        ("A2", "code"), ("B2", "unit"), ("D2", "field"), ("E2", "blank"), ("H2", "value"), ("A3", "blank"), ("B3", "unit"),
    ]  # fmt: skip


def test_a_table_without_its_columns(tmp_path: Path) -> None:
    assert told(accepted_by(tmp_path, "X107,东示区", head="规则,单位\n")) == [
        "P106 None 没有找到表头；应有：规则、理由、有效至。"
    ]


def test_a_column_that_is_none_of_the_table_would_widen_every_row(tmp_path: Path) -> None:
    head = HEAD.replace("载体名称", "载体名子")
    lines = told(accepted_by(tmp_path, "X107,,示例云杉,,扩建,,,2021Q4", head=head))
    assert lines[0].startswith("P106 C1 不认识的列“载体名子”")
    assert len(lines) == 1


def test_no_table_at_all(tmp_path: Path) -> None:
    accepted_by(tmp_path)
    (tmp_path / "data/exceptions.csv").unlink()
    assessment = run(load_plan(tmp_path / "config/targets.yaml"), period=Period(2021, 2))
    assert assessment.accepted == ()


@pytest.mark.parametrize(
    ("found", "until", "taken"),
    [
        (finding("P104", Location()), "2021Q1", False),  # of no period: it stands at that of the run
        (finding("P104", Location()), "2021Q2", True),
        (finding("X107", Location(), period=Period(2021, 1)), "2021Q1", True),
        (finding("X107", Location(), period=Period(2021, 3)), "2021Q2", False),
        (finding("F105", Location()), "2021Q4", False),  # an error
        (finding("F105", Location(), severity=Severity.WARNING), "2021Q4", True),
    ],
)
def test_a_finding_is_accepted_until_its_own_period_else_that_of_the_run(
    found: Finding, until: str, *, taken: bool
) -> None:
    row = Exempt(found.code, None, None, None, Accepted("理由", None, Period.parse(until)), Location())
    (marked,) = accepting([found], Exceptions((row,)), Period(2021, 2))
    assert marked.accepted == (row.accepted if taken else None)
    assert accepting([found], Exceptions(), Period(2021, 2)) == (found,)
