"""Findings: codes and severities that scripts rely on (contract 4), places, and what may be accepted (contract 5.4)."""

from __future__ import annotations

import pytest

from mdj_plan.findings import CATALOGUE, Accepted, Location, Severity, cells_joined, counted, ever_accepted, finding
from mdj_plan.period import Period

CONTRACT = {
    "error": "F101-F105 F107 F108 L101-L103 L105-L107 L110 V101-V110 V112 V113 S101 S103 S104 S110 S111 X101 X104 "
    "P102 P103 P106 P110",
    "warning": "F106 L108 L109 V111 V115-V117 V119-V121 S102 S105 S106 S108 S109 S112 S113 X102 X103 X105-X112 "
    "P101 P104 P105 P109 P111",
    "note": "L104 V114 V118 S107 P107 P108",
}


def codes(text: str) -> set[str]:
    """``F101-F103 L104`` as the codes that it names."""
    found = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found |= {f"{first[0]}{number}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)}
    return found


@pytest.mark.parametrize("severity", Severity)
def test_every_code_has_the_severity_of_the_contract(severity: Severity) -> None:
    """A code that is newer than the contract is held by its line in the catalogue alone."""
    other = {code for code in codes(CONTRACT[severity]) if CATALOGUE[code].severity is not severity}
    assert not other, f"scripts rely on these being of severity {severity}: {sorted(other)}"


def test_severities_are_ranked_from_the_gravest() -> None:
    assert sorted(["note", "error", "warning"], key=lambda each: Severity(each).rank) == ["error", "warning", "note"]


def test_findings_by_severity_those_accepted_left_out() -> None:
    known = Accepted("等待测绘", None, Period(2017, 4))
    found = [finding(code, Location()) for code in ("V101", "V115", "V120")]
    assert counted([*found, found[1]._replace(accepted=known)]) == {"error": 1, "warning": 2, "note": 0}
    assert [*counted(())] == ["error", "warning", "note"]  # each is there, the gravest first


def at(cell: str, row: int, column: int) -> Location:
    return Location("a.csv", None, cell, row, column)


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([at("D7", 7, 4)], "D7"),
        ([at("D7", 7, 4), at("D9", 9, 4), at("D10", 10, 4), at("D11", 11, 4)], "D7, D9-D11"),
        ([at("D8", 8, 4), at("D7", 7, 4)], "D7-D8"),
        ([at("E7", 7, 5), at("D8", 8, 4)], "D8, E7"),
        ([at("D7", 7, 4), at("D7", 7, 4)], "D7"),
        ([at("AA2", 2, 27), at("B2", 2, 2)], "B2, AA2"),
        ([Location("a.csv"), at("D7", 7, 4)], "D7"),
        ([Location("a.csv", "表")], ""),
        ([], ""),
    ],
)
def test_cells_that_follow_each_other_are_told_as_one_run(places: list[Location], told: str) -> None:
    assert cells_joined(places) == told


@pytest.mark.parametrize(
    ("code", "severity", "accepted"),
    [
        ("X107", "warning", True),
        ("X107", "error", True),  # a plan's rules made it graver: by its own severity it may be accepted
        ("X107", "note", True),
        ("X104", "error", True),
        ("X101", "error", False),
        ("L104", "note", False),
        ("L104", "warning", False),
        ("F105", "warning", True),
        ("F105", "error", False),
        ("S101", "warning", True),
        ("S101", "error", False),
        ("S112", "error", True),
    ],
)
def test_what_the_office_may_live_with(code: str, severity: str, *, accepted: bool) -> None:
    assert finding(code, Location(), severity=Severity(severity)).may_be_accepted is accepted


@pytest.mark.parametrize(
    ("code", "ever"),
    [("X107", True), ("X104", True), ("F105", True), ("S101", True), ("X101", False), ("L104", False), ("P106", False)],
)
def test_an_exception_may_name_what_is_a_warning_in_some_case(code: str, *, ever: bool) -> None:
    assert ever_accepted(code) is ever


def test_a_finding_has_its_rule_s_severity_unless_the_case_decides() -> None:
    one = finding("F105", Location("a.xlsx"), args={"sheet": "表"})
    assert (one.rule, one.severity, one.args) == ("stray-cell", Severity.ERROR, (("sheet", "表"),))
    assert finding("F105", Location(), severity=Severity.WARNING).severity is Severity.WARNING


def test_what_is_accepted_is_shown_as_accepted() -> None:
    one = finding("X107", Location())
    assert one.shown_as == "warning"
    assert one._replace(accepted=Accepted("扩建", None, Period(2018, 4))).shown_as == "accepted"


def test_the_thresholds_that_a_plan_may_move() -> None:
    stated = {code: {name: int(value) for name, value in CATALOGUE[code].limits.items()} for code in ("X107", "V111")}
    assert stated == {
        "X107": {"over": 20},
        "V111": {"largest_area": 1_000_000, "smallest_area": 50, "most_tenants": 30},
    }
    assert list(CATALOGUE["V111"].limits) == ["largest_area", "smallest_area", "most_tenants"]
    assert CATALOGUE["X101"].limits == {}
