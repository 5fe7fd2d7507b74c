"""`mdj-plan facilities`: the register of a period, each facility once; on the screen what fits, for scripts all of it."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from mdj_plan.cli.app import run
from mdj_plan.fields import FIELDS
from tests.cli.world import built

if TYPE_CHECKING:
    from pathlib import Path

Text = pytest.CaptureFixture[str]
BEHIND = ("claimed_by", "credited_to", "measured", "file", "sheet", "cell")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    built(tmp_path)


def said(capsys: Text, *arguments: str) -> str:
    assert run(["facilities", *arguments, "--lang", "en"]) == 0
    return capsys.readouterr().out


def test_on_the_screen(capsys: Text) -> None:
    assert [line.rstrip() for line in said(capsys).strip("\n").split("\n")] == [
        "Facilities of 2021Q2: 3; counted: 2.",
        "",
        "The register (one row a facility)",
        "Facility      Kind       Level  Titles  State      Counts    Area (m²)  Tenants  Claimed by",
        "------------- ---------- ------ ------- ---------- --------- ---------- -------- ------------",
        "示例甲孵化器  incubator  none           operating  counts        1,500       20  East, Office",
        "示例乙孵化器  incubator  none           building   does not        900        —  East",
        "示例丙孵化器  incubator  none           operating  counts        2,000       30  Zone",
    ]


def test_for_scripts_every_column_is_there_and_what_is_blank_is_null(capsys: Text) -> None:
    found = json.loads(said(capsys, "--format", "json"))
    assert list(found) == ["schema_version", "tool", "plan", "period", "rows"]
    assert {tuple(row) for row in found["rows"]} == {(*FIELDS, *BEHIND)}
    assert (
        [stated(row) for row in found["rows"]]
        == [
            {
                "name": "示例甲孵化器",
                "credit_code": "91990000MAXX00001R",
                "kind": "incubator",
                "region": "east",
                "department": "office",  # by the second claim; the area that 市示局 states otherwise is 东示区's own, which is blank
                "state": "operating",
                "area_m2": 1500,
                "tenants": 20,
                "new_graduates": 1,
                "claimed_by": ["east", "office"],
                "credited_to": ["east", "office"],
                "measured": True,
                "file": "2021Q2/东示区_2021Q2.v2.csv",
                "cell": "A4",
            },
            {
                "name": "示例乙孵化器",
                "credit_code": "91990000MAXX00002W",
                "kind": "incubator",
                "region": "east",
                "state": "building",
                "area_m2": 900,
                "new_graduates": 0,
                "claimed_by": ["east"],
                "credited_to": ["east"],
                "measured": False,
                "file": "2021Q2/东示区_2021Q2.v2.csv",
                "cell": "A5",
            },
            {
                "name": "示例丙孵化器",
                "credit_code": "91990000MAXX000030",
                "kind": "incubator",
                "region": "zone",
                "state": "operating",
                "area_m2": 2000,
                "tenants": 30,
                "new_graduates": 2,
                "claimed_by": ["zone"],
                "credited_to": ["zone"],
                "measured": True,
                "file": "2021Q2/示甲园_2021Q2.csv",
                "cell": "A4",
            },
        ]
    )


def stated(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None and value != ""}


def test_of_a_unit_those_that_are_credited_to_it(capsys: Text) -> None:
    of_office = json.loads(said(capsys, "--unit", "office", "--format", "json"))["rows"]
    assert [row["name"] for row in of_office] == ["示例甲孵化器"]
    assert said(capsys, "--unit", "far").endswith("\nNo facilities.\n")


def test_as_csv_several_units_stand_in_one_cell(capsys: Text) -> None:
    lines = said(capsys, "--format", "csv").removeprefix("\ufeff").split("\r\n")
    rows = [stated(row) for row in csv.DictReader(lines)]
    assert lines[0] == ",".join((*FIELDS, *BEHIND))
    assert rows[0] == {
        "name": "示例甲孵化器",
        "credit_code": "91990000MAXX00001R",
        "kind": "incubator",
        "region": "east",
        "department": "office",
        "state": "operating",
        "area_m2": "1500",
        "tenants": "20",
        "new_graduates": "1",
        "claimed_by": "east office",
        "credited_to": "east office",
        "measured": "true",
        "file": "2021Q2/东示区_2021Q2.v2.csv",
        "cell": "A4",
    }
    assert [row["measured"] for row in rows] == ["true", "false", "true"]


def test_of_an_earlier_period(capsys: Text) -> None:
    rows = json.loads(said(capsys, "--period", "2021Q1", "--format", "json"))["rows"]
    assert [(row["name"], row["area_m2"], row["claimed_by"], row["file"]) for row in rows] == [
        ("示例甲孵化器", 1200, ["east"], "2021Q1/东示区_2021Q1.csv"),
        ("示例乙孵化器", 900, ["east"], "2021Q1/东示区_2021Q1.csv"),
        ("示例丙孵化器", 2000, ["zone"], "2021Q1/示开发区_2021Q1.csv"),
    ]
