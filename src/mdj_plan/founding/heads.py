"""What the headings above a column say together: whose it is, which indicator, for when, in which measure unit."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from mdj_plan.founding.known import Found, indicator_of
from mdj_plan.measures import Unit, unit
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.tables.parsers import quarter
from mdj_plan.sheets.values.reading import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mdj_plan.period import Period


class Role(StrEnum):
    """What a column holds."""

    UNIT = "unit"
    INDICATOR = "indicator"
    MEASURE = "measure"
    FIGURE = "figure"
    BASELINE = "baseline"
    TOTAL = "total"
    DUE = "due"
    CLAUSE = "clause"
    NOTE = "note"
    UNUSED = "unused"


_ROLES = (
    (Role.UNUSED, re.compile(r"序号|编号|号|no\.?|#|备案号|联系.*|电话|责任人|.*领导|.*负责人|.*配合.*|协办.*|督办.*")),
    (Role.UNUSED, re.compile(r".*(?:完成情况|完成数|完成率|已完成|完成比例|进展|占比|同比|排名|得分|权重|分值).*")),
    (Role.NOTE, re.compile(r"备注|说明|备考")),
    (Role.CLAUSE, re.compile(r".*依据|条款|文件|来源|出处")),
    (Role.DUE, re.compile(r"(?:完成|办结|达标)?(?:时限|期限|时间|时间节点)|截止(?:时间|日期)")),
    (Role.MEASURE, re.compile(r"(?:计量|计算|指标)单位")),
    (
        Role.UNIT,
        re.compile(
            r"(?:目标|主要|任务)?(?:责任|主责|承担|任务|实施|建设|落实|完成|推进|牵头|报送)?(?:单位|主体|部门|地区)(?:名称)?|"
            r"各?[县市区旗]{2,3}|[县市区旗]{1,3}(?:名称|别)|(?:责任|所属)?(?:区域|属地)|行政区划?|园区(?:名称)?|单位部门|"
            r"地区部门|units?"
        ),
    ),
    (
        Role.INDICATOR,
        re.compile(r"(?:考核|任务|目标|建设|具体|主要|量化)?(?:指标|项目)(?:名称|内容)?|任务名称|建设内容"),
    ),
)
_CORNER = re.compile(r"(?=.*指标|.*任务|.*项目)(?=.*单位|.*[县区]).{4,12}")
"""A corner that names both ways: 单位\\指标."""
_TOTAL = re.compile(r"合计|小计|总计|共计|总数|总量|总目标|总任务|三年合计|三年目标|目标总数")
_GENERIC = re.compile(
    r"(?:[一二三四五]年)?(?:年度|分年度|分年|各年|当年|阶段性?|总体|具体|计划|建设|推进)*"
    r"(?:目标|任务|指标|计划|数量?|个数|值|分解|安排|内容|累计|量|到期|targets?)*"
)
_BASELINE = re.compile(r"基数|基期数?|现有数?|现状值?|已有数?|存量")
_YEAR = re.compile(r"(?:到|至|截至|截止)?((?:19|20)[0-9]{2})年?(?:度|[底末]前?|内)?")
_QUARTER = re.compile(r"(?:19|20)[0-9]{2}(?:年第?[一二三四1-4]季度|[Qq][1-4])")
_YEARLESS = re.compile(
    r"(?:第?[一二三四1-4]季度?|[上下]半年|[Qq][1-4]|全年|[0-9]{1,2}[-—–~～至到][0-9]{1,2}月)[底末]?$"
)
_SPAN = re.compile(r"(?:19|20)[0-9]{2}年?[-—–~～至到]+(?:19|20)[0-9]{2}年?")
_BRACKETED = re.compile(r"[(\[【]([^)\]】]*)[)\]】]?")
_GROWTH = re.compile(r"^(?:每年)?(?:新增|当年|净增)$")
_ENUMERATED = re.compile(
    r"^(?:[0-9]{1,2}[.、](?![0-9])|[(][0-9一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}、)"
)


class Heading(NamedTuple):
    """What a path of headings says. `phrase` is what it calls an indicator, `found` the one of that name if known.

    A column of 完成时限 below 孵化器 bears the indicator's name too. `period` None: at the end.
    `yearly`: figures of a year by itself, not up to it.
    """

    role: Role
    phrase: str = ""
    found: Found | None = None
    period: Period | None = None
    measure: Unit | None = None
    yearly: bool = False

    @property
    def growth(self) -> bool:
        """Whether its figures are new ones, in their year or in all."""
        return self.yearly or (self.found is not None and self.found.growth)


def role_of(text: str) -> Role | None:
    """What a heading by itself makes of its column; None where it may be anything, an indicator for instance."""
    word = _plain(text)
    if _CORNER.fullmatch(word):
        return Role.UNIT
    return next((role for role, pattern in _ROLES if pattern.fullmatch(word.casefold())), None)


def heads_a_column(text: str) -> bool:
    """Whether a text is the heading of a column, and no unit's name: 备注, 基数, 2021年."""
    role = role_of(text)
    return role not in {None, Role.UNIT} or (role is None and not heading([text]).phrase)


def lacks_year(phrase: str) -> bool:
    """Whether a heading ends in a part of a year of which it does not say which: 孵化器一季度, 上半年, Q3, 1-3月."""
    typed = squeezed(phrase)
    return _YEARLESS.search(typed) is not None and _YEAR.search(typed) is None


def _plain(text: str) -> str:
    """A heading without brackets, marks and enumeration; 县（市、区） is one word."""
    word = re.sub(r"(?<=[县市区旗])[(]([县市区旗、/]+)[)]", r"\1", _ENUMERATED.sub("", squeezed(text))).replace(
        "、", ""
    )
    return (_BRACKETED.sub("", word) or word.strip("()[]【】")).strip(":*#★※.、,_/\\")


def heading(path: Iterable[str]) -> Heading:
    """The headings of a column, from the top down, understood together."""
    parts = list(dict.fromkeys(path))
    roles = [role for part in parts if (role := role_of(part)) is not None]
    others = [role for role in roles if role is not Role.INDICATOR]
    if not others and len(roles) == len(parts) == 1:  # 指标 over 孵化器 is a heading like another
        return Heading(Role.INDICATOR)
    read = _Read()
    for part in parts:
        if role_of(part) in {None, Role.INDICATOR}:
            read.take(part)
    said = read.heading()
    return said._replace(role=others[-1]) if others else said


class _Read:
    """Headings as they are taken apart, one after the other."""

    def __init__(self) -> None:
        self.phrases: list[str] = []
        self.period: Period | None = None
        self.measure: Unit | None = None
        self.baseline = self.total = self.yearly = False

    def take(self, part: str) -> None:
        text = _ENUMERATED.sub("", squeezed(part))
        self._phrase(_BRACKETED.sub("", text).strip(":*#★※.、,_"))
        for inner in _BRACKETED.findall(text):  # a measure unit, a period; else it narrows the name
            self._phrase(re.sub(r"^(?:计量)?单位:|^及?以上$", "", inner))

    def _phrase(self, word: str) -> None:
        word = self._when(_SPAN.sub("", word).removeprefix("其中").lstrip(":,"))
        if (measure := unit(word)) is not None:
            self.measure = measure
        elif _TOTAL.fullmatch(word):
            self.total = True
        elif _GROWTH.fullmatch(word):
            self.yearly = True
        elif not _GENERIC.fullmatch(word):
            bare = _BASELINE.sub("", word)
            self.baseline |= bare != word
            self.phrases += [bare] if bare and not _GENERIC.fullmatch(bare) else []

    def _when(self, word: str) -> str:
        """A text without the year or quarter at its beginning or end, which is the column's."""
        quarters = _QUARTER.match(word)
        found = quarters or _YEAR.match(word) or re.search(_YEAR.pattern + "$", word)
        if not found:
            return word
        period = quarter(found[0] if quarters else found[1]).value
        self.period = period if self.period is None else max(self.period, period)
        return (word[: found.start()] + word[found.end() :]).strip("的")

    def heading(self) -> Heading:
        found = indicator_of(self.phrases)
        role = Role.BASELINE if self.baseline else Role.TOTAL if self.total else Role.FIGURE
        return Heading(role, "".join(self.phrases), found, self.period, self.measure, self.yearly)
