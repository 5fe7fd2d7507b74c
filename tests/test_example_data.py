"""The committed plan says what the notice says; the committed returns are the generator's, and plainly invented."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import zlib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from mdj_plan.plan.lint import lint, reconcile
from mdj_plan.plan.load import load_plan

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
MADE = ("submissions", "returned", "closed", "receipts.csv", "register.csv")
ENCODINGS = {"市农委": "gb18030"}

Rows = list[list[object]]


def make(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.make_example_data", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for name in MADE for path in (folder / name, *(folder / name).rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def sheets(path: Path) -> list[Rows]:
    """Every sheet of a return, read without the program under test."""
    if path.suffix == ".csv":
        text = path.read_text(ENCODINGS.get(path.name.split("_")[0], "utf-8-sig"))
        return [[list(row) for row in csv.reader(io.StringIO(text, newline=""))]]
    book = CalamineWorkbook.from_path(path)
    return [[list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names]


def column(rows: Rows, header: str) -> list[str]:
    """What stands below a header, down to the total or the footer."""
    start = next((i for i, row in enumerate(rows) if header in row), None)
    if start is None:
        return []
    at = rows[start].index(header)
    below = rows[start + 1 :]
    return [str(row[at]) for row in below if isinstance(row[0], float) or str(row[0]).isdigit()]


RETURNS = sorted(path for name in ("submissions", "returned") for path in (DATA / name).rglob("*_*.*"))


@pytest.fixture(scope="module")
def read() -> dict[str, list[Rows]]:
    return {path.name: sheets(path) for path in RETURNS}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(ROOT / "config" / "targets.yaml")


class TestGenerator:
    def test_says_in_one_line_what_it_did(self, tmp_path: Path) -> None:
        done = make(tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"132 example returns with receipts, register and a closed period written to {tmp_path}\n"

    @pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng packs the same workbook into other bytes")
    def test_committed_data_are_its_output_byte_for_byte(self, tmp_path: Path) -> None:
        make(tmp_path)
        made, committed = files_of(tmp_path), files_of(DATA)
        assert sorted(made) == sorted(committed)
        assert [name for name, data in made.items() if committed[name] != data] == []

    def test_leaves_a_folder_with_other_returns_alone(self, tmp_path: Path) -> None:
        real = tmp_path / "submissions" / "2018Q3" / "东安区_2018Q3.xlsx"
        real.parent.mkdir(parents=True)
        real.write_bytes(b"somebody's")
        done = make(tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert (
            done.stderr == f"{tmp_path}: submissions/2018Q3/东安区_2018Q3.xlsx is not of this making; nothing written\n"
        )
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [real]


class TestPlainlyInvented:
    def test_every_return_says_so_in_title_and_note(self, read: dict[str, list[Rows]]) -> None:
        for name, found in read.items():
            for rows in found:
                assert "（示例数据）" in str(rows[0][0]), name
                assert str(rows[-1][0]).startswith("注：本表为示例数据（synthetic example data）"), name

    def test_every_facility_is_an_example(self, read: dict[str, list[Rows]]) -> None:
        names = {name for found in read.values() for rows in found for name in column(rows, "载体名称")}
        assert len(names) == 58  # 56 facilities, two of them under another name as well
        assert {name for name in names if not name.startswith("示例")} == set()

    def test_every_credit_code_is_valid_and_begins_with_maxx(self, read: dict[str, list[Rows]]) -> None:
        codes = {code for found in read.values() for rows in found for code in column(rows, "统一社会信用代码")}
        assert len(codes - {""}) == 55  # one facility has none yet
        assert {code for code in codes - {""} if not uscc.is_valid(code) or code[8:12] != "MAXX"} == set()

    def test_every_person_and_telephone_is_an_example(self, read: dict[str, list[Rows]]) -> None:
        signed = {"填表人：示例张三", "审核人：示例李四", "联系电话：0453-0000000"}
        for name, found in read.items():
            assert {cell for cell in found[0][-2] if cell} == signed, name


class TestReceipts:
    def test_every_receipt_has_its_file_and_hash(self) -> None:
        rows = list(csv.DictReader(io.StringIO((DATA / "receipts.csv").read_text("utf-8-sig"))))
        folder = DATA / "submissions"
        assert {(folder / row["file"]).resolve() for row in rows} <= set(RETURNS)
        assert [
            r["file"] for r in rows if hashlib.sha256((folder / r["file"]).read_bytes()).hexdigest() != r["sha256"]
        ] == []

    def test_two_units_have_none(self) -> None:
        rows = list(csv.DictReader(io.StringIO((DATA / "receipts.csv").read_text("utf-8-sig"))))
        without = {path.name.split("_")[0] for path in RETURNS} - {Path(row["file"]).name.split("_")[0] for row in rows}
        assert without == {"东宁市", "市总工会"}


class TestNotice:
    """Notice sections three and four (three), 1 to 14, against config/targets.yaml and data/quotas.csv."""

    def test_city_targets(self, plan: Plan) -> None:
        assert {(t.indicator, int(t.value), str(t.due), t.clause) for t in plan.targets if t.unit is None} == {
            ("national_incubators", 2, "2019Q4", "三"),
            ("national_makerspaces", 3, "2019Q4", "三"),
            ("provincial_demo_incubators", 4, "2019Q4", "三"),
            ("provincial_demo_makerspaces", 4, "2019Q4", "三"),
            ("incubators", 50, "2019Q4", "三"),
            ("makerspaces", 50, "2019Q4", "三"),
            ("area", 500000, "2019Q4", "三"),
            ("tenants", 500, "2019Q4", "三"),
            ("new_graduates", 50, "2019Q4", "三"),
        }

    @pytest.mark.parametrize(
        ("unit", "owed"),
        [
            ("zone", {"incubators": 14, "makerspaces": 14, "typical_incubators": 1, "typical_makerspaces": 1}),
            ("dongan", {"incubators": 4, "makerspaces": 4, "typical_incubators": 1, "typical_makerspaces": 1}),
            ("dongning", {"incubators": 4, "makerspaces": 4, "typical_incubators": 1, "typical_makerspaces": 1}),
            ("suifenhe", {}),
            ("hr", {"typical_any": 1}),
            ("women", {"typical_any": 1}),
            ("science", {}),
        ],
    )
    def test_quotas(self, plan: Plan, unit: str, owed: dict[str, int]) -> None:
        assert {t.indicator: int(t.value) for t in plan.owed if t.unit == unit} == owed

    def test_clauses_of_quotas(self, plan: Plan) -> None:
        typical = {"typical_incubators", "typical_makerspaces", "typical_any"}
        for target in (t for t in plan.owed if t.unit is not None):
            assert target.clause == ("四(三)3" if target.indicator in typical else "四(三)2")

    def test_fourteen_and_nine_times_four_make_fifty(self, plan: Plan) -> None:
        counted = {row.target.indicator: row for row in reconcile(plan) if row.allocated is not None}
        assert {name: (row.allocated, row.parts, row.if_all) for name, row in counted.items()} == {
            name: (Decimal(50), ((Decimal(14), 1), (Decimal(4), 9)), Decimal(54))
            for name in ("incubators", "makerspaces")
        }
        assert lint(plan) == ()

    def test_departments_and_their_clauses(self, plan: Plan) -> None:
        departments = [unit for unit in plan.participants if unit.kind == "department"]
        assert [(unit.name.zh, unit.clause) for unit in departments] == [
            ("市科技局", "四(三)4"),
            ("市人社局", "四(三)5"),
            ("市农委", "四(三)6"),
            ("市商务局", "四(三)7"),
            ("市教育局", "四(三)8"),
            ("市工信委", "四(三)9"),
            ("市总工会", "四(三)10"),
            ("团市委", "四(三)11"),
            ("市妇联", "四(三)12"),
            ("市财政局", "四(三)13"),
            ("牡丹江新闻传媒集团", "四(三)14"),
        ]

    def test_duties(self, plan: Plan) -> None:
        assert [(duty.id, duty.unit, duty.clause) for duty in plan.duties] == [
            ("coordination", "science", "四(三)4"),
            ("funding", "finance", "四(三)13"),
            ("publicity", "media", "四(三)14"),
        ]
