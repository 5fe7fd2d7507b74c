"""What may stand in the figures twice: one facility under two kinds (X111), year-to-date for the quarter (X112)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.world import C1, C2, C3, HEAD, findings, table

CEDAR, PINE, RIVER = f"示例云杉,{C1}", f"示例松涛,{C2}", f"示例江月,{C3}"


def claims(zone: str, department: str) -> dict[str, str]:
    rest = ",,运营,1000,10,0,9"
    return {
        "东示区_2": table(f"{CEDAR},孵化器{rest}"),
        "示开发区_2": table(zone + rest),
        "市示农委_2": table(department + rest),
    }


@pytest.mark.parametrize(
    ("zone", "department", "where", "units"),
    [
        pytest.param(f"{CEDAR},众创空间", f"{CEDAR},大学科技园", "市示农委.csv", 3, id="three kinds"),
        pytest.param(f"{CEDAR},孵化器", f"示例 云杉,{C1},众创空间", "市示农委.csv", 3, id="two kinds, three claims"),
        pytest.param(f"{PINE},众创空间", f"{CEDAR},众创空间", "市示农委.csv", 2, id="two claims"),
        pytest.param(f"{CEDAR},孵化器", f"{CEDAR},孵化器", "", 0, id="one kind"),
        pytest.param(f"示例云杉,{C2},众创空间", "示例云杉,,众创空间", "", 0, id="another code, or none"),
    ],
)
def test_one_facility_under_several_kinds(zone: str, department: str, where: str, units: int, tmp_path: Path) -> None:
    found = [f for f in findings(tmp_path, claims(zone, department)) if f.code == "X111"]
    assert [(f.at.file, f.at.cell, f.field) for f in found] == ([(f"2021Q2/{where}", "C2", "kind")] if where else [])
    if found:
        told = dict(found[0].args)["claims"]
        assert not isinstance(told, str)
        assert told.zh.count("C2") == units


WITHOUT = HEAD.replace(",累计毕业企业（户）", "")


def quarters(*figures: tuple[str, str], head: str = WITHOUT) -> dict[str, str]:
    """The east's returns of the first quarters: the new graduates of two facilities."""
    return {
        f"东示区_{quarter}": table(
            f"{CEDAR},孵化器,,运营,1000,10,{one}", f"{PINE},孵化器,,运营,1000,10,{two}", head=head
        )
        for quarter, (one, two) in enumerate(figures, 1)
    }


@pytest.mark.parametrize(
    ("files", "quarter", "looks"),
    [
        pytest.param(quarters(("2", "2"), ("5", "2")), 2, True, id="none fell"),
        pytest.param(quarters(("2", "2"), ("5", "1")), 2, False, id="one fell"),
        pytest.param(quarters(("2", "0"), ("5", "0")), 2, False, id="only one has any"),
        pytest.param(quarters(("2", "2"), ("5", "约3")), 2, False, id="one cannot be read, so only one has any"),
        pytest.param(quarters(("2,9", "2,9"), ("5,14", "2,11"), head=HEAD), 2, False, id="a total to hold it against"),
        pytest.param(quarters(("2", "2")) | {"东示区_3": quarters(("5", "5"))["东示区_1"]}, 3, False, id="a gap"),
        pytest.param(
            {f"东示区_{q}": t for q, t in enumerate(quarters(("2", "2"), ("5", "5")).values(), 4)},
            5,
            False,
            id="a first quarter begins anew",
        ),
    ],
)
def test_figures_that_look_year_to_date(files: dict[str, str], quarter: int, *, looks: bool, tmp_path: Path) -> None:
    found = [f for f in findings(tmp_path, files, quarter) if f.code == "X112"]
    assert [(f.at.file, f.field) for f in found] == ([(f"2021Q{quarter}/东示区.csv", "new_graduates")] if looks else [])


def test_a_row_of_the_same_return_is_named_by_its_cell(tmp_path: Path) -> None:
    renamed = table(f"{CEDAR},孵化器,,运营,1000,10,0,9", f"示例云杉二号,{C1},孵化器,,运营,500,5,0,1")
    (found,) = (f for f in findings(tmp_path, {"东示区_2": renamed}) if f.code == "X109")
    assert (found.at.cell, dict(found.args)["where"]) == ("A3", "A2")
