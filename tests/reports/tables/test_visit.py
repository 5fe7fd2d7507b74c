"""What a unit's own paper says: its figures, duties, facilities, returns and decisions; no section without a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.reports.narrowed import of_units
from mdj_plan.reports.tables.values import told
from mdj_plan.reports.tables.visit import sections, title
from tests.reports.county import county
from tests.reports.tables.test_office import DECISIONS


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("county"), actions=DECISIONS)


@pytest.mark.parametrize(
    ("units", "names"),
    [
        (["spring"], ["unit-in-short", "unit-trends", "changes", "register", "returns", "returned", "actions"]),
        (["summer"], ["unit-in-short", "unit-trends", "returns", "actions"]),  # a nil return: no facility, no finding
        (["autumn"], ["unit-in-short", "unit-trends", "returns", "returned", "actions"]),
        (["winter"], ["changes", "register", "returns", "returned"]),  # owes nothing
        (
            ["office"],
            ["unit-in-short", "duties", "unit-trends", "changes", "register", "returns", "returned", "actions"],
        ),
        (["press"], ["duties", "returns", "returned"]),  # its duty is all that it owes
    ],
)
def test_the_sections_that_have_something_to_say(now: Assessment, units: list[str], names: list[str]) -> None:
    assert [table.name for table in sections(now, frozenset(units))] == names


@pytest.mark.parametrize(
    ("units", "lines"), [(["press"], ["宣传 | — | 未报告"]), (["office"], ["办展会：场 | 2 | 进行中"])]
)
def test_a_duty_with_its_progress(now: Assessment, units: list[str], lines: list[str]) -> None:
    duties = next(table for table in sections(now, frozenset(units)) if table.name == "duties")
    texts = messages("zh")
    assert [
        " | ".join(told(row.get(c.key), texts, c.blank) for c in duties.on("paper")) for row in duties.rows
    ] == lines


def test_of_several_units_every_row_says_whose_it_is(now: Assessment) -> None:
    named = {
        table.name: any(column.key == "unit_name" for column in table.columns)
        for table in sections(now, frozenset({"spring", "office"}))
    }
    assert {name for name, whose in named.items() if not whose} == {
        "unit-trends",
        "changes",
        "register",
    }  # named in the rows


def test_the_way_of_a_figure_names_its_unit_where_others_owe_none(now: Assessment) -> None:
    ways = next(each for each in sections(now, frozenset({"office", "press"})) if each.name == "unit-trends")
    assert told(ways.rows[0]["owed"], messages("zh")) == "商务局：孵化器"


def test_what_is_overdue_is_told_once_among_the_decisions(now: Assessment) -> None:
    tables = {table.name: table for table in sections(now, frozenset({"spring"}))}
    assert "P109" not in {row["code"] for row in tables["returned"].rows}
    assert [row["id"] for row in tables["actions"].rows] == ["3", "1"]


def test_facilities_are_those_credited_to_the_unit(now: Assessment) -> None:
    names = {
        unit: [f.values.name for f in of_units(now, frozenset({unit})).facilities]
        for unit in ("office", "zone", "summer")
    }
    assert names == {"office": ["春风孵化器"], "zone": ["秋月孵化器", "冬雪孵化器"], "summer": []}


def test_whose_paper_it_is(now: Assessment) -> None:
    assert (
        title(now, messages("zh"), frozenset({"zone", "spring"})) == "春区、园区2017年第二季度情况"
    )  # in the plan's order
    assert "Spring" in title(now, messages("en"), frozenset({"spring"}))


def test_nothing_of_a_unit_that_is_not_there(tmp_path: Path) -> None:
    assert list(sections(county(tmp_path, returns={}), frozenset({"nobody"}))) == []
