"""register.csv and receipts.csv: read as they are written, every mistake with its line (contract 1)."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.archive.editions import hashes
from mdj_plan.archive.identities import Identities
from mdj_plan.archive.receipts import read_receipts
from mdj_plan.fields import FIELDS
from mdj_plan.intake.claims import Origin, Rows
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.run import run
from tests.plan.test_load import write

HEAD = "received_at,unit,member,period,version,file,sha256,original_name,errors,warnings"


def told(error: PlanError) -> list[str]:
    return [problem.sentence(messages("en")) for problem in error.problems]


def test_the_last_receipt_of_a_file_holds(tmp_path: Path) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text(
        f"{HEAD}\n"
        "2018-07-12T09:00:00+08:00,east,,2018Q2,1,2018Q2/east.csv,AB,in.csv,0,0\n"
        "\n"
        "2018-07-13T23:30:00+08:00,east,,2018Q2,1,2018Q2\\east.csv,cd,in.csv,0,0\n",
        "utf-8-sig",
    )
    (receipt,) = read_receipts(path).by_file().values()
    assert (receipt.file, receipt.sha256, receipt.received_at.date()) == (
        "2018Q2/east.csv",
        "cd",
        dt.date(2018, 7, 13),
    )


def test_no_receipts_yet(tmp_path: Path) -> None:
    assert read_receipts(tmp_path / "receipts.csv").rows == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{HEAD}\n12 July,east,,2018Q2,1,a.csv,ab,a.csv,0,0\n,east,,2018Q2,1,b.csv,ab,b.csv,0,0\n",
            [
                "receipts.csv:A2: says “12 July”; expected: a time such as 2018-07-12T09:00:00+08:00",
                "receipts.csv:A3: “received_at” is blank",
            ],
        ),
        ("received_at,file\n", ["receipts.csv:A1: lacks the column sha256"]),
    ],
)
def test_receipts_that_cannot_be_used(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(PlanError) as caught:
        read_receipts(path)
    assert told(caught.value) == expected


def identities(folder: Path, register: str, encoding: str = "utf-8") -> Identities:
    path = write(folder)
    (folder / "register.csv").write_bytes(register.encode(encoding))
    return Identities.of(load_plan(path))


def key(found: Identities, name: str, kind: str = "incubator") -> tuple[str, str]:
    return found.key(Rows(Origin("a.csv", None, {}), [0], {"name": [name], "kind": [kind]}, {}, FIELDS).claims()[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_alias_means_the_facility_also_across_kinds_and_chains(tmp_path: Path, encoding: str) -> None:
    register = (
        "载体名称,载体类型,别名,别名类型,依据\n"
        "示例甲孵化器,孵化器,示例甲园,,改名\n"
        "示例甲园,孵化器,示例甲科技园,大学科技园,同一\n"
        ",,,,\n"
    )
    found = identities(tmp_path, register, encoding)
    whole = ("incubator", "示例甲孵化器")
    assert key(found, "示例甲园") == whole
    assert key(found, "示例甲科技园", "science_park") == whole
    assert key(found, "示例甲科技园") == ("incubator", "示例甲科技园")
    assert key(found, "示例乙") == ("incubator", "示例乙")


def test_an_alias_of_two_facilities_is_told_at_its_line(tmp_path: Path) -> None:
    register = (
        "载体名称,载体类型,别名,别名类型\n"
        "示例甲孵化器,孵化器,示例园,\n"
        "示例乙孵化器,孵化器,“示例”园,\n"  # the same name, as names are compared
        "示例丙空间,众创空间,示例园,\n"  # a maker space of that name is another claim
        "示例甲孵化器,孵化器,示例园,孵化器\n"  # said once more
    )
    with pytest.raises(PlanError) as caught:
        identities(tmp_path, register)
    assert told(caught.value) == [
        "register.csv:C3: ““示例”园” is the alias of 示例甲孵化器 on line 2 already; one alias means one facility"
    ]


def test_a_circle_of_aliases_ends(tmp_path: Path) -> None:
    register = "载体名称,载体类型,别名\n示例甲,孵化器,示例乙\n示例乙,孵化器,示例甲\n"
    found = identities(tmp_path, register)
    assert {key(found, "示例甲"), key(found, "示例乙")} <= {("incubator", "示例甲"), ("incubator", "示例乙")}


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        ("单位,备注\n甲,孵化器\n", ["register.csv: no header found; expected: 载体名称, 载体类型, 别名"]),
        ("名称,类型\n甲,孵化器\n", ["register.csv:A1: lacks the column 别名 (alias)"]),
        (
            "载体名称,载体类型,别名\n示例甲,孵化所,示例乙\n示例甲,孵化器,\n",
            [
                "register.csv:B2: says “孵化所”; expected: 孵化器, 众创空间, 大学科技园",
                "register.csv:C3: “别名 (alias)” is blank",
            ],
        ),
    ],
)
def test_a_register_that_cannot_be_used(tmp_path: Path, register: str, expected: list[str]) -> None:
    with pytest.raises(PlanError) as caught:
        identities(tmp_path, register)
    assert told(caught.value) == expected


def test_a_register_saved_as_a_workbook_is_found_beside_the_name_that_the_plan_gives(tmp_path: Path) -> None:
    path = write(tmp_path)
    book = openpyxl.Workbook()
    for row in (["附件：曾用名"], ["名称", "类型", "曾用名"], ["示例甲孵化器", "孵化器", "示例甲园"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "register.xlsx")
    assert key(Identities.of(load_plan(path)), "示例甲园") == ("incubator", "示例甲孵化器")
    assert hashes(load_plan(path)).register == hashlib.sha256((tmp_path / "register.xlsx").read_bytes()).hexdigest()


def test_mistakes_in_several_tables_are_told_in_one_run(tmp_path: Path) -> None:
    plan = load_plan(write(tmp_path))
    plan.submissions.mkdir(parents=True)
    plan.register.write_text("载体名称,载体类型,别名\n示例甲,孵化所,示例乙\n", "utf-8")
    plan.receipts.write_text("received_at,file,sha256\n昨天,east.csv,\n", "utf-8")
    plan.actions.write_text("编号,事项\n1,培训\n", "utf-8")
    with pytest.raises(PlanError) as caught:
        run(plan)
    assert told(caught.value) == [
        "register.csv:B2: says “孵化所”; expected: 孵化器, 众创空间, 大学科技园",
        "receipts.csv:A2: says “昨天”; expected: a time such as 2018-07-12T09:00:00+08:00",
        "actions.csv:A1: lacks the column 责任单位 (responsible units)",
        "actions.csv:A1: lacks the column 完成时限 (due)",
    ]
