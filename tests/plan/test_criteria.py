"""The criteria file: what it says, and how each mistake in it is pointed at (contract 6.2)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from mdj_plan.names import Words
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.plan.read_criteria import read_criteria
from tests.plan.test_load import PLAN, write

CRITERIA = """\
    - id: national
      name: {zh: 国家级, en: National}
      document: 示〔2018〕1号
      from: 2021Q1
      until: 2022
      kind: [incubator, science_park]
      below: national
      counts_for: 孵化器
      criteria:
        - {id: site, name: 面积, of: area_m2, at_least: 10000, remote: 0.8}
        - {id: density, name: 密度, of: tenants, per: area_m2, times: 1000, at_least: 3}
        - {id: ip, name: 知识产权, any: [{of: patent_tenants, per: tenants, at_least: 0.5}, {of: ip_tenants, at_least: 3}]}
        - {id: running, name: 年限, months_since: founded, at_least: 36}
        - {id: events, name: 活动, of: events, over: year, at_least: 10}
    - {id: maker, name: 众创, kind: makerspace, criteria: [{id: desks, name: 工位, of: workplaces, at_least: 30}]}
    """


def planned(folder: Path, criteria: str = CRITERIA, name: str = "criteria.yaml") -> Path:
    (folder / "criteria.yaml").write_text(dedent(criteria), "utf-8")
    return write(folder, PLAN.replace("submissions: returns", f"submissions: returns\n    criteria: {name}"))


def test_the_sets_of_a_file(tmp_path: Path) -> None:
    national, maker = read_criteria(load_plan(planned(tmp_path)))
    assert (national.name, str(national.from_), national.until) == (
        Words("国家级", "National"),
        "2021Q1",
        Period(2022, 4),
    )
    assert (national.kind, maker.kind) == (("incubator", "science_park"), ("makerspace",))
    assert (national.counts_for, maker.counts_for) == ("incubators", None)
    assert [len(criterion.alternatives) for criterion in national.criteria] == [1, 1, 2, 1, 1]
    assert national.criteria[0].remote == Decimal("0.8")


def test_a_plan_without_a_file_has_no_criteria(tmp_path: Path) -> None:
    assert read_criteria(load_plan(write(tmp_path))) == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),  # ▸ stands where the mistake is pointed at
    [
        ("id: maker", "id: ▸national", "national"),
        ("id: density", "id: ▸site", "site"),
        ("kind: makerspace", "kind: ▸maker", "maker"),
        ("below: national", "below: ▸none", "none"),
        ("from: 2021Q1", "from: ▸2021Q5", "2021Q5"),
        ("until: 2022", "until: ▸2020", "2020Q4"),
        ("counts_for: 孵化器", "counts_for: ▸孵化噐", "孵化噐"),
        ("of: area_m2", "of: ▸area", "area"),
        ("per: tenants", "per: ▸name", "name"),
        ("months_since: founded", "months_since: ▸area_m2", "area_m2"),
        ("at_least: 36", "at_least: ▸three", "three"),
        ("over: year", "over: ▸month", "month"),
        ("{id: running, name: 年限, months_since: founded,", "▸{id: running, name: 年限,", "running"),
        ("{id: running, name: 年限,", "▸{id: running, name: 年限, per: tenants,", "running"),
        ("{id: ip, name: 知识产权,", "▸{id: ip, name: 知识产权, at_least: 3,", "ip"),
        ("remote: 0.8", "▸remot: 0.8", "remot"),
    ],
)
def test_each_mistake_is_pointed_at(tmp_path: Path, old: str, new: str, found: str) -> None:
    assert old in CRITERIA
    marked = dedent(CRITERIA.replace(old, new, 1))
    before = marked.partition("▸")[0]
    plan = load_plan(planned(tmp_path, marked.replace("▸", "")))
    with pytest.raises(PlanError) as caught:
        read_criteria(plan)
    told = [(f"{p.file}:{p.at}", p.args.get("found")) for p in caught.value.problems]
    place = f"criteria.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert told == [(place, found)]


@pytest.mark.parametrize("criteria", ["a: 1\n", "- 3\n", "[", "- {id: x, name: x, kind: incubator, criteria: []}\n"])
def test_what_is_no_list_of_sets_is_refused(tmp_path: Path, criteria: str) -> None:
    with pytest.raises(PlanError):
        read_criteria(load_plan(planned(tmp_path, criteria)))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        read_criteria(load_plan(planned(tmp_path, name="none.yaml")))
    assert [(p.name, p.file) for p in caught.value.problems] == [("criteria-unreadable", "none.yaml")]
