from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdj_plan.messages import messages
from mdj_plan.names import Words
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.data.gaps import gap_row
from mdj_plan.reports.page.bilingual import spoken
from mdj_plan.reports.page.colours import Colour, colour
from mdj_plan.reports.page.page import build
from mdj_plan.reports.page.sections import sections
from mdj_plan.reports.tables.listed import TABLES
from mdj_plan.run import run
from tests.reports.html import Element, read
from tests.reports.town import HEADER, PLAN, QUOTAS, RETURNS, settle

if TYPE_CHECKING:
    from mdj_plan.assessment import Assessment

ZH, EN = messages("zh"), messages("en")
NUMBERS = (
    "baseline",
    "target",
    "actual",
    "actual_reported",
    "gap",
    "attainment",
    "schedule",
    "needed_per_quarter",
    "forecast",
)


@pytest.fixture(scope="module")
def shipped() -> Assessment:
    return run(load_plan(Path("config/targets.yaml")))


@pytest.fixture(scope="module")
def page(shipped: Assessment) -> Element:
    return read(build(shipped, ZH))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return settle(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def town_page(town: Assessment) -> Element:
    return read(build(town, ZH))


def rows(page: Element, section: str, language: str = "zh-CN") -> list[str]:
    (body, *_) = page.one("section", id=section).all("tbody")
    return [row.said(language) for row in body.all("tr")]


# ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_overview_of_a_town(town_page: Element) -> None:
    tiles, lines, _legend = town_page.one("section", id="overview").all("ul")
    assert [tile.said() for tile in tiles.all("li")] == [
        "2/3 已报",
        "5 项目标 1已完成 2达到序时 1略有滞后 1未报".replace(" 2", "2").replace(" 1", "1"),
        "报表问题 警告 6",  # that nothing came from 西区 is told below, and is no error of data
    ]
    assert [line.said() for line in lines.all("li")] == [
        "未报：西区",
        "载体变动：新增孵化器2家：夏雨孵化器、旧仓孵化器；毕业企业2户：春风孵化器（2户）",
    ]
    assert rows(town_page, "overview") == [
        "孵化器（家） 2°/4 达到序时 50.0% 25.0% 25.0 1 1 8",
        "孵化面积（万平方米） 0.1501°/0.8 略有滞后 18.8% 25.0% −6.2 0.2 0.1083 0.4504",
        "新增毕业（户） 3*°/10 达到序时 30.0% 25.0% 5.0 2.5 2 15",
    ]


def test_units_departments_overlaps_and_register(town_page: Element) -> None:
    assert rows(town_page, "districts") == ["东区 2/2 已完成", "西区 —/2 未报"]
    assert rows(town_page, "departments", "en") == ["Trade Office Hold fairs: 场 — silent notice 二"]
    cells = "2017Q2/东区_2017Q2.csv › A2 2017Q2/商务局_2017Q2.csv › A2"
    assert rows(town_page, "overlaps") == [f"春风孵化器 孵化器 东区、商务局 东区、商务局 {cells}"]
    assert rows(town_page, "register") == [
        f"春风孵化器 孵化器 未认定 运营 计入 1,000 — 2 — 东区、商务局 东区、商务局 {cells}",
        "夏雨孵化器 孵化器 未认定 运营 计入 500.5 — — — 东区 东区 2017Q2/东区_2017Q2.csv › A3",
        "旧仓孵化器 孵化器 未认定 停运 不计入 900 — 0 — 东区 东区 2017Q2/东区_2017Q2.csv › A4",
    ]


def test_a_stock_leads_to_the_cells_of_the_period(town_page: Element) -> None:
    assert [table.said() for table in behind(town_page, "孵化面积（万平方米）").all("table")] == [
        "计入的载体 载体 数值（平方米） 单元格 同时申报 东区 2017Q2/东区_2017Q2.csv 春风孵化器 1,000 D2 商务局 夏雨孵化器 500.5 D3"
    ]


def test_a_flow_leads_to_the_cells_of_every_period_since_the_start(town_page: Element) -> None:
    assert [row.said() for row in behind(town_page, "新增毕业（户）").one("table").all("tr")][1:] == [
        "东区 2017Q1/东区_2017Q1.csv",
        "春风孵化器 1 E2",
        "东区 2017Q2/东区_2017Q2.csv",
        "春风孵化器 2 E2 商务局",
        "夏雨孵化器 空白 E3",
    ]


def test_rows_that_do_not_count_stand_behind_the_figure_too(tmp_path: Path) -> None:
    twice = (
        "2017Q2/东区_2017Q2.csv",
        f"{HEADER}\n春风孵化器,孵化器,运营,1,0\n春风孵化器,孵化器,运营,2,0\n,孵化器,运营,3,0\n",
    )
    page = read(build(settle(tmp_path, returns=dict([twice])), ZH))
    dropped = behind(page, "孵化面积（万平方米）").all("table")[-1]
    assert [row.said() for row in dropped.all("tr")] == [
        "载体 单元格 原因",
        "东区 2017Q2/东区_2017Q2.csv",
        "春风孵化器 A3 不计入：同一载体的第二行（X101）",
        "A4 不计入：名称、类型或状态不可用",
    ]


def test_a_carried_return_drops_no_rows_of_a_flow_again(tmp_path: Path) -> None:
    """Of a flow each quarter's own returns count: the row of the first quarter is left out once, not in each since."""
    twice = f"{HEADER}\n春风孵化器,孵化器,运营,1,1\n春风孵化器,孵化器,运营,2,1\n"
    page = read(build(settle(tmp_path, returns={"2017Q1/东区_2017Q1.csv": twice}, period="2017Q2"), ZH))
    for indicator in ("新增毕业（户）", "孵化面积（万平方米）"):
        assert [row.said() for row in behind(page, indicator).all("table")[-1].all("tr")][1:] == [
            "东区 2017Q1/东区_2017Q1.csv",
            "春风孵化器 A3 不计入：同一载体的第二行（X101）",
        ]


def behind(page: Element, indicator: str) -> Element:
    """What a figure of the city leads to."""
    (row,) = (row for row in page.one("section", id="overview").all("tr") if row.said().startswith(indicator))
    (link,) = (link for link in row.all("a") if "drill" in link.classes)
    return page.one(id=link["href"].removeprefix("#"))


def test_trends_stand_in_a_table_beside_the_line(town_page: Element) -> None:
    first = town_page.one("section", id="trends").all("table")[0]
    assert [row.said() for row in first.all("tr")] == [
        "报告期 累计完成 序时应完成 状态",
        "2017Q2 2 1 达到序时",
        "2017Q1 1 0.5 达到序时",
    ]


def test_returns_and_findings(town_page: Element) -> None:
    assert rows(town_page, "returns") == [
        "东区 按时 — 1 3 2017Q2/东区_2017Q2.csv",
        "西区 未报 — —",
        "商务局 按时 — 1 1 2017Q2/商务局_2017Q2.csv",
    ]
    history = town_page.one("section", id="returns").all("table")[1]
    assert [row.said("en") for row in history.all("tr")] == [
        "Unit 2017Q1 2017Q2",
        "East on time on time",
        "West missing missing",
        "Trade Office missing on time",
    ]
    lines = [row.said() for row in town_page.one("section", id="findings").all("tr")]
    assert lines[1].startswith("东区 2017Q2/东区_2017Q2.csv 警告 V115 ")  # units in the plan's order
    (silent,) = [line for line in lines if line.startswith("西区")]
    assert silent == "西区 2017Q2 错误 S101 西区没有报送本期报表（应于 2017-07-15 前报送）。 请催报。"


def test_a_carried_return_and_a_file_that_does_not_count(tmp_path: Path) -> None:
    later = {
        **RETURNS,
        "2017Q3/商务局_2017Q3.csv": f"{HEADER}\n",
        "2017Q3/西区_2017Q3.csv": "",
    }
    page = read(build(settle(tmp_path, returns=later), ZH))
    lines = page.one("section", id="overview").all("ul")[1]
    assert "未报：西区（来件不能用）、东区" in [line.said() for line in lines.all("li")]
    assert rows(page, "returns")[0] == "东区 未报，沿用 2017Q2 — — 3 2017Q2/东区_2017Q2.csv"
    aside = page.one("section", id="returns").all("tbody")[-1]
    assert [row.said() for row in aside.all("tr")] == ["西区 2017Q3 2017Q3/西区_2017Q3.csv F103 文件是空的（0 字节）。"]


def test_sources_bear_the_hash_of_the_file(town: Assessment, town_page: Element) -> None:
    file = next(s for s in town.archive.submissions if s.file == "2017Q2/商务局_2017Q2.csv")
    assert rows(town_page, "sources")[1] == f"商务局 2017Q2 2017Q2/商务局_2017Q2.csv 1 — {file.sha256}"


def test_the_plan_chooses_status_words_and_colours(tmp_path: Path) -> None:
    plan = PLAN.replace("{indicator: incubators, value: 4,", "{indicator: incubators, value: 40,")
    late = settle(
        tmp_path, plan=plan, returns={f"2018Q2/{name}_2018Q2.csv": f"{HEADER}\n" for name in ("东区", "西区")}
    )
    page = read(build(late, ZH))
    (chip,) = {(c.said("en"), c.get("style")) for c in page.all("span") if "own" in c.classes}
    assert chip == ("far behind", "--own:purple")


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("yellow", Colour("yellow")),
        ("purple", Colour("own", "purple")),
        ("#0a7", Colour("own", "#0a7")),
        ("red;background:url(x)", Colour("plain")),
        ("浅红", Colour("plain")),
    ],
)
def test_colours_of_the_plan(named: str, shown: Colour) -> None:
    assert colour(named) == shown


# ── the figures are those of `check --format json` ──────────────────────────────────────────────────────────────────


def test_every_gap_is_that_of_the_json(shipped: Assessment, page: Element) -> None:
    found = [row for row in page.one("section", id="all").all("tr") if row.get("data-figure")]
    expected = [gap_row(gap, ZH) for gap in shipped.gaps]
    assert len(found) == len(expected) == 57
    for row, gap in zip(found, expected, strict=True):
        values = {cell["data-key"]: cell["data-value"] for cell in row.all("td") if cell.get("data-key")}
        assert {name: values[name] for name in NUMBERS} == {
            name: "" if gap[name] is None else str(gap[name]) for name in NUMBERS
        }
        assert abs(float(values["difference"]) + gap["lag_points"]) <= 0.1
        assert [row[f"data-{key}"] for key in ("scope", "unit", "indicator", "status")] == [
            gap["scope"],
            gap["unit"] or "",
            gap["indicator"],
            gap["status"],
        ]


def test_every_figure_leads_to_its_cells(shipped: Assessment, page: Element) -> None:
    links = [link for link in page.all("a") if "drill" in link.classes]
    assert {link["href"] for link in links} == {f"#figure-{n}" for n in range(1, len(shipped.gaps) + 1)}
    for n, gap in enumerate(shipped.gaps, 1):
        place = page.one(id=f"figure-{n}")
        lines = [row for row in place.all("tr") if [c.tag for c in row.children if c.tag != "#text"] == ["td"] * 4]
        if gap.indicator.sum is None:
            assert len(lines) == gap.actual
        else:
            values = [row.all("td")[1].said().replace(",", "") for row in lines]
            assert sum(float(value) for value in values if value != "空白") == gap.actual


# ── both languages ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("texts", "tag"), [(ZH, "zh-CN"), (EN, "en")])
def test_without_its_script_the_page_is_in_the_language_asked_for(town: Assessment, texts: object, tag: str) -> None:
    page = read(build(town, ZH if tag == "zh-CN" else EN))
    assert page.one("html")["lang"] == tag
    title = page.one("title")
    assert title.children[0].text == title[f"data-{tag.lower()}"]
    assert title["data-en"] == "Town plan 2017Q2"
    assert all(option.children[0].text == option[f"data-{tag.lower()}"] for option in page.all("option"))


def test_each_text_stands_in_both_languages(page: Element) -> None:
    spans = [span for span in page.all("span") if "t" in span.classes]
    assert [span["lang"] for span in spans] == ["zh-CN", "en"] * (len(spans) // 2)
    for zh, en in zip(spans[::2], spans[1::2], strict=True):
        assert zh.parent is en.parent
        assert zh.said("zh-CN") or zh.children[0].text == "、"
        assert en.children


def test_chinese_outside_such_pairs_says_that_it_is_chinese(page: Element) -> None:
    untold = [text for text in page.all("#text") if not any(e.get("lang") for e in text.up() if e.tag != "html")]
    shown = {text.text.strip() for text in untold if text.up()[0].tag not in {"title", "option", "style", "script"}}
    assert {text for text in shown if re.search("[\u4e00-\u9fff]", text)} == set()


# ── readable by everybody ───────────────────────────────────────────────────────────────────────────────────────────


def test_sections_have_headings_in_order(page: Element, shipped: Assessment) -> None:
    on_page = [table for table in TABLES if "page" in table.media]
    named = [table.name for table in on_page if not table.optional or table.of(shipped).rows]
    assert tuple(section["id"] for section in page.all("section")) == sections(named)
    levels = [int(e.tag[1]) for e in page.all() if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {e.tag for e in page.one("body").children} >= {"header", "nav", "main", "footer"}


def test_names_and_targets_of_references_exist_once(page: Element) -> None:
    ids = [e["id"] for e in page.all() if e.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [e["aria-labelledby"] for e in page.all() if e.get("aria-labelledby")]
    wanted += [a["href"].removeprefix("#") for a in page.all("a")]
    assert set(wanted) <= set(ids)


def test_tables_can_be_read_aloud_and_reached_with_the_keyboard(page: Element) -> None:
    for table in page.all("table"):
        assert table.one("caption").said(), table.said()[:80]
        assert all(th.get("scope") in {"col", "row", "rowgroup"} for th in table.all("th"))
        parent = table.parent
        assert parent is not None
        if "scroll" in parent.classes:
            assert (parent["role"], parent["tabindex"]) == ("group", "0")
            assert parent.get("aria-labelledby")
        else:
            assert parent.tag == "details"


def test_no_colour_without_a_word(page: Element) -> None:
    chips = [e for e in page.all("span") if e.classes & {"chip", "severity"}]
    assert len(chips) > 100
    assert all(chip.said("zh-CN") and chip.said("en") for chip in chips)


def test_charts_are_named_or_hidden(page: Element) -> None:
    assert all(svg.get("aria-hidden") == "true" or svg.get("role") == "img" for svg in page.all("svg"))


# ── nothing from outside, nothing to outside ────────────────────────────────────────────────────────────────────────


def test_the_page_asks_nothing_of_a_network(page: Element) -> None:
    policy = page.one("meta", http_equiv="Content-Security-Policy")["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'sha256-")
    for element in page.all():
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "audio", "video"}
        assert set(element.attributes) & {"src", "srcset", "action", "formaction", "background", "poster"} == set()
        assert not any(name.startswith("on") for name in element.attributes)
    style = "".join(e.text for e in page.one("style").children)
    assert "url(" not in style
    assert "@import" not in style


def test_same_input_same_bytes(town: Assessment, tmp_path: Path) -> None:
    assert build(town, ZH) == build(town, ZH) == build(settle(tmp_path), ZH)


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    '"onmouseover="alert(1)',
    "http://example.invalid/ javascript:alert(1)",
    "a\u202egnp.exe",
    "线\n断",
    "🏭孵化器👩‍🔬",
    "长" * 3000,
)


def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    quoted = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
    table = "载体名称,载体类型,运营状态,孵化面积（平方米）,备注,认定文号\n"
    table += "".join(f"{name},孵化器,运营,{name},{name},{name}\n" for name in quoted)
    plan = PLAN.replace("东区, en: East", "'东区<script>alert(1)</script>', en: '\"><b>East{{ 1 }}', ")
    plan = plan.replace("办展会", "'<b>办展会</b>'").replace("document: 示例〔2016〕1号", "document: '<u>'")
    plan = plan.replace("west,", "'we\"st>',")
    quotas = QUOTAS.replace("东区", "east")
    page = read(build(settle(tmp_path, plan=plan, quotas=quotas, returns={"2017Q1/east_2017Q1.csv": table}), ZH))
    assert len(page.all("script")) == 1
    assert {e.tag for e in page.all()} & {"img", "b", "u"} <= {"b"}
    assert not any(name.startswith("on") for e in page.all() for name in e.attributes)
    assert all(a["href"].startswith("#") for a in page.all("a"))
    names = [row.one("th").said() for row in page.one("section", id="register").one("tbody").all("tr")]
    assert names[:8] == [" ".join(name.split()) for name in HOSTILE[:8]]
    assert names[8:] == ["agnp.exe", "线 断", "🏭孵化器👩 🔬", "长" * 3000]


@pytest.mark.parametrize(
    ("words", "html"),
    [
        (Words("区", "District"), '<span class="t" lang="zh-CN">区</span><span class="t" lang="en">District</span>'),
        (Words("12", "12"), "12"),
        (Words("某单位"), '<span lang="zh-CN">某单位</span>'),
        (Words("<i>", "&"), '<span class="t" lang="zh-CN">&lt;i&gt;</span><span class="t" lang="en">&amp;</span>'),
        (Words("a\x00\x1b[31m\ud800\nb"), '<span lang="zh-CN">a␀␛[31m? b</span>'),
    ],
)
def test_words_as_html(words: Words, html: str) -> None:
    assert spoken(words) == html
