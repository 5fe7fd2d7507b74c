"""A version held against the one that it replaces: every change with its cell, and what would be lost (S112)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive.holdings import file_away
from mdj_plan.archive.supersession import Comparison, backwards, compared, doubtful, latest_of, replaced
from mdj_plan.findings import Severity
from mdj_plan.messages import messages
from mdj_plan.names import Words
from mdj_plan.period import Period
from tests.archive.returns import BY_NAME, plan_in, returned
from tests.checks.world import C1, C2

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_in(tmp_path_factory.mktemp("plan"))


def between(plan: Plan, before: str, after: str, **more: str) -> Comparison:
    return compared(plan, BY_NAME, returned(before), returned(after, "east 2021Q2 2", **more))


def told(comparison: Comparison) -> list[str]:
    """Each change: facility, field, before, after, file and cell."""
    return [
        f"{c.facility} {c.field} {c.before} {c.after} {str(c.at.file)[-6:-4]}:{c.at.cell}" for c in comparison.changes
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("name area_m2\n甲 1000", "name area_m2\n甲 1000.0", [], id="the same"),
        pytest.param("name area_m2\n甲 1000", "name area_m2\n甲 1200", ["甲 area_m2 1000 1200 v2:B2"], id="a figure"),
        pytest.param("name area_m2\n甲 1000", "name area_m2\n甲 -", ["甲 area_m2 1000 None v2:B2"], id="taken away"),
        pytest.param("name area_m2\n甲 -", "name area_m2\n甲 0", ["甲 area_m2 None 0 v2:B2"], id="blank is not nought"),
        pytest.param("name area_m2\n甲 1000", "name\n甲", ["甲 area_m2 1000 None v2:None"], id="a column taken away"),
        pytest.param("name level\n甲 national", "name level\n甲 -", ["甲 level national None v2:B2"], id="a word"),
        pytest.param("name\n甲", "name\n乙\n甲", ["乙 None None 乙 v2:A2"], id="a facility more"),
        pytest.param("name\n甲\n乙", "name\n乙", ["甲 None 甲 None v1:A2"], id="a facility less"),
        pytest.param(
            f"name credit_code\n甲 {C1}",
            f"name credit_code\n乙 {C1}",
            ["乙 name 甲 乙 v2:A2"],
            id="renamed: the same operator",
        ),
        pytest.param(
            f"name credit_code\n甲 {C1}",
            f"name credit_code\n乙 {C2}",
            ["乙 None None 乙 v2:A2", "甲 None 甲 None v1:A2"],
            id="another operator",
        ),
        pytest.param("name\n甲", "name\n（甲）", ["（甲） name 甲 （甲） v2:A2"], id="the same name otherwise written"),
        pytest.param("name area_m2\n甲 ?约500", "name area_m2\n甲 ?约500", [], id="as unusable as before"),
        pytest.param(
            "name tenants\n甲 ?6", "name tenants\n甲 6", [], id="the same, usable now for another cell's sake"
        ),
        pytest.param("name tenants\n甲 6", "name tenants\n甲 ?6", [], id="the same, unusable now for another's"),
        pytest.param(
            "name area_m2\n甲 ?约500",
            "name area_m2\n甲 ?约600",
            ["甲 area_m2 约500 约600 v2:B2"],
            id="unusable otherwise",
        ),
        pytest.param("name area_m2\n甲 ?约500", "name area_m2\n甲 500", ["甲 area_m2 约500 500 v2:B2"], id="put right"),
        pytest.param(
            "name area_m2\n甲 500", "name area_m2\n甲 ?约500", ["甲 area_m2 500 约500 v2:B2"], id="made unusable"
        ),
        pytest.param(
            "name tenants area_m2\n甲 5 100\n乙 6 200",
            "name tenants area_m2\n乙 7 200\n甲 8 300",
            ["乙 tenants 6 7 v2:B2", "甲 area_m2 100 300 v2:C3", "甲 tenants 5 8 v2:B3"],
            id="by the new version's rows",
        ),
    ],
)
def test_what_changed(plan: Plan, before: str, after: str, expected: list[str]) -> None:
    found = told(between(plan, before, after))
    assert [sorted(found), len(found)] == [sorted(expected), len(expected)]
    rows = [line.rsplit(":", 1)[1][1:] for line in found]
    assert rows == sorted(rows, key=lambda row: row)


def test_what_is_gone_is_told_after_what_the_new_version_says(plan: Plan) -> None:
    assert told(between(plan, "name\n甲\n乙\n丙", "name\n丁\n乙")) == [
        "丁 None None 丁 v2:A2",
        "甲 None 甲 None v1:A2",
        "丙 None 丙 None v1:A4",
    ]


def test_rows_that_do_not_count_are_neither_gone_nor_new(plan: Plan) -> None:
    before = "name region\n甲 east\n乙 west\n甲 east\n? east"
    after = "name region\n甲 east\n丙 west\n甲 east"
    assert told(between(plan, before, after)) == []


def test_a_return_that_only_confirms_changes_nothing(plan: Plan) -> None:
    assert told(between(plan, "name\n甲", "name\n乙", type="unchanged")) == []


def test_figures_are_lost_and_words_are_not(plan: Plan) -> None:
    found = between(plan, "name area_m2 level note\n甲 1 national x\n乙 1 - -", "name area_m2 level note\n甲 - - -")
    assert [(c.facility, c.field) for c in found.lost] == [("甲", "area_m2")]
    assert [c.facility for c in found.gone] == ["乙"]


HEAD = "name area_m2\n"
EIGHT = "甲乙丙丁戊己庚辛"


@pytest.mark.parametrize(
    ("before", "after", "variant", "facilities", "figures"),
    [
        ("甲 1\n乙 1", "甲 1", "facilities", Words("乙", "乙"), Words("", "")),
        ("甲 1", "甲 -", "figures", Words("", ""), Words("甲的孵化面积（平方米）", "incubation area (m²) of 甲")),
        ("甲 1\n乙 1", "甲 -", "", Words("乙", "乙"), Words("甲的孵化面积（平方米）", "incubation area (m²) of 甲")),
    ],
)
def test_what_a_version_would_take_away_is_said_by_name(
    plan: Plan, before: str, after: str, variant: str, facilities: Words, figures: Words
) -> None:
    (found,) = doubtful(between(plan, HEAD + before, HEAD + after), returned(by="east 2021Q2 2"), Severity.ERROR)
    assert (found.code, found.severity, found.variant) == ("S112", Severity.ERROR, variant)
    assert (found.at.file, found.unit, str(found.period)) == ("2021Q2/east.v2.csv", "east", "2021Q2")
    args = dict(found.args)
    assert (args["version"], args["facilities"], args["figures"]) == ("1", facilities, figures)
    assert (args["gone"], args["lost"]) == (str(len(facilities.zh)), "1" if figures.zh else "0")
    assert messages("zh").message(found)


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (6, "甲、乙、丙、丁、戊、己", "甲, 乙, 丙, 丁, 戊, 己"),
        (7, "甲、乙、丙、丁、戊、己等7个", "甲, 乙, 丙, 丁, 戊, 己 and others, 7 in all"),
        (8, "甲、乙、丙、丁、戊、己等8个", "甲, 乙, 丙, 丁, 戊, 己 and others, 8 in all"),
    ],
)
def test_six_are_named_and_the_rest_counted(plan: Plan, count: int, zh: str, en: str) -> None:
    comparison = between(plan, "name\n" + "\n".join(EIGHT[:count]), "name\n子")
    (found,) = doubtful(comparison, returned(by="east 2021Q2 2"), Severity.WARNING)
    assert dict(found.args)["facilities"] == Words(zh, en)


@pytest.mark.parametrize("after", ["甲 1\n乙 1", "甲 2", "甲 ?约1"])
def test_nothing_is_said_where_nothing_is_taken_away(plan: Plan, after: str) -> None:
    comparison = between(plan, f"{HEAD}甲 1", HEAD + after)
    assert list(doubtful(comparison, returned(by="east 2021Q2 2"), Severity.ERROR)) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["east 2021Q2 1", "east 2021Q2 2"], 2),
        (["east 2021Q2 2", "east 2021Q2 1"], 2),
        (["east 2021Q2 3"], None),
        (["east 2021Q2 4"], None),
        (["east 2021Q1 1", "west 2021Q2 1", "east 2021Q2 1 甲园"], None),
    ],
)
def test_the_version_that_is_replaced_is_the_highest_below(files: list[str], expected: int | None) -> None:
    archive = file_away([returned(by=by) for by in files], {})
    found = replaced(archive, returned(by="east 2021Q2 3"))
    assert (found and found.version) == expected


def test_a_version_that_cannot_count_is_not_replaced() -> None:
    archive = file_away([returned(by="east 2021Q2 1"), returned(by="east 2021Q2 2", readable=False)], {})
    found = replaced(archive, returned(by="east 2021Q2 3"))
    assert found is not None
    assert found.version == 1


def test_the_latest_period_is_of_anybody_in_the_unit() -> None:
    archive = file_away([returned(by=by) for by in ("zone 2021Q1", "zone 2021Q3 1 甲园", "west 2021Q4")], {})
    late = returned(by="zone 2021Q2")
    assert latest_of(archive, late) == Period(2021, 3)
    assert latest_of(archive, returned(by="east 2021Q2")) is None
    found = backwards(late, Period(2021, 3), Severity.ERROR)
    assert (found.code, found.variant, dict(found.args)) == (
        "S112",
        "earlier",
        {"latest": "2021Q3", "stated": "2021Q2"},
    )
    assert (found.at.file, found.unit, found.period) == ("2021Q2/zone.v1.csv", "zone", Period(2021, 2))
