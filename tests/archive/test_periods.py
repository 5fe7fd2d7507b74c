"""Which period a return can be for, and which one a run is about: a slip is told and takes nothing over (L110, S110)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run
from mdj_plan.usage import UsageError
from tests.checks.world import C1, PLAN, table

ROW = f"示例云杉,{C1},孵化器,市级,运营,1000,10,0,9"


def covered(period: str, reported: str = "", cutoff: str = "") -> str:
    cover = f"填报单位,东示区,报告期,{period}\n"
    cover += f"报出日期,{reported}\n" if reported else ""
    cover += f"数据截止日,{cutoff}\n" if cutoff else ""
    return cover + table(ROW)


def looked_at(
    folder: Path, files: dict[str, str], receipts: dict[str, str] | None = None, period: Period | None = None
) -> Assessment:
    """The assessment of returns by path, with receipts by path (the time received)."""
    for name, text in {
        "config/targets.yaml": PLAN,
        "data/quotas.csv": "责任单位,指标,目标,依据\n东示区,孵化器,4,二\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "data/submissions").mkdir()
    for name, text in files.items():
        file = folder / "data/submissions" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    lines = ["received_at,file,sha256", *(f"{at},{file}," for file, at in (receipts or {}).items())]
    (folder / "data/receipts.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return run(load_plan(folder / "config/targets.yaml"), period=period)


def told(assessment: Assessment, *codes: str) -> list[tuple[str, str | None, str | None]]:
    return [(f.code, f.at.file, f.at.cell) for f in assessment.findings if f.code in codes]


GOOD = {"2021Q2/east.csv": covered("2021年第二季度", "2021-07-05")}


@pytest.mark.parametrize(
    ("file", "text", "finding"),
    [
        pytest.param(
            "2023Q1/west.csv", table(ROW), ("L110", "2023Q1/west.csv", None), id="after the plan, by its path"
        ),
        pytest.param("new/a.csv", covered("2023Q1"), ("L110", "new/a.csv", "D1"), id="after the plan, on the cover"),
        pytest.param(
            "2021Q4/east.csv", covered("2021Q4", "2021-07-05"), ("S110", "2021Q4/east.csv", "B2"), id="not begun"
        ),
    ],
)
def test_a_slip_of_the_period_takes_nothing_over(
    file: str, text: str, finding: tuple[str, str, str | None], tmp_path: Path
) -> None:
    assessment = looked_at(tmp_path, GOOD | {file: text})
    assert str(assessment.period) == "2021Q2"
    assert told(assessment, "L110", "S110") == [finding]
    assert assessment.count(next(f.severity for f in assessment.findings if f.code == finding[0])) >= 1


@pytest.mark.parametrize(
    ("reported", "receipt", "expected"),
    [
        pytest.param("2021-05-31", None, True, id="the day before its last month"),
        pytest.param("2021-06-01", None, False, id="its last month's first day"),
        pytest.param("2021-05-31", "2021-07-05T08:00:00+08:00", False, id="the receipt decides"),
        pytest.param("2021-07-05", "2021-05-31T08:00:00+08:00", True, id="the receipt decides, the other way"),
        pytest.param("", None, False, id="unknown"),
    ],
)
def test_a_period_that_had_not_begun(reported: str, receipt: str | None, *, expected: bool, tmp_path: Path) -> None:
    receipts = {"2021Q2/east.csv": receipt} if receipt else {}
    assessment = looked_at(tmp_path, {"2021Q2/east.csv": covered("2021Q2", reported)}, receipts)
    (east,) = [state for state in assessment.units if state.unit.id == "east"]
    assert [file for _, file, _ in told(assessment, "S110")] == (["2021Q2/east.csv"] if expected else [])
    assert (east.file is None) == expected
    assert not [f for f in assessment.findings if f.code == "S101" and f.unit == "east"]


@pytest.mark.parametrize(
    ("reported", "cutoff", "cells"),
    [
        pytest.param("2021-06-20", "2021-06-30", ["B3"], id="cut-off after the report"),
        pytest.param("2021-06-30", "2021-06-01", [], id="the last month"),
        pytest.param("2022-06-30", "", [], id="a year after it"),
        pytest.param("2022-07-01", "2022-06-30", ["B2"], id="later still"),
        pytest.param("2021-07-05", "2021-03-31", ["B3"], id="last quarter's cut-off"),
        pytest.param("", "2021年9月30日", [], id="within the year, day of receipt unknown"),
    ],
)
def test_a_date_outside_the_period(reported: str, cutoff: str, cells: list[str], tmp_path: Path) -> None:
    if not reported:
        cells = [cell.replace("3", "2") for cell in cells]
    assessment = looked_at(tmp_path, {"2021Q2/east.csv": covered("2021Q2", reported, cutoff)})
    assert told(assessment, "S113") == [("S113", "2021Q2/east.csv", cell) for cell in cells]


def test_a_report_dated_after_its_receipt(tmp_path: Path) -> None:
    files = {"2021Q2/east.csv": covered("2021Q2", "2021-07-05")}
    receipts = {"2021Q2/east.csv": "2021-07-04T08:00:00+08:00"}
    assert told(looked_at(tmp_path, files, receipts), "S113") == [("S113", "2021Q2/east.csv", "B2")]


def test_a_period_from_which_nothing_has_come_can_be_looked_at(tmp_path: Path) -> None:
    assessment = looked_at(tmp_path, GOOD, period=Period(2021, 4))
    assert {state.status for state in assessment.units} == {"missing", "carried"}


def test_a_plan_from_which_nothing_has_come_can_be_looked_at(tmp_path: Path) -> None:
    assessment = looked_at(tmp_path, {}, period=Period(2021, 1))
    assert {state.status for state in assessment.units} == {"missing"}


@pytest.mark.parametrize("period", [Period(2020, 4), Period(2023, 1)])
def test_no_period_outside_the_plan_can_be(period: Period, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="period-outside-plan"):
        looked_at(tmp_path, GOOD, period=period)


@pytest.mark.parametrize(
    ("files", "period"),
    [
        pytest.param({"2020Q4/east.csv": table(ROW)}, "2020Q4", id="only from before the plan"),
        pytest.param({"2023Q1/east.csv": table(ROW)}, "2023Q1", id="only from after it"),
        pytest.param(
            {"2023Q1/east.csv": table(ROW), "2021Q2/a.csv": table(ROW)},
            "2021Q2",
            id="nothing counts: of the plan first",
        ),
        pytest.param(
            GOOD | {"2021Q3/east.csv": "报告类型,无变化\n" + table(ROW.replace("1000", "2000"))},
            "2021Q2",
            id="no change declared and changes listed: does not count",
        ),
        pytest.param(GOOD | {"2021Q3/east.csv": "报告类型,无变化\n" + table(ROW)}, "2021Q3", id="no change"),
    ],
)
def test_the_period_of_a_run(files: dict[str, str], period: str, tmp_path: Path) -> None:
    assert str(looked_at(tmp_path, files).period) == period
