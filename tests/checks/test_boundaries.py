"""Every rule at the edge of its limit: exactly at it, one below, one above; as shipped, and as a plan may move it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks import world
from tests.checks.world import C1, C2, C3, HEAD, assessed, findings, table

NIL = "报告类型,零报告\n"


def codes(
    folder: Path, files: dict[str, str], *wanted: str, quarter: int = 2, rules: str = ""
) -> list[tuple[str, str | None, str]]:
    """Code, cell and severity of the findings with the wanted codes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "PLAN", world.PLAN + rules)
        return [(f.code, f.at.cell, f.severity.value) for f in findings(folder, files, quarter) if f.code in wanted]


def row(area: str = "1000", new: str = "0", total: str = "9", code: str = C1, name: str = "示例甲孵化器") -> str:
    return f"{name},{code},孵化器,,运营,{area},10,{new},{total}"


def two(before: str, now: str) -> dict[str, str]:
    return {"东示区_1": table(before), "东示区_2": table(now)}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("1000", "1200", False),  # exactly a fifth more
        ("1000", "1200.1", True),
        ("1000", "800", False),  # exactly a fifth less
        ("1000", "799.9", True),
        ("0.5", "0.6", False),
        ("0", "500", False),  # nothing to take per cent of
        ("1000", "0", False),  # V111 says already that an operating one of nothing cannot be
        ("1000", "", False),  # blank is not nought
        ("", "1000", False),
    ],
)
def test_an_area_that_jumped(tmp_path: Path, before: str, now: str, told: bool) -> None:
    expected = [("X107", "F2", "warning")] if told else []
    assert codes(tmp_path, two(row(before), row(now)), "X107") == expected


@pytest.mark.parametrize(
    ("rules", "now", "expected"),
    [
        ("rules: {X107: {over: 30}}\n", "1300", []),
        ("rules: {X107: {over: 30}}\n", "1300.1", [("X107", "F2", "warning")]),
        ("rules: {X107: {over: 0}}\n", "1000.1", [("X107", "F2", "warning")]),
        ("rules: {X107: {severity: note}}\n", "1201", [("X107", "F2", "note")]),
        ("rules: {X107: {severity: error}}\n", "1201", [("X107", "F2", "error")]),
        ("rules: {X107: {severity: off, reason: 测绘口径有变}}\n", "1201", []),
    ],
)
def test_a_plan_moves_the_limit_and_the_severity(
    tmp_path: Path, rules: str, now: str, expected: list[tuple[str, str, str]]
) -> None:
    assert codes(tmp_path, two(row("1000"), row(now)), "X107", rules=rules) == expected


@pytest.mark.parametrize(
    ("rules", "area", "tenants", "told"),
    [
        ("rules: {V111: {smallest_area: 100}}\n", "100", "0", False),
        ("rules: {V111: {smallest_area: 100}}\n", "99", "0", True),
        ("rules: {V111: {largest_area: 500}}\n", "500", "0", False),
        ("rules: {V111: {largest_area: 500}}\n", "501", "0", True),
        ("rules: {V111: {most_tenants: 5}}\n", "1000", "5", False),
        ("rules: {V111: {most_tenants: 5}}\n", "1000", "6", True),
    ],
)
def test_a_plan_moves_each_limit_of_one_rule(tmp_path: Path, rules: str, area: str, tenants: str, told: bool) -> None:
    text = table(f"示例甲孵化器,{C1},孵化器,,运营,{area},{tenants},0,0")
    assert codes(tmp_path, {"东示区_2": text}, "V111", rules=rules) == ([("V111", "F2", "warning")] if told else [])


@pytest.mark.parametrize(
    ("before", "new", "now", "expected"),
    [
        ("9", "0", "9", []),
        ("9", "0", "8", ["X104"]),  # fell: that it does not follow either is the same thing
        ("9", "1", "10", []),
        ("9", "0", "10", ["X105"]),
        ("9", "2", "10", ["X105"]),
        ("9", "", "10", []),  # the quarter's is not stated
        ("9", "1", "", []),
        ("", "1", "10", []),
        ("0", "0", "0", []),
    ],
)
def test_graduates_in_all_follow(tmp_path: Path, before: str, new: str, now: str, expected: list[str]) -> None:
    files = two(row(total=before), row(new=new, total=now))
    assert [code for code, _, _ in codes(tmp_path, files, "X104", "X105")] == expected


PLAIN = "载体名称,载体类型,运营状态,本季新增毕业企业（户）"


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ((1, 1), (1, 1), True),  # none is below the quarter before
        ((1, 1), (2, 1), True),
        ((1, 2), (2, 1), False),  # one is
        ((0, 0), (1, 1), True),
        ((0, 0), (1, 0), False),  # only one is above nought
        ((1, ""), (1, 1), True),  # what is not stated before is not compared
        (("", ""), (1, 1), False),  # nothing to compare with
        ((1, 1), (1, ""), False),
    ],
)
def test_figures_that_look_added_up_since_january(
    tmp_path: Path, before: tuple[object, object], now: tuple[object, object], told: bool
) -> None:
    files = {
        f"东示区_{n}": table(
            *(f"示例{name}孵化器,孵化器,运营,{new}" for name, new in zip("甲乙", pair, strict=True)), head=PLAIN
        )
        for n, pair in ((1, before), (2, now))
    }
    assert codes(tmp_path, files, "X112") == ([("X112", None, "warning")] if told else [])


def test_in_the_first_quarter_nothing_has_added_up_yet(tmp_path: Path) -> None:
    rows = table("示例甲孵化器,孵化器,运营,1", "示例乙孵化器,孵化器,运营,1", head=PLAIN)
    assert codes(tmp_path, {"东示区_4": rows, "东示区_5": rows}, "X112", quarter=5) == []
    assert codes(tmp_path, {"东示区_5": rows, "东示区_6": rows}, "X112", quarter=6) == [("X112", None, "warning")]


def test_where_a_total_is_stated_that_is_what_is_compared(tmp_path: Path) -> None:
    rows = table(row(new="1", total="9"), row(new="1", total="9", code=C2, name="示例乙孵化器"))
    assert codes(tmp_path, {"东示区_1": rows, "东示区_2": rows}, "X112") == []


@pytest.mark.parametrize(("day", "late"), [("2021-07-15", False), ("2021-07-16", True), ("2021-06-30", False)])
def test_the_last_day_is_in_time(tmp_path: Path, day: str, late: bool) -> None:
    files = {"东示区_2": f"报出日期,{day}\n{table(row())}"}
    assert [code for code, _, _ in codes(tmp_path, files, "S102")] == (["S102"] if late else [])


@pytest.mark.parametrize(
    ("what", "day", "told"),
    [
        ("报出日期", "2021-06-01", False),  # the first day of the period's last month
        ("报出日期", "2021-05-31", True),
        ("报出日期", "2022-06-30", False),  # a year after its end
        ("报出日期", "2022-07-01", True),
        ("数据截止日", "2021-06-30", False),
        ("数据截止日", "2021-05-31", True),
    ],
)
def test_a_date_of_another_period(tmp_path: Path, what: str, day: str, told: bool) -> None:
    files = {"东示区_2": f"{what},{day}\n{table(row())}"}
    assert [code for code, _, _ in codes(tmp_path, files, "S113")] == (["S113"] if told else [])


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (table(row()), table(row()), True),
        (
            table(row(), row(code=C2, name="示例乙孵化器")),
            table(row(code=C2, name="示例乙孵化器"), row()),
            True,
        ),  # in whatever order
        (table(row()), table(row(new="1", total="10")), False),
        (table(row()), table(row(), row(code=C2, name="示例乙孵化器")), False),
        (NIL, NIL, False),  # a nil return is not another's copy
        (table(row()), "报告类型,无变化\n" + table(row()), False),  # it says so itself
    ],
)
def test_last_quarters_return_sent_again(tmp_path: Path, before: str, now: str, told: bool) -> None:
    files = {"东示区_1": before, "东示区_2": now}
    assert [code for code, _, _ in codes(tmp_path, files, "S105")] == (["S105"] if told else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}\n", ["S106"]),  # a table, and no row
        (NIL, []),
        ("报告类型,无变化\n", ["S106"]),  # nothing before it to be unchanged
        (table(row()), []),
    ],
)
def test_a_return_without_a_facility(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [code for code, _, _ in codes(tmp_path, {"东示区_2": text}, "S106")] == expected


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("国家级", "国家级", False),
        ("国家级", "省级", True),
        ("省级", "国家级", False),
        ("市级", "未认定", True),
        ("未认定", "", False),
        ("", "市级", False),
    ],
)
def test_a_level_that_was_lost(tmp_path: Path, before: str, now: str, told: bool) -> None:
    head = "载体名称,统一社会信用代码,载体类型,级别,认定文号,运营状态"
    rows = (table(f"示例甲孵化器,{C1},孵化器,{level},示例〔2020〕1号,运营", head=head) for level in (before, now))
    files = dict(zip(("东示区_1", "东示区_2"), rows, strict=True))
    assert codes(tmp_path, files, "X108") == ([("X108", "D2", "warning")] if told else [])


@pytest.mark.parametrize(
    ("plan", "told"),
    [("value: 4, clause: 一}", False), ("value: 5, clause: 一}", True), ("value: 3, clause: 一}", False)],
    ids=["just enough", "one short", "one over"],
)
def test_quotas_that_do_not_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: str, told: bool) -> None:
    monkeypatch.setattr(world, "PLAN", world.PLAN.replace("value: 4, clause: 一}", plan))  # 东示区 owes 4
    found = [f.value for f in assessed(tmp_path, {"东示区_2": NIL}).findings if f.code == "P101"]
    assert found == ([plan[7]] if told else [])


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        (C2, "示例甲孵化器", [("X110", "A2")]),  # one name, another operator
        (C1, "示例甲孵化器", []),
        (C1, "示例新孵化器", [("X109", "A2")]),  # one operator, another name
        (C3, "示例新孵化器", [("X106", None)]),  # neither: the one of before is gone
        ("", "示例甲孵化器", []),  # a code that is not stated is not another one
    ],
)
def test_who_is_the_one_of_before(tmp_path: Path, code: str, name: str, told: list[tuple[str, str | None]]) -> None:
    found = codes(tmp_path, two(row(), row(code=code, name=name)), "X106", "X109", "X110")
    assert [(each, cell) for each, cell, _ in found] == told


@pytest.mark.parametrize(
    ("before", "told"),
    [("运营", True), ("筹建", True), ("停运", False)],  # one that closed need not come again
)
def test_a_facility_that_is_not_there_any_more(tmp_path: Path, before: str, told: bool) -> None:
    gone = f"示例乙孵化器,{C2},孵化器,,{before},500,1,0,0"
    files = {"东示区_1": table(row(), gone), "东示区_2": table(row(new="1", total="10"))}
    assert [code for code, _, _ in codes(tmp_path, files, "X106")] == (["X106"] if told else [])


@pytest.mark.parametrize(
    ("area", "workplaces", "kind", "state", "told"),
    [
        ("", "", "众创空间", "运营", True),
        ("100", "", "众创空间", "运营", False),
        ("", "1", "众创空间", "运营", False),
        ("", "", "众创空间", "", True),  # a blank state is an operating one
        ("", "", "众创空间", "筹建", False),
        ("", "", "孵化器", "运营", False),
    ],
)
def test_a_makerspace_without_a_size(
    tmp_path: Path, area: str, workplaces: str, kind: str, state: str, told: bool
) -> None:
    text = table(
        f"示例甲,{C1},{kind},{state},{area},{workplaces}",
        head="载体名称,统一社会信用代码,载体类型,运营状态,孵化面积（平方米）,创业工位（个）",
    )
    assert [code for code, _, _ in codes(tmp_path, {"东示区_2": text}, "V119")] == (["V119"] if told else [])
