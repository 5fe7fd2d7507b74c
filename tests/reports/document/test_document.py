"""The circular and the letters: what they say of a small assessment, word for word."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.reports.document.annexes import annexes
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.document import build
from mdj_plan.reports.document.letter import letter
from mdj_plan.reports.document.letters import letters
from mdj_plan.reports.widths import cells
from mdj_plan.run import run
from mdj_plan.usage import UsageError

HOW = (
    "完成率＝累计完成÷目标任务；序时进度＝序时应完成÷目标任务；差值＝完成率－序时进度，负数为落后；"
    "缺口＝目标任务－累计完成。"
)


def paragraphs(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text.strip()]


def tables(data: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(data)).tables
    ]


def test_the_circular_word_for_word(assessment: Assessment) -> None:
    assert paragraphs(build(assessment, messages("zh"))) == [
        "关于《示例计划》\n2021年第二季度进展情况的通报",
        "（未定稿）",
        "各县（市）区、开发区，市直有关部门：",
        "根据《示例计划》，现将2021年第二季度进展情况（序时进度算至2022年6月末）通报如下。",
        "一、总体情况",
        "应报3个单位，已报3个，迟报1个。全市1项目标：达到序时1项。",
        "较上季，孵化器增加1家。",
        "本季，新增孵化器1家：示例丙孵化器；毕业企业2户：示例甲孵化器（1户）、示例丙孵化器（1户）。",
        "二、县（市）区、开发区情况",
        "任务全部完成的有：东示区。",
        "滞后的有：西示区（孵化器）。",
        "三、市直部门情况",
        "市示局宣传进行中，累计3。",
        "四、报送情况",
        "迟报的有：西示区（迟报4天）。",
        "报表中的问题有：",
        "1.没有信用代码：东示区。",
        "五、下一步工作",
        "（一）加快补齐差距。西示区（孵化器）要逐项制定措施，明确每季完成数，____年__月__日前书面报告。",
        "（二）按时如实报送。今后在每季终了后15日内报送。",
        "附件：1.县（市）区、开发区进展情况表",
        "2.市直部门进展情况表",
        "3.滞后指标一览表",
        "4.报送情况表",
        "联席会议办公室",
        "____年__月__日",
        "抄送：联席会议成员单位。",
        "附件1",
        "县（市）区、开发区进展情况表",
        HOW,
        "附件2",
        "市直部门进展情况表",
        "附件3",
        "滞后指标一览表",
        HOW,
        "附件4",
        "报送情况表",
    ]


def test_the_table_in_the_text_and_the_annexes(assessment: Assessment) -> None:
    city, districts, departments, late, returns = tables(build(assessment, messages("zh")))
    assert city[1:] == [["孵化器（家）", "4", "3", "1", "75.0%", "75.0%", "0.0", "达到序时"]]
    assert districts[1:] == [
        ["1", "孵化器（家）", "东示区", "2", "2", "0", "100.0%", "75.0%", "25.0", "1", "已完成"],
        ["2", "孵化器（家）", "西示区", "3", "1", "—", "33.3%", "75.0%", "−41.7", "2", "滞后"],
    ]
    assert departments[1:] == [["1", "市示局", "宣传", "—", "3", "—", "进行中", ""]]
    assert late[1:] == [["1", "西示区", "孵化器（家）", "3", "1", "33.3%", "75.0%", "−41.7", "2.3", "2", "滞后"]]
    assert [row[1:3] for row in returns[1:]] == [["东示区", "按时"], ["西示区", "迟报"], ["市示局", "按时"]]


def test_the_form_of_an_official_document(assessment: Assessment) -> None:
    document = docx.Document(io.BytesIO(build(assessment, messages("zh"))))
    section = document.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(each.mm) for each in margins if each is not None] == [37, 35, 28, 26]
    title = document.paragraphs[0].runs[0]
    assert title.font.size is not None
    assert (title.font.name, title.font.size.pt) == ("方正小标宋简体", 22)
    assert 'w:eastAsia="仿宋"' in document.paragraphs[3]._p.xml
    styles = [p.style.name for p in document.paragraphs[:5] if p.style is not None]
    assert styles == ["Title", "Subtitle", "Salutation", "Body Text", "Heading 1"]


def test_annexes_lie_across_and_break_no_figure(assessment: Assessment) -> None:
    document: Any = docx.Document(io.BytesIO(build(assessment, messages("zh"))))
    upright, across = document.sections
    assert [round(length.mm) for length in (upright.page_width, upright.page_height)] == [210, 297]
    assert [round(length.mm) for length in (across.page_width, across.page_height)] == [297, 210]
    assert (
        sum(cell.width.mm for cell in document.tables[3].rows[0].cells)
        <= across.page_width.mm - across.left_margin.mm - across.right_margin.mm
    )
    row = document.tables[3].rows[1]
    whole = ["noWrap" in cell._tc.xml for cell in row.cells]
    assert whole == [True, False, False, True, True, True, True, True, True, True, False]


def test_no_empty_paragraph_opens_a_page_before_an_annex(assessment: Assessment) -> None:
    document = docx.Document(io.BytesIO(build(assessment, messages("zh"))))
    ends = [p.text for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.sectPr is not None]
    assert ends == ["抄送：联席会议成员单位。"]
    assert [p.text for p in document.paragraphs if p.paragraph_format.page_break_before] == [
        "附件2",
        "附件3",
        "附件4",
    ]
    assert 'w:type="page"' not in document.element.xml


def test_the_same_bytes_again_and_no_name_becomes_a_field(hostile: Assessment) -> None:
    data = build(hostile, messages("zh"))
    assert data == build(hostile, messages("zh"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("word/document.xml").decode()
        assert "hyperlink" not in xml
        assert "<script" not in xml
        assert "49" not in "".join(paragraphs(data))


def test_a_signature_does_not_stand_alone_on_a_page(assessment: Assessment) -> None:
    ((_, data),) = letters(assessment, messages("zh"))
    together = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.paragraph_format.keep_with_next]
    assert together == ["请抓紧推进，尽快将整改措施报联席会议办公室。", "联席会议办公室"]


def test_letters_go_to_those_behind_and_to_nobody_else(assessment: Assessment) -> None:
    ((name, data),) = letters(assessment, messages("zh"))
    assert name == "督办函_西示区_2021Q2.docx"
    said = paragraphs(data)
    assert said[1] == "西示区："
    assert (
        "孵化器：目标3家，2022年第四季度末到期；完成1家，完成率33.3%，序时进度75.0%，落后序时进度41.7个百分点，状态为“滞后”。"
        "要按期完成，今后每季需完成1家。"
    ) in said
    assert "贵单位2021年第二季度报表于2021年7月19日首次报送，迟报4天，今后请按时报送。" in said
    assert "请抓紧推进，尽快将整改措施报联席会议办公室。" in said


def test_the_office_may_write_its_own_words(assessment: Assessment) -> None:
    folder = assessment.plan.path.parent / "templates"
    folder.mkdir()
    (folder / "circular.zh.txt.j2").write_text("# 自拟标题\n{{ period }}已报{{ received }}个。\n", "utf-8")
    assert paragraphs(build(assessment, messages("zh")))[:2] == ["自拟标题", "2021年第二季度已报3个。"]


@pytest.mark.parametrize("words", ["{% if %}", "{{ nothing }}", "{{ plan.__class__.__mro__ }}", "{{ 1 / 0 }}"])
def test_a_wrong_template_is_told_not_run(assessment: Assessment, words: str) -> None:
    folder = assessment.plan.path.parent / "templates"
    folder.mkdir()
    (folder / "circular.zh.txt.j2").write_text(words, "utf-8")
    with pytest.raises(UsageError) as caught:
        build(assessment, messages("zh"))
    assert caught.value.name == "template-wrong"


def test_a_decision_of_two_units_stands_once_and_titles_of_which_as_many_are_wanted_together() -> None:
    shipped = run(load_plan(Path("config/targets.yaml")), candidates=True)
    said = "".join(text for _, text in circular(shipped, messages("zh")))
    decision = "宁安市、东宁市“报送在建载体清单，逐家注明投入运营时间”（逾期15天）"
    assert said.count("报送在建载体清单") == 1
    assert decision in said
    wanted = "国家级科技企业孵化器、国家级专业孵化器各还要争创1个，国家众创空间还要争创2个，条件最接近的载体和未具备的条件见附件6。"
    assert wanted in said


@pytest.mark.parametrize("period", [None, Period(2018, 3)])
def test_the_circular_keeps_to_three_pages_and_its_annexes_have_the_rest(period: Period | None) -> None:
    """22 lines a page, of 27 Chinese characters at least; the table takes six lines, the title five."""
    shipped = run(load_plan(Path("config/targets.yaml")), period=period, candidates=True)
    told = [(kind, text) for kind, text in circular(shipped, messages("zh")) if kind not in {"title", "table", "small"}]
    lines = sum(-(-(cells(text) + 4 * (kind == "body")) // 54) for kind, text in told)
    assert lines + 6 + 5 <= 3 * 22
    annexed = dict(annexes(shipped, messages("zh")))
    names = [row["name"] for row in annexed["争创对象表"].rows]
    assert names[:3] == ["示例春雨创业孵化器", "示例博雅科技企业孵化器", "示例铁砧装备制造孵化器"]
    assert ("载体变动表" in annexed) == (period is None)


def test_what_a_quarter_without_returns_need_not_repeat() -> None:
    shipped = run(load_plan(Path("config/targets.yaml")), period=Period(2018, 3))
    said = [text for _, text in circular(shipped, messages("zh"))]
    assert "以上21个单位沿用2018年第二季度数字。" in said
    assert any(
        text.startswith("（二）按时如实报送。未报的单位要立即补报，海林市要按退回件改正后重报。") for text in said
    )


def test_in_english_a_unit_is_not_said_twice() -> None:
    """The names say incubators and firms; the area's unit is a multiple, which no name says."""
    shipped = run(load_plan(Path("config/targets.yaml")), candidates=True)
    said = [text for _, text in circular(shipped, messages("en"))]
    assert (
        "Since the last quarter: Incubators +4, Maker spaces +1, Incubation area +1.55 × 10,000 m², Tenant firms +60, "
        "New graduate firms +3, the other 4 unchanged."
    ) in said
    assert (
        "What happened this quarter: incubators opened: 4; maker spaces opened: 1; title “model” won: 2; firms graduated: 3 "
        "(by name in annex 5)."
    ) in said
    linkou = [text for _, text in letter(shipped, messages("en"), shipped.plan.units["linkou"])]
    assert (
        "Incubators: target 4, due at the end of 2019Q4; done 0, which is 0.0% where the schedule asks for 50.0%: 50.0 points "
        "behind schedule, status “seriously behind”. Needed each quarter from now on: 1."
    ) in linkou
