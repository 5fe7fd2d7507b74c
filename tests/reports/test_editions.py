"""A draft before closing, an edition after; published figures beside what they are now: workbook, circular, page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from openpyxl import load_workbook

from mdj_plan.messages import messages
from mdj_plan.reports.document.circular import circular
from mdj_plan.reports.document.document import build as document
from mdj_plan.reports.page.page import build as page
from mdj_plan.reports.tables.restatements import RESTATEMENTS
from mdj_plan.reports.tables.values import told
from mdj_plan.reports.workbook.workbook import build as workbook
from tests.measure.test_restatements import ONE, RETURNS, TWO, again, close, file
from tests.reports.town import PLAN, settle

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment

ZH = messages("zh")
PUBLISHED = "第1版，2017年7月20日公布"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    close(settle(tmp_path, returns=RETURNS, period="2017Q2"))
    return tmp_path


def borne(a: Assessment) -> tuple[str, str, str]:
    """What workbook, circular and page say of their edition."""
    sheet = load_workbook(io.BytesIO(workbook(a, ZH))).worksheets[1]
    html = page(a, ZH).decode()
    head = html[html.index('class="about"') : html.index("</header>")]
    said = next(text for text in ("未定稿", f"{PUBLISHED}，此后有修订", PUBLISHED) if text in head)
    return str(sheet["A2"].value).split("  ")[-1], circular(a, ZH)[1][1], said


def test_a_draft_until_it_is_closed(tmp_path: Path) -> None:
    assert borne(settle(tmp_path, returns=RETURNS, period="2017Q2")) == ("未定稿", "（未定稿）", "未定稿")


def test_an_edition_with_its_day_afterwards(town: Path) -> None:
    assert borne(again(town)) == (PUBLISHED, f"（{PUBLISHED}）", PUBLISHED)


def test_one_that_has_changed_since_says_so(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    since = f"{PUBLISHED}，此后有修订"
    assert borne(again(town)) == (since, f"（{since}）", since)


def test_published_and_current_stand_side_by_side(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    (town / "data" / "submissions" / "2017Q3").mkdir()
    file(town, "2017Q3/东区_2017Q3.csv", ONE)
    a = again(town, "2017Q3")
    columns = RESTATEMENTS.of(a).columns
    keys = [column.key for column in columns if column.key not in {"edition", "closed"}]
    assert [[told(row[key], ZH) for key in keys] for row in RESTATEMENTS.of(a).rows] == [
        ["2017Q2", "全市", "孵化器（家）", "1", "2", "1", "达到序时", "达到序时"],
        ["2017Q2", "全市", "孵化面积（万平方米）", "0.1", "0.15", "0.05", "滞后", "略有滞后"],
        ["2017Q2", "东区", "孵化器（家）", "1", "2", "1", "达到序时", "已完成"],
    ]
    book = load_workbook(io.BytesIO(workbook(a, ZH)))
    assert [cell.value for cell in book["数据修订"][4]][:6] == ["2017Q2", "全市", "孵化器（家）", 1, 2, 1]
    assert 'id="restatements"' in page(a, ZH).decode()
    annex = docx.Document(io.BytesIO(document(a, ZH))).tables[-1]
    assert [cell.text for cell in annex.rows[3].cells] == [
        "2017Q2",
        "东区",
        "孵化器（家）",
        "1",
        "2",
        "1",
        "达到序时",
        "已完成",
    ]


def test_the_circular_tells_it_in_a_sentence(town: Path) -> None:
    file(town, "2017Q2/东区_2017Q2.v2.csv", TWO)
    said = [text for _, text in circular(again(town), ZH)]
    assert (
        "2017年第二季度数字公布（第1版，2017年7月20日）后有修订：孵化器由1家改为2家、孵化面积由0.1万平方米改为0.15万平方米、"
        "各单位数字1项；原因：东区更正2017年第二季度报表。修订前后对照见附件5。"
    ) in said
    assert not any("公布后才到" in text for text in said)  # a correction is no fault of its sender
    assert "5.数据修订表" in [text.lstrip("　") for text in said]


def test_of_another_target_it_tells_the_targets(town: Path) -> None:
    (town / "config" / "targets.yaml").write_text(PLAN.replace("value: 4, clause: 一", "value: 5, clause: 一"), "utf-8")
    a = again(town)
    row = RESTATEMENTS.of(a).rows[0]
    assert [told(row[key], ZH) for key in ("published_target", "current_target")] == ["4", "5"]
    said = [text for _, text in circular(a, ZH)]
    assert (
        "2017年第二季度数字公布（第1版，2017年7月20日）后有修订：孵化器目标由4家改为5家；原因：计划文件有改动。修订前后对照见附件5。"
        in said
    )


def test_nothing_published_nothing_annexed(town: Path) -> None:
    assert RESTATEMENTS.of(again(town)).rows == ()
    assert len(docx.Document(io.BytesIO(document(again(town), ZH))).tables) == 5
