"""A duty's figure, read in the measure of its own row's duty and no other."""

from __future__ import annotations

import pytest

from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.plan.load import load_plan

PLAN = """\
schema: 1
plan: {id: duties, title: {zh: 示例计划}, start: 2021Q1, end: 2022Q4}
quotas: quotas.csv
submissions: submissions
units:
  - {id: office, kind: department, name: {zh: 市示局}}
indicators:
  - {id: incubators, name: {zh: 孵化器}, unit: 家, count: facilities, where: {kind: incubator}}
targets:
  - {indicator: incubators, value: 4, clause: 一}
duties:
  - {id: articles, unit: office, name: {zh: 宣传}, measure: 宣传报道（篇）, clause: 二}
  - {id: grants, unit: office, name: {zh: 拨付}, measure: 拨付资金（万元）, clause: 二}
  - {id: training, unit: office, name: {zh: 培训}, measure: 培训（人次）, clause: 二}
  - {id: words, unit: office, name: {zh: 撰稿}, measure: 撰稿（万字）, clause: 二}
  - {id: plain, unit: office, name: {zh: 统筹}, clause: 二}
bands:
  - {status: behind, from: 10}
"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "quotas.csv").write_text("责任单位,指标,目标,依据\n市示局,孵化器,4,二\n", "utf-8")
    (folder / "targets.yaml").write_text(PLAN, "utf-8")
    return Reader.of(load_plan(folder / "targets.yaml"))


def read(reader: Reader, *rows: str, head: str = "本季进展数") -> Submission:
    text = f"填报单位：市示局,,报告期：2021Q2\n任务,{head},状态\n" + "".join(f"{row},进行中\n" for row in rows)
    return reader.read(text.encode(), "2021Q2/office.csv")


@pytest.mark.parametrize(
    ("row", "progress", "code"),
    [
        ("宣传,6", 6, ""),
        ("宣传,6篇", 6, "V118"),
        ("宣传,1.2万篇", 12000, "V118"),
        ("宣传,30万", 300000, "V118"),
        ("宣传,30万元", None, "V102"),
        ("宣传,-2篇", None, "V104"),
        ("宣传,约5篇", None, "V103"),
        ("拨付,30万", 30, "V118"),
        ("拨付,30万元", 30, "V118"),
        ("拨付,300000元", None, "V102"),
        ("培训,12人次", 12, "V118"),
        ("培训,1.2万人次", 12000, "V118"),
        ("撰稿,3万字", 3, "V118"),
        ("撰稿,3万", 3, "V118"),
        ("撰稿,3000字", None, "V102"),
        ("统筹,3万", 30000, "V118"),
        ("统筹,3篇", None, "V102"),
    ],
)
def test_a_figure_is_read_in_its_own_dutys_measure(reader: Reader, row: str, progress: int | None, code: str) -> None:
    found = read(reader, row)
    assert [duty.progress for duty in found.duties] == [progress]
    assert [(f.code, f.at.cell) for f in found.findings] == ([(code, "B3")] if code else [])


def test_the_same_figure_under_two_duties_means_what_each_duty_measures(reader: Reader) -> None:
    found = read(reader, "宣传,30万", "拨付,30万", "宣传,30万")
    assert [(duty.duty, duty.progress) for duty in found.duties] == [
        ("articles", 300000),
        ("grants", 30),
        ("articles", 300000),
    ]


def test_same_as_above_holds_within_a_measure_only(reader: Reader) -> None:
    found = read(reader, "宣传,3", "宣传,同上", "拨付,同上")
    assert [duty.progress for duty in found.duties] == [3, 3, None]
    assert [(f.code, f.at.cell, f.variant) for f in found.findings] == [
        ("V118", "B4", "ditto"),
        ("V101", "B5", "ditto"),
    ]


def test_an_unknown_duty_has_no_measure(reader: Reader) -> None:
    found = read(reader, "种树,30万元")
    assert [(f.code, f.at.cell) for f in found.findings] == [("V106", "A3"), ("V102", "B3")]


@pytest.mark.parametrize(
    ("head", "row", "progress", "objections"),
    [
        ("本季进展数（篇）", "宣传,6", 6, []),
        ("本季进展数（元）", "拨付,300000", 30, [("V114", 1, 1)]),
        ("本季进展数（万元）", "拨付,30", 30, []),
        ("本季进展数（元）", "宣传,6", None, [("V106", 1, 1)]),
        ("本季进展数（元）", "培训,6", None, [("V106", 1, 1)]),
        ("本季进展数（元）", "统筹,6", 6, []),
    ],
)
def test_the_headers_unit_is_converted_or_objected_to(
    reader: Reader, head: str, row: str, progress: int | None, objections: list[tuple[str, int, int]]
) -> None:
    found = read(reader, row, head=head)
    assert [duty.progress for duty in found.duties] == [progress]
    assert [(f.code, f.at.row - 1, f.at.column - 1) for f in found.findings] == objections
