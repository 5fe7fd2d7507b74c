from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from mdj_plan.messages import messages
from mdj_plan.reports.page.bilingual import Bilingual
from mdj_plan.reports.page.charts import Bullet, bullet, curve
from mdj_plan.reports.page.figures import figures
from mdj_plan.reports.page.page import build
from mdj_plan.reports.tables.values import Bar
from tests.reports.html import read
from tests.reports.town import HEADER, PLAN, settle

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("attainment", "schedule", "forecast", "bar"),  # schedule and forecast of a target of 4
    [
        # the scale ends at the target …
        ("1/2", 1, 3, Bullet(done="50", schedule="25", target="100", forecast="75")),
        ("1/3", 2, None, Bullet(done="33.33", schedule="50", target="100", forecast=None)),
        # … or at the figure farthest beyond it; a forecast beyond the scale stands at its end
        ("2", 1, 4, Bullet(done="100", schedule="12.5", target="50", forecast="50")),
        ("1", 4, 40, Bullet(done="100", schedule="100", target="100", forecast="100")),
        # nothing known, nothing done, nothing to come
        (None, 0, -2, Bullet(done="0", schedule="0", target="100", forecast="0")),
    ],
)
def test_bullet(attainment: str | None, schedule: int, forecast: int | None, bar: Bullet) -> None:
    ratios = Bar(
        None if attainment is None else Fraction(attainment),
        Fraction(schedule, 4),
        None if forecast is None else Fraction(forecast, 4),
    )
    assert bullet(ratios) == bar


ONE = f"{HEADER}\n春风孵化器,孵化器,运营,1000,1\n"
NONE_KNOWN = f"{HEADER}\n春风孵化器,孵化器,运营,,\n"


def test_a_line_breaks_where_nothing_is_known(tmp_path: Path) -> None:
    says = {1: ONE, 2: ONE, 3: NONE_KNOWN, 4: ONE}
    town = settle(tmp_path, returns={f"2017Q{q}/东区_2017Q{q}.csv": text for q, text in says.items()})
    say = Bilingual(messages("zh"))
    area = next(f for f in figures(town, say) if f.gap.indicator.id == "area" and f.gap.unit is None)
    way = curve(town, area, say)
    # eight periods from x = 10 to 310; 0 stands at y = 108, the target of 8000 at 20, 1000 at 97
    assert way.actual == ("10,97 52.86,97",)
    assert way.dots == (("10", "97"), ("52.86", "97"), ("138.57", "97"))
    assert way.schedule.split()[0] == "10,97"
    assert way.schedule.split()[-1] == "310,20"
    assert (way.level, way.now, way.first, way.last) == ("20", "138.57", "2017Q1", "2018Q4")
    assert [(stop.period, stop.actual, stop.status.en) for stop in way.stops] == [
        ("2017Q4", "0.1", "far behind"),
        ("2017Q3", "—", "not reported"),
        ("2017Q2", "0.1", "behind"),
        ("2017Q1", "0.1", "on schedule"),
    ]


def test_more_than_the_target_sets_the_height(tmp_path: Path) -> None:
    rows = "".join(f"示例{n}号孵化器,孵化器,运营,1,0\n" for n in range(8))
    town = settle(tmp_path, returns={"2017Q1/东区_2017Q1.csv": f"{HEADER}\n{rows}"})
    say = Bilingual(messages("zh"))
    way = curve(town, figures(town, say)[0], say)
    assert (way.dots, way.level) == ((("10", "20"),), "64")
    assert way.actual == ()


def test_every_figure_has_its_chart_below_its_unit_and_where_it_is_clicked(tmp_path: Path) -> None:
    town = settle(tmp_path)
    page = read(build(town, messages("zh")))
    ways = [each["id"].removesuffix("-way") for each in page.all("g") if each.get("id")]
    assert ways == ["figure-1", "figure-2", "figure-3", "figure-4", "figure-5"]  # three of the city, east's, west's
    chooser = next(each for each in page.all("div") if "chooser" in each.classes)
    by_unit = {
        each.all("summary")[0].one("b").said(): [way["id"] for way in each.all("g")]
        for each in chooser.children
        if each.tag == "details"
    }
    assert by_unit == {"东区": ["figure-4-way"], "西区": ["figure-5-way"]}
    clicked = [(use.up()[1]["id"], use["href"]) for use in page.all("use")]
    assert clicked == [(way, f"#{way}-way") for way in ways]


def test_a_target_that_was_lowered_keeps_its_line_within_the_chart(tmp_path: Path) -> None:
    lowered = PLAN.replace("value: 4, clause: 一}", "value: 8, clause: 一, revisions: [{from: 2018Q1, value: 2}]}")
    town = settle(tmp_path, plan=lowered, returns={"2018Q1/东区_2018Q1.csv": ONE})
    way = curve(town, figures(town, Bilingual(messages("zh")))[0], Bilingual(messages("zh")))
    # 4 of 8 were due at the end of 2017, before the target became 2: the line's height is that of its highest point
    assert [point.split(",")[1] for point in way.schedule.split()] == ["86", "64", "42", "20", "31", "42", "53", "64"]
    assert way.level == "64"
