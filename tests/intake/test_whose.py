"""Whose a return is and for when: cover, else title, else file name, else folder; what disagrees counts for nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.intake.given import Given
from mdj_plan.intake.whose import Whose, version_of, whose
from mdj_plan.period import Period
from mdj_plan.plan.mentions import Reporter
from mdj_plan.plan.units import Directory
from tests.archive.returns import plan_in
from tests.intake.sheets import arguments, laid_out

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Fault

TABLE = "载体名称|载体类型|运营状态|孵化面积（平方米）\n示例云杉|孵化器|运营|1000"
DISTRICTS = frozenset({"east", "west"})


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return Directory(plan_in(tmp_path_factory.mktemp("plan")).file)


def asked(directory: Directory, file: str, above: str = "", given: Given | None = None) -> Whose:
    layout = laid_out(f"{above}\n{TABLE}" if above else TABLE)
    return whose(file, layout, directory, DISTRICTS, *([given] if given else []))


def told(found: Whose) -> str:
    """Unit and member, period, ``?`` where it is not certain, and the codes of what is wrong."""
    by = "/".join(filter(None, found.reporter)) if found.reporter else "-"
    parts = (by, str(found.period or "-"), "" if found.certain else "?", *(_said(f) for f in found.faults))
    return " ".join(filter(None, parts))


def _said(fault: Fault) -> str:
    return ":".join(filter(None, (fault.code, fault.variant)))


@pytest.mark.parametrize(
    ("file", "above", "expected"),
    [
        pytest.param("a.xlsx", "填报单位|东示区|报告期|2021Q2", "east 2021Q2", id="cover"),
        pytest.param("a.xlsx", "东示区2021年第二季度季报表", "east 2021Q2", id="title"),
        pytest.param("东示区_2021Q2.xlsx", "", "east 2021Q2", id="file"),
        pytest.param("东示区/2021Q2/a.xlsx", "", "east 2021Q2", id="folders"),
        pytest.param("2021Q2/east.xlsx", "", "east 2021Q2", id="file and folder"),
        pytest.param("2021/east.xlsx", "报告期|二季度", "east 2021Q2", id="a quarter takes its year from the folder"),
        pytest.param("2021年/二季度/east.xlsx", "", "east 2021Q2", id="year and quarter in two folders"),
        pytest.param(
            "a.xlsx", "填报单位|东示区\n2021年第二季度季报表", "east 2021Q2", id="the unit's cover, the title's period"
        ),
        pytest.param("a.xlsx", "2021年季报表\n填报单位|东示区|报告期|二季度", "east 2021Q2", id="the year of a title"),
        pytest.param(
            "a.xlsx", "填报单位：东示区   2021年第二季度", "east 2021Q2", id="behind a gap in the unit's cell"
        ),
        pytest.param("a.xlsx", "填报单位|东示区（盖章）|报告期|2021Q2", "east 2021Q2", id="sealed"),
        pytest.param("2021Q2/a.xlsx", "填报单位|甲园", "zone/甲园 2021Q2", id="a member"),
        pytest.param("2021Q2/甲园.xlsx", "填报单位|示开发区", "zone/甲园 2021Q2", id="a unit, and which member of it"),
        pytest.param("2021Q2/示开发区.xlsx", "填报单位|甲园", "zone/甲园 2021Q2", id="a member of the unit"),
        pytest.param("2021Q2/farms.xlsx", "西示区孵化载体季报表", "west 2021Q2 ? L107", id="a title before the file"),
        pytest.param(
            "2021Q2/a.xlsx", "填报单位|市示农委\n西示区季报表", "farms 2021Q2", id="a department heads by districts"
        ),
    ],
)
def test_the_first_source_that_says_it(directory: Directory, file: str, above: str, expected: str) -> None:
    assert told(asked(directory, file, above)) == expected


@pytest.mark.parametrize(
    ("file", "above", "expected"),
    [
        ("2021Q2/west.xlsx", "填报单位|东示区", "east 2021Q2 ? L107"),
        ("2021Q2/east.xlsx", "报告期|2021Q1", "east 2021Q1 ? L107"),
        ("2021Q2/east_2021Q1.xlsx", "", "east 2021Q1 ? L107"),
        ("2020Q2/east.xlsx", "报告期|2021年二季度", "east 2021Q2 ? L107"),
        ("2020/east.xlsx", "报告期|2021年二季度", "east 2021Q2 ? L107"),
        ("2021Q2/乙园.xlsx", "填报单位|甲园", "zone/甲园 2021Q2 ? L107"),
        ("西示区/2021Q2/east.xlsx", "", "east 2021Q2 ? L107"),
        ("2021Q2/east.xlsx", "填报单位|东示区\n西示区2021年第二季度季报表", "east 2021Q2 ? L107"),
        ("2021Q2/east.xlsx", "2021年第一季度东示区季报表", "east 2021Q1 ? L107"),
    ],
)
def test_sources_that_disagree(directory: Directory, file: str, above: str, expected: str) -> None:
    assert told(asked(directory, file, above)) == expected


def test_who_disagrees_is_told_source_by_source(directory: Directory) -> None:
    (fault,) = asked(directory, "2021Q2/west.xlsx", "填报单位|东示区").faults
    assert (fault.row, fault.column, fault.value) == (0, 1, "东示区")
    assert arguments(fault) == {"what": "填报单位", "sources": "封面“东示区”、文件名“west”"}


@pytest.mark.parametrize(
    ("file", "above", "expected"),
    [
        ("a.xlsx", "", "- - ? L105 L106"),
        ("2021Q2/a.xlsx", "", "- 2021Q2 ? L105"),
        ("east.xlsx", "", "east - ? L106"),
        ("east.xlsx", "报告期|二季度", "east - ? L106:year"),
        ("east_二季度.xlsx", "", "east - ? L106:year"),
        ("2021/east.xlsx", "", "east - ? L106"),
        ("2021Q2/east.xlsx", "填报单位|东市区", "east 2021Q2 ? V113:like"),
        ("2021Q2/east.xlsx", "填报单位|某某", "east 2021Q2 ? V113"),
        ("2021Q2/a.xlsx", "填报单位|东示区、西示区", "- 2021Q2 ? V113:several"),
        ("2021Q2/east.xlsx", "报告期|2021年6月", "east 2021Q2 ? L106:month"),
        ("2021Q2/east.xlsx", "报告期|上半年", "east 2021Q2 ? L106:several"),
        ("2021Q2/east.xlsx", "报告期|2108年第二季度", "east 2021Q2 ? L106:far"),
        ("2021Q2/东示区和西示区.xlsx", "", "- 2021Q2 ? L105"),
        ("east west/2021Q2/a.xlsx", "", "- 2021Q2 ? L105"),
        ("2021Q2/northeast.xlsx", "", "- 2021Q2 ? L105"),
    ],
)
def test_what_nobody_says_or_nobody_can_read(directory: Directory, file: str, above: str, expected: str) -> None:
    assert told(asked(directory, file, above)) == expected


def test_a_month_s_report_names_the_quarter_in_which_it_lies(directory: Directory) -> None:
    (fault,) = asked(directory, "2021Q2/east.xlsx", "报告期|2021年6月").faults
    assert (fault.row, fault.column, fault.value, arguments(fault)) == (0, 1, "2021年6月", {"near": "2021Q2"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Given(Reporter("west"), None), "west 2021Q1"),
        (Given(None, Period(2021, 3)), "east 2021Q3"),
        (Given(Reporter("zone", "甲园"), Period(2021, 3)), "zone/甲园 2021Q3"),
    ],
)
def test_where_the_office_knows_better_nobody_else_is_asked(directory: Directory, given: Given, expected: str) -> None:
    above = "东示区2021年第一季度季报表\n填报单位|东示区|报告期|2021Q1"
    assert told(asked(directory, "a.xlsx", above, given)) == expected


def test_all_periods_that_sources_name_are_known(directory: Directory) -> None:
    found = asked(directory, "2021Q3/east.xlsx", "2021年第一季度季报表\n报告期|2021年二季度")
    assert [str(period) for period in sorted(found.periods)] == ["2021Q1", "2021Q2", "2021Q3"]
    assert (found.period, found.agreed_period, found.certain) == (Period(2021, 2), False, False)
    assert asked(directory, "2021Q2/west.xlsx", "填报单位|东示区").agreed_period  # it is the unit that is in doubt


def test_a_file_that_could_not_be_laid_out_is_somebody_s_by_its_name(directory: Directory) -> None:
    assert told(whose("2021Q2/east.v3.xlsx", None, directory)) == "east 2021Q2"
    assert told(whose("a.xlsx", None, directory)) == "- - ?"  # why it could not is told already


@pytest.mark.parametrize(
    ("stem", "name", "version"),
    [
        ("east", "east", 1),
        ("east.v2", "east", 2),
        ("east_V10", "east", 10),
        ("east v3", "east", 3),
        ("east-v0", "east", 0),
        ("eastv2", "eastv2", 1),
        ("east.v2.copy", "east.v2.copy", 1),
        ("east.v12345", "east.v12345", 1),
        ("v2", "v2", 1),
    ],
)
def test_the_version_is_the_end_of_the_name(stem: str, name: str, version: int) -> None:
    assert version_of(stem) == (name, version)


def test_a_version_is_no_part_of_the_unit_s_name(directory: Directory) -> None:
    found = whose("2021Q2/东示区.v2.xlsx", None, directory)
    assert (told(found), found.version) == ("east 2021Q2", 2)
