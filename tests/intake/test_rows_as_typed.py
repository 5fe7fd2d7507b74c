"""Rows of a return as clerks type them: what is read of them, and what is said at which cell (contract 1, Values)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.messages import messages
from tests.archive.returns import plan_in

if TYPE_CHECKING:
    from mdj_plan.intake.submission import Submission

HEAD = "载体名称,载体类型,级别,所在地区,运营状态,孵化面积（平方米）,在孵企业数（户）,本季新增毕业企业（户）,累计毕业企业（户）,成立日期"
A = "甲,孵化器,市级,东示区,运营,1000,10,1,5,2015-03-01"
B = "乙,孵化器,市级,东示区,运营,500,5,0,2,2015-03-01"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader.of(plan_in(tmp_path_factory.mktemp("plan")))


def read(reader: Reader, *rows: str, head: str = HEAD, above: str = "") -> Submission:
    lines = [*([above] if above else []), head, *rows]
    return reader.read("\n".join(lines).encode(), "2021Q2/east.csv")


def told(found: Submission) -> list[str]:
    """Each finding: code, variant, cell."""
    return [" ".join(filter(None, (f.code, f.variant, f.at.cell))) for f in found.findings]


def column(found: Submission, field: str) -> list[str]:
    """The values of a field, ``?`` where the cell is unusable, ``-`` where it is blank."""
    return ["?" if field in c.flaws else "-" if c.value(field) is None else str(c.value(field)) for c in found.claims]


@pytest.mark.parametrize(
    ("rows", "field", "values", "expected"),
    [
        pytest.param([A, B.replace("市级", "同上")], "level", "municipal municipal", ["V118 ditto C3"], id="a word"),
        pytest.param([A, B.replace(",500,", ",〃,")], "area_m2", "1000 1000", ["V118 ditto F3"], id="a figure"),
        pytest.param([A.replace(",1000,", ",1.2万,"), B.replace(",500,", ",同上,")], "area_m2", "12000 12000", ["V118 F2", "V118 ditto F3"], id="what was read through"),
        pytest.param([A.replace("市级", "同上")], "level", "?", ["V101 ditto C2"], id="nothing above"),
        pytest.param([A.replace("市级", ""), B.replace("市级", "同上")], "level", "- -", ["V118 ditto C3"], id="a blank above"),
        pytest.param([A.replace("市级", "区级"), B.replace("市级", "同上")], "level", "? ?", ["V106 C2"], id="unusable above: told once"),
        pytest.param([A, "小计,,,,,1000,10,1,5,", B.replace(",500,", ",同上,")], "area_m2", "1000 1000", ["V118 ditto F4"], id="a total between"),
        pytest.param([A, B.replace(",500,", ",同上,"), B.replace("乙", "丙").replace(",500,", ",同上,")], "area_m2", "1000 1000 1000", ["V118 ditto F3", "V118 ditto F4"], id="one after another"),
        pytest.param([A, B.replace("乙", "丁"), "丙,孵化器,x", B.replace("市级", "同上")], "level", "municipal municipal - ?", ["F108 few D4", "V101 ditto C5"], id="a broken record between"),
    ],
)  # fmt: skip
def test_as_above(reader: Reader, rows: list[str], field: str, values: str, expected: list[str]) -> None:
    found = read(reader, *rows)
    assert (column(found, field), told(found)) == (values.split(), expected)


def test_as_above_says_what_it_was_read_as_also_where_that_is_nothing(reader: Reader) -> None:
    def said(level: str) -> list[str]:
        found = read(reader, A.replace("市级", level), B.replace("市级", "同上")).findings
        return [messages(language).message(f) for f in found for language in ("zh", "en")]

    assert said("省级")[0] == "“级别”填“同上”，读作 省级。"
    assert said("")[0] == "“级别”填“同上”，读作 空白。"
    assert said("")[1].endswith("was read as blank.")


@pytest.mark.parametrize(
    ("row", "field", "value", "expected"),
    [
        pytest.param(A.replace(",1,5,", ",6,5,"), "new_graduates", "?", ["V112 H2"], id="a part above its whole"),
        pytest.param(A.replace(",1,5,", ",5,5,"), "new_graduates", "5", [], id="as great as its whole"),
        pytest.param(A.replace(",1,5,", ",6,,"), "new_graduates", "6", [], id="the whole is blank"),
        pytest.param(
            A.replace(",1,5,", ",6,约5,"), "new_graduates", "6", ["V103 likely I2"], id="the whole is unusable"
        ),
        pytest.param(A.replace(",1000,", ",-1,"), "area_m2", "?", ["V104 F2"], id="negative"),
        pytest.param(A.replace(",1000,", ",0,"), "area_m2", "0", [], id="nought"),
        pytest.param(A.replace(",1000,", ",—,"), "area_m2", "-", [], id="a dash is blank"),
        pytest.param(A.replace(",10,", ",10.5,"), "tenants", "?", ["V105 G2"], id="not whole"),
        pytest.param(A.replace("运营", "正常运营"), "state", "?", ["V106 suggested E2"], id="a state that is none"),
        pytest.param(A.replace("运营", ""), "state", "-", [], id="a blank state"),
        pytest.param(A.replace("东示区", "东市区"), "region", "?", ["V113 like D2"], id="a district that is none"),
        pytest.param(A.replace("东示区", "市示农委"), "region", "?", ["V113 D2"], id="a department is no district"),
        pytest.param(A.replace("东示区", ""), "region", "east", [], id="a blank district is the reporter"),
        pytest.param(A.replace("2015-03-01", "2015年13月"), "founded", "?", ["V107 impossible J2"], id="no day"),
        pytest.param(A.replace("甲", "无", 1), "name", "?", ["V101 A2"], id="no name"),
        pytest.param(A.replace("孵化器", "", 1), "kind", "?", ["V101 B2"], id="no kind"),
        pytest.param(A.replace("孵化器", "加速器", 1), "kind", "?", ["V106 B2"], id="another kind"),
    ],
)
def test_a_cell(reader: Reader, row: str, field: str, value: str, expected: list[str]) -> None:
    found = read(reader, row)
    assert (column(found, field), told(found)) == ([value], expected)


@pytest.mark.parametrize(
    ("row", "counts", "expected"),
    [
        pytest.param("丁,孵化器", False, ["F108 few C4"], id="too few fields"),
        pytest.param(A.rsplit(",", 1)[0], True, [], id="blank ones may lack at the end"),
        pytest.param(f"{A},,,", True, [], id="or be too many there"),
        pytest.param(f"{A},x", False, ["F108 many K4"], id="too many"),
        pytest.param(f"{A},,x", False, ["F108 many L4"], id="too many, behind a blank"),
    ],
)
def test_a_record_has_as_many_fields_as_the_header(
    reader: Reader, row: str, expected: list[str], *, counts: bool
) -> None:
    found = read(reader, B, B.replace("乙", "丙"), row)
    assert [claim.usable for claim in found.claims] == [True, True, counts]
    assert (told(found), found.readable) == (expected, True)


@pytest.mark.parametrize(
    ("cutoff", "expected"), [("2015年3月1日", []), ("2015年2月28日", ["V107 after-cutoff J3"]), ("", [])]
)
def test_a_day_after_the_cut_off(reader: Reader, cutoff: str, expected: list[str]) -> None:
    found = read(reader, A, above=f"数据截止日：{cutoff}" if cutoff else "报告类型：正常")
    assert [each for each in told(found) if each.startswith("V107")] == expected


@pytest.mark.parametrize(
    ("header", "cell", "area", "expected"),
    [
        ("孵化面积（万平方米）", "0.1", "1000", ["V114 F1"]),
        ("孵化面积(万㎡)", "0.1", "1000", ["V114 F1"]),
        ("孵化面积", "1000", "1000", []),
        ("孵化面积（万平方米）", "1000平方米", "1000", ["V118 F2", "V114 F1"]),
        ("孵 化 面 积（㎡）", "1000", "1000", []),
    ],
)
def test_the_unit_in_a_header(reader: Reader, header: str, cell: str, area: str, expected: list[str]) -> None:
    found = read(reader, A.replace(",1000,", f",{cell},"), head=HEAD.replace("孵化面积（平方米）", header))
    assert (column(found, "area_m2"), told(found)) == ([area], expected)


def test_tables_in_one_file_are_put_together_each_by_its_own_header(reader: Reader) -> None:
    found = read(reader, A, "", HEAD.replace("（平方米）", "（万平方米）"), B.replace(",500,", ",0.05,"))
    assert (column(found, "name"), column(found, "area_m2")) == (["甲", "乙"], ["1000", "500"])
    assert told(found) == ["V114 F4"]


def test_a_column_that_stands_twice_is_told_and_read_where_both_agree(reader: Reader) -> None:
    found = read(reader, f"{A},10", f"{B},99", head=f"{HEAD},在孵企业数（户）")
    assert (column(found, "tenants"), told(found)) == (["10", "?"], ["L103 K1"])


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [("零报告", 1, ["L107 nil B1"]), ("零报告", 0, []), ("无变化", 1, []), ("☑正常 □零报告", 1, [])],
)
def test_the_report_type_against_its_rows(reader: Reader, kind: str, rows: int, expected: list[str]) -> None:
    found = read(reader, *[A][:rows], above=f"报告类型,{kind}")
    assert ([each for each in told(found) if each[0] == "L"], found.readable) == (expected, not expected)
