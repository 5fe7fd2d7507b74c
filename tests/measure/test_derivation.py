"""A figure taken apart: what each facility adds, from which cell, what is left out, and whose returns are out."""

from __future__ import annotations

from pathlib import Path

from mdj_plan.findings import Location
from tests.reports.county import HEAD, county
from tests.reports.screen.test_explanation import MESSY


def place(at: Location) -> str:
    return f"{at.file} {at.cell}"


def test_what_counts_what_is_left_out_and_which_rows_are_none(tmp_path: Path) -> None:
    a = county(tmp_path, returns=MESSY)
    (layer,) = a.derived(a.plan.indicators["area"], "spring")
    assert [(each.facility.values.name, each.taken.value, place(each.taken.at)) for each in layer.contributions] == [
        ("春风孵化器", 1200, "2017Q2/春区.csv E2"),
        ("夏雨孵化器", None, "2017Q2/春区.csv E3"),
        ("秋月孵化器", None, "2017Q2/春区.csv E4"),
    ]
    assert [(left.facility.values.name, left.state) for left in layer.left_out] == [
        ("冬雪孵化器", "closed"),
        ("早春孵化器", "planned"),
    ]
    assert [f"{unit} {row.reason}" for unit, row in layer.dropped] == [
        "spring duplicate",
        "spring another-unit",
        "spring unusable",
    ]
    assert (layer.total, layer.absent, layer.unchanged) == (1200, (), ())


def test_a_flow_has_a_layer_for_every_quarter_since_the_start(tmp_path: Path) -> None:
    a = county(tmp_path)
    layers = a.derived(a.plan.indicators["graduates"], None)
    assert [(str(layer.period), layer.total) for layer in layers] == [("2017Q1", 4), ("2017Q2", 3)]
    assert [f"{each.unit} {each.member} {each.carried}" for each in layers[1].absent] == [
        "autumn None None",
        "zone 乙园 2017Q1",
        "press None None",
    ]


def test_what_another_claims_stands_beside_and_is_not_added(tmp_path: Path) -> None:
    a = county(tmp_path)
    (layer,) = a.derived(a.plan.indicators["area"], "office")
    (only,) = layer.contributions
    assert (only.taken.unit, only.taken.value) == ("spring", 12000)
    assert [(other.unit, other.value, place(other.at)) for other in only.others] == [
        ("office", 12000, "2017Q2/商务局.csv E2")
    ]


REPEATED = f"{HEAD}\n春风孵化器,孵化器,,运营,10000,3\n春风孵化器,孵化器,,运营,10000,3\n"


def test_a_return_that_is_carried_drops_rows_of_a_stock_and_none_of_a_flow(tmp_path: Path) -> None:
    """What a flow draws on are the returns of each quarter itself."""
    a = county(tmp_path, returns={"2017Q1/春区.csv": REPEATED})
    (stock,) = a.derived(a.plan.indicators["area"], "spring")
    first, second = a.derived(a.plan.indicators["graduates"], None)
    assert [
        [f"{unit} {row.reason} {row.claim.at('name').cell}" for unit, row in layer.dropped]
        for layer in (stock, first, second)
    ] == [
        ["spring duplicate A3"],
        ["spring duplicate A3"],
        [],
    ]
    assert (stock.total, first.total, second.total) == (10000, 3, 0)


def test_a_return_that_says_as_last_time_is_the_place_of_what_it_adds(tmp_path: Path) -> None:
    same = "报告类型,无变化\n"
    a = county(tmp_path, returns={"2017Q1/春区.csv": REPEATED, "2017Q2/春区.csv": same})
    _, second = a.derived(a.plan.indicators["graduates"], "spring")
    assert [(each.submission.file, str(each.before)) for each in second.unchanged] == [("2017Q2/春区.csv", "2017Q1")]
    assert [(each.taken.value, place(each.taken.at)) for each in second.contributions] == [(0, "2017Q2/春区.csv None")]
    (stock,) = a.derived(a.plan.indicators["area"], "spring")
    assert [place(each.taken.at) for each in stock.contributions] == ["2017Q1/春区.csv E2"]


def test_a_figure_without_a_target_has_layers_too(tmp_path: Path) -> None:
    a = county(tmp_path)
    area = a.plan.indicators["area"]
    assert (a.actual(area, "winter").value, [layer.total for layer in a.derived(area, "winter")]) == (700, [700])
