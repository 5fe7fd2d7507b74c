"""Rows for scripts: keys and their order as the contract lists them, figures exact to four decimals, unknown is null."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.measure.changes import totals
from mdj_plan.messages import messages
from mdj_plan.reports.data.actions import actions_csv, actions_json
from mdj_plan.reports.data.candidates import candidates_csv, candidates_json
from mdj_plan.reports.data.changes import changes_csv, changes_json
from mdj_plan.reports.data.csvtext import as_csv, harmless
from mdj_plan.reports.data.findings import findings_csv
from mdj_plan.reports.data.gaps import gaps_csv
from mdj_plan.reports.data.plan import plan_csv, plan_json
from mdj_plan.reports.data.trend import trend_csv, trend_json
from mdj_plan.reports.data.whole import as_json
from tests.reports.county import county
from tests.reports.tables.test_office import DECISIONS, MOVED, REWARDS, SCORED, closed, judged
from tests.reports.tables.test_promises import written
from tests.reports.tables.test_returns import FILES, RECEIPTS

EN, ZH = messages("en"), messages("zh")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return county(tmp_path_factory.mktemp("county"), plan=SCORED, actions=DECISIONS)


@pytest.fixture(scope="module")
def whole(now: Assessment) -> Any:
    return json.loads(as_json(now, EN))


def keys(text: str) -> list[str]:
    """Names as the contract writes them, with commas between."""
    return text.replace("\n", " ").replace(" ", "").split(",")


def test_the_object_that_check_prints(whole: Any) -> None:
    assert list(whole) == keys(
        "schema_version, tool, plan, period, as_of, gaps, duties, submissions, overlaps, findings, summary, closed,"
        "restatements, actions, scores"
    )
    assert (whole["schema_version"], list(whole["tool"]), list(whole["plan"])) == (
        1,
        ["name", "version"],
        keys("id, title, document"),
    )


def test_a_gap(whole: Any) -> None:
    assert list(whole["gaps"][0]) == keys(
        "scope, unit, unit_name, indicator, indicator_name, measure_unit, baseline, target, due, actual, actual_reported,"
        "gap, attainment, schedule, lag_points, status, previous_status, recovered, needed_per_quarter, forecast,"
        "reporting, incomplete, clause, target_original, attainment_original, revised_from"
    )
    assert [row for row in whole["gaps"] if row["indicator"] == "area"][1] == {
        "scope": "district", "unit": "spring", "unit_name": "Spring", "indicator": "area", "indicator_name": "Area",
        "measure_unit": "㎡", "baseline": 0, "target": 20000, "due": "2018Q4", "actual": 12000, "actual_reported": 12000,
        "gap": 8000, "attainment": 0.6, "schedule": 5000, "lag_points": -35, "status": "on_schedule",
        "previous_status": "on_schedule", "recovered": False, "needed_per_quarter": 1333.3333, "forecast": 24000,
        "reporting": "reported", "incomplete": True, "clause": "二", "target_original": 20000,
        "attainment_original": 0.6, "revised_from": None,
    }  # fmt: skip


def test_of_a_unit_that_never_reported_nothing_is_known_and_every_key_is_there(whole: Any) -> None:
    row = next(row for row in whole["gaps"] if row["unit"] == "autumn")
    unknown = keys(
        "actual, actual_reported, gap, attainment, lag_points, needed_per_quarter, forecast, attainment_original"
    )
    assert [name for name, value in row.items() if value is None] == sorted(
        [*unknown, "revised_from"], key=list(row).index
    )
    assert (row["status"], row["reporting"], row["incomplete"], row["schedule"]) == (
        "not_reported",
        "missing",
        False,
        0.5,
    )


def test_rows_stand_city_first_then_districts_then_departments(whole: Any) -> None:
    assert [f"{row['unit']} {row['indicator']}" for row in whole["gaps"]] == [
        *("None incubators", "None area", "None graduates"),
        *("spring incubators", "spring area", "summer incubators", "autumn incubators", "zone incubators"),
        "office incubators",
    ]


def test_duties_overlaps_scores_decisions(whole: Any) -> None:
    assert whole["duties"] == [
        {"unit": "office", "duty": "fairs", "status": "in_progress", "progress_total": 2, "clause": "五"},
        {"unit": "press", "duty": "stories", "status": "silent", "progress_total": None, "clause": "六"},
    ]
    assert whole["overlaps"] == [
        {
            "name": "春风孵化器",
            "kind": "incubator",
            "claimed_by": ["spring", "office"],
            "credited_to": ["spring", "office"],
        }
    ]
    assert list(whole["scores"][0]) == keys("unit, unit_name, kind, score, rank, parts, deductions")
    assert whole["scores"][0]["parts"] == [
        {"indicator": "incubators", "weight": 3, "ratio": 1.2, "points": 90},
        {"indicator": "area", "weight": 1, "ratio": 1.2, "points": 30},
    ]
    assert list(whole["actions"][0]) == keys(
        "id, unit, unit_name, meeting, text, due, indicator, wanted, actual, status, days_overdue, completed, progress"
    )
    silent = next(row for row in whole["actions"] if row["unit"] == "autumn")
    assert (silent["wanted"], silent["actual"], silent["days_overdue"], silent["progress"]) == (1, None, 20, None)


def test_a_finding(whole: Any) -> None:
    assert list(whole["findings"][0]) == keys(
        "code, rule, severity, unit, period, file, sheet, cell, value, message, hint, facility, field, accepted"
    )
    found = next(row for row in whole["findings"] if row["code"] == "V120")
    assert (
        found["severity"],
        found["unit"],
        found["period"],
        found["file"],
        found["sheet"],
        found["cell"],
        found["field"],
    ) == (*("warning", "spring", "2017Q2", "2017Q2/春区.csv", None, "E3", "area_m2"),)


def test_the_summary_counts_what_is_listed(whole: Any) -> None:
    told = whole["summary"]
    assert list(told) == keys("returns_expected, returns_received, findings, accepted, statuses, recovered, skipped")
    assert (told["returns_expected"], told["returns_received"], told["accepted"], told["recovered"]) == (7, 5, 0, 0)
    assert told["findings"] == {
        name: sum(row["severity"] == name for row in whole["findings"]) for name in ("error", "warning", "note")
    }
    assert told["statuses"] == {"done": 2, "not_reported": 1, "on_schedule": 6}


def test_submissions(tmp_path: Path) -> None:
    a = county(tmp_path, returns=FILES, receipts=RECEIPTS)
    rows = {row["unit"]: row for row in json.loads(as_json(a, EN))["submissions"]}
    assert list(rows["spring"]) == keys(
        "unit, unit_name, period, status, due, return_period, received, version, file, facilities, members,"
        "first_received, attempts, contact"
    )
    assert rows["winter"] == {
        "unit": "winter", "unit_name": "Winter", "period": "2017Q2", "status": "returned", "due": "2017-07-15",
        "return_period": "2017Q1", "received": "2017-04-20", "version": 1, "file": "2017Q1/冬区.csv", "facilities": 1,
        "members": [], "first_received": "2017-07-13",
        "attempts": [{"received": "2017-07-13", "state": "returned", "errors": 2, "warnings": 1, "original_name": "冬区.xlsx", "member": None}],
        "contact": {"author": "李示例", "phone": "0453-0000001"},
    }  # fmt: skip
    assert rows["zone"]["members"] == [
        {"member": "甲园", "status": "late", "received": "2017-07-16", "version": 1, "file": "2017Q2/甲园.csv"},
        {"member": "乙园", "status": "carried", "received": None, "version": 1, "file": "2017Q1/乙园.csv"},
    ]


def test_one_unit_alone_leaves_the_city_out(now: Assessment) -> None:
    own = json.loads(as_json(now, ZH, units=frozenset({"zone"})))
    assert [(row["unit"], row["unit_name"]) for row in own["gaps"]] == [("zone", "园区")]
    assert {row["unit"] for name in ("submissions", "findings", "scores", "actions") for row in own[name]} == {"zone"}
    assert (own["duties"], own["overlaps"], own["summary"]["returns_expected"]) == ([], [], 1)


def test_restatements(tmp_path: Path) -> None:
    told = json.loads(as_json(closed(tmp_path), EN))
    assert told["closed"] == {"closed_at": "2017-07-20T09:00:00+08:00", "edition": 1, "as_of": "2017-06", "note": None}
    (restated,) = told["restatements"]
    assert list(restated) == keys("period, edition, closed_at, causes, rows")
    assert restated["causes"] == {
        "returns": [
            {
                "unit": "spring",
                "member": None,
                "period": "2017Q2",
                "was": "2017Q2/春区.csv",
                "now": "2017Q2/春区.v2.csv",
            },
            {"unit": "summer", "member": None, "period": "2017Q2", "was": "2017Q2/夏区.csv", "now": None},
        ],
        "plan": True,
        "quotas": False,
        "register": False,
        "tool": None,
    }
    assert restated["rows"][3] == {
        "scope": "district", "unit": "summer", "unit_name": "Summer", "indicator": "incubators",
        "indicator_name": "Incubators", "published": 0, "current": None, "difference": None, "published_target": 2,
        "current_target": 2, "published_status": "on_schedule", "current_status": "not_reported",
    }  # fmt: skip
    area = restated["rows"][1]
    assert (area["published"], area["current"], area["difference"]) == (20700, 21200.5, 500.5)


def test_the_trend(tmp_path: Path) -> None:
    a = closed(tmp_path)
    told = json.loads(trend_json(a, EN, [a.way("spring", "area")]))
    assert list(told) == keys("schema_version, tool, plan, period, rows")
    assert list(told["rows"][0]) == keys(
        "scope, unit, unit_name, indicator, indicator_name, measure_unit, period, target, actual, actual_reported, change,"
        "schedule, attainment, lag_points, status, reporting, incomplete, published"
    )
    assert [(row["period"], row["actual"], row["change"], row["published"]) for row in told["rows"]] == [
        ("2017Q1", 10000, None, None),
        ("2017Q2", 12500.5, 2500.5, 12000),
    ]
    lines = list(csv.DictReader(io.StringIO(trend_csv(a, EN, [a.way("spring", "area")]).removeprefix("\ufeff"))))
    assert [(line["period"], line["actual"], line["change"], line["published"]) for line in lines] == [
        ("2017Q1", "10000", "", ""),
        ("2017Q2", "12500.5", "2500.5", "12000"),
    ]


def test_changes(tmp_path: Path) -> None:
    a = county(tmp_path, plan=REWARDS, returns=MOVED)
    told = json.loads(changes_json(a, EN, totals(a.plan, a.changes.rows)))
    assert list(told) == keys("schema_version, tool, plan, since, period, rows, totals")
    assert told["rows"][0] == {
        "event": "promoted", "facility": "春风孵化器", "kind": "incubator", "credited_to": ["spring"],
        "before": "municipal", "after": "national", "value": None, "document": "新〔2017〕3号", "amount": 50,
        "file": "2017Q2/春区.csv", "sheet": None, "cell": "A2",
    }  # fmt: skip
    assert told["totals"][:3] == [
        {"unit": None, "event": "new", "count": 1, "amount": None},
        {"unit": None, "event": "opened", "count": 1, "amount": None},
        {"unit": None, "event": "stopped", "count": 1, "amount": None},
    ]
    assert [(row["unit"], row["count"], row["amount"]) for row in told["totals"] if row["event"] == "graduated"] == [
        (None, 4, 2),
        ("spring", 4, 2),
    ]
    assert (
        changes_csv(a, EN).splitlines()[1]
        == "promoted,春风孵化器,incubator,spring,municipal,national,,新〔2017〕3号,50,2017Q2/春区.csv,,A2"
    )


def test_candidates(tmp_path: Path) -> None:
    a = judged(tmp_path)
    told = json.loads(candidates_json(a, EN))
    assert told["sets"] == [
        {
            "id": "national",
            "name": "National example",
            "document": "示例〔2017〕9号",
            "counts_for": "incubators",
            "wanted": 4,
            "ready": 1,
        }
    ]
    assert list(told["rows"][0]) == keys(
        "criteria, facility, kind, level, credited_to, verdict, met, lacking, unknown, details"
    )
    assert told["rows"][2]["details"] == [
        {"id": "site", "name": "Site", "value": 9999.5, "required": 10000, "verdict": "lacking", "short_by": 0.5},
        {"id": "density", "name": "Density", "value": 2.9001, "required": 3, "verdict": "lacking", "short_by": 1},
        {"id": "running", "name": "Running", "value": 35, "required": 36, "verdict": "lacking", "short_by": 1},
    ]
    assert candidates_csv(a, EN).removeprefix("\ufeff").splitlines()[:2] == [
        "criteria,facility,kind,level,credited_to,facility_verdict,id,name,value,required,verdict,short_by",
        "national,春风孵化器,incubator,provincial,spring,ready,site,Site,10000,10000,met,",
    ]


def test_decisions(now: Assessment) -> None:
    told = json.loads(actions_json(now, EN))
    assert list(told) == keys("schema_version, tool, plan, period, on, rows")
    assert told["on"] == "2017-06-30"
    assert actions_csv(now, EN).removeprefix("\ufeff").splitlines()[:3] == [
        "id,unit,unit_name,meeting,text,due,indicator,wanted,actual,status,days_overdue,completed,progress",
        "4,summer,Summer,2017-04-20,腾出场地,2017-06-10,incubators,1,0,overdue,20,,",
        "4,autumn,Autumn,2017-04-20,腾出场地,2017-06-10,incubators,1,,overdue,20,,",
    ]


def test_the_plan(tmp_path: Path) -> None:
    plan = written(tmp_path)
    told = json.loads(plan_json(plan, EN, ()))
    assert list(told) == keys(
        "schema_version, plan, targets, revisions, outside, bands, duties, reconciliation, findings"
    )
    assert told["targets"][0] == {
        "unit": None, "indicator": "incubators", "target": 8, "baseline": 2, "milestones": {"2017Q4": 4},
        "due": "2018Q4", "clause": "一", "note": None, "from": None,
    }  # fmt: skip
    assert [(row["unit"], row["indicator"], row["target"], row["from"]) for row in told["revisions"]] == [
        (None, "area", 95000, "2018Q1"),
        ("zone", "incubators", 4, "2017Q3"),
    ]
    assert told["outside"] == [{"unit": "winter", "note": "省直管"}]
    assert told["bands"] == [
        {"status": "behind", "from": 10, "over": None, "colour": "yellow"},
        {"status": "far_behind", "from": None, "over": 30, "colour": "red"},
    ]
    assert told["reconciliation"] == [
        {"indicator": "incubators", "target": 8, "allocated": 9, "if_all": 12},
        {"indicator": "area", "target": 95000, "allocated": 80000, "if_all": None},
        {"indicator": "graduates", "target": 10, "allocated": None, "if_all": None},
    ]
    assert plan_csv(plan, EN).removeprefix("\ufeff").splitlines()[:4] == [
        "unit,unit_name,indicator,target,baseline,milestones,due,clause,note,from",
        ",City,incubators,8,2,2017Q4=4,2018Q4,一,,",
        ",City,area,80000,0,,2018Q4,,,",
        ",City,area,95000,0,,2019Q2,纪要7,,2018Q1",
    ]


def test_gaps_and_findings_as_csv(now: Assessment) -> None:
    text = gaps_csv(now, EN)
    assert text.startswith("\ufeffscope,unit,unit_name,indicator,")
    assert text.count("\r\n") == text.count("\n") == 1 + len(now.gaps)
    lines = {
        (line["unit"], line["indicator"]): line for line in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    }
    assert (
        lines["", "area"]["actual"],
        lines["autumn", "incubators"]["actual"],
        lines["summer", "incubators"]["actual"],
    ) == ("20700", "", "0")
    assert (lines["", "area"]["incomplete"], lines["", "incubators"]["incomplete"]) == ("true", "false")
    found = findings_csv(now.findings, EN).removeprefix("\ufeff").splitlines()
    assert found[0] == "code,rule,severity,unit,period,file,sheet,cell,value,message,hint,facility,field,accepted"
    assert len(found) == 1 + len(now.findings)


def test_what_the_office_accepted_says_until_when(tmp_path: Path) -> None:
    exceptions = "规则,单位,载体名称,字段,理由,批准人,批准日期,有效至\nV120,春区,,,等待测绘,王示例,2017-07-01,2017Q3\n"
    a = county(tmp_path, exceptions=exceptions)
    (row,) = (row for row in json.loads(as_json(a, EN))["findings"] if row["code"] == "V120")
    assert row["accepted"] == {"reason": "等待测绘", "by": "王示例", "until": "2017Q3"}
    (line,) = (
        line
        for line in csv.DictReader(io.StringIO(findings_csv(a.findings, EN).removeprefix("\ufeff")))
        if line["code"] == "V120"
    )
    assert line["accepted"] == "2017Q3 等待测绘"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_nothing_that_a_spreadsheet_could_run(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "1-2", "甲=乙", "−1", "—", "'=1"])
def test_what_it_would_not_run_stays(text: str) -> None:
    assert harmless(text) == text


def test_csv_cells() -> None:
    row = {"a": None, "b": True, "c": False, "d": -1, "e": 0.5, "f": "甲,\n乙", "g": '说"好"', "h": "=1"}
    assert as_csv([*row], [row]) == '\ufeffa,b,c,d,e,f,g,h\r\n,true,false,-1,0.5,"甲, 乙","说""好""",\'=1\r\n'
