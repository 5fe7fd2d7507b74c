"""What the first cell of a row says: a unit, a group of units, a total, the heading of a section, or none of these."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from mdj_plan.names import folded
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.values.reading import spaced


class Sort(StrEnum):
    """What a row is about; a class, such as 市直部门, with the figures of all its units together, above them."""

    UNIT = "unit"
    GROUP = "group"
    CITY = "city"
    CLASS = "class"
    SUBTOTAL = "subtotal"
    SECTION = "section"
    SEVERAL = "several"
    ASIDE = "aside"


class Label(NamedTuple):
    """The first cell of a row: `name` is the unit's or section's, `aside` what stands behind it in brackets."""

    sort: Sort
    name: str = ""
    aside: str = ""


_ENUMERATED = re.compile(
    r"^(?:[0-9]{1,2}[.、](?![0-9])|[(][0-9一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.]|[①-⑳])"
)
_CITY = re.compile(
    r"(?:全市|市级|总)?(?:合计|总计|共计|合计数|目标(?:值|数|任务)?|任务[数量]?|总目标|总任务)|全市|total",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r"(?P<of>.{0,14}?)(?:小计|合计|总计|共计)")
_ALL = re.compile(r"(?:各|每个?)(?P<of>.{1,14})")
_CLASS = re.compile(
    r"(?:县|市|区|旗){2,4}|区县级?|市直(?:相关|有关|各)?(?:部门|单位)|(?:市级|相关|有关)?(?:部门|单位)|开发区园区|各类开发区"
)
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|备考)[:0-9一1.、]|※|\*")
_NUMBERING = re.compile(r"栏次|[甲乙丙丁AB]")
_LONGEST = 30
_NO_NAME = re.compile(r"[:。;]|表$|通知|如下|^以上|^共[0-9]")


def label(typed: str, *, figures: bool, across: bool) -> Label:
    """The first cell of a row. `figures`: the row states some; `across`: the cell reaches over columns of figures."""
    text = _on_one_line(typed)
    word = _ENUMERATED.sub("", text)
    name, aside = _without_brackets(word)
    plain = re.sub(r"^其中[:,]?", "", name).strip(":*#★")
    if _NOTE.match(text) or _NUMBERING.fullmatch(text) or not folded(plain):
        return Label(Sort.ASIDE)
    found = _total(plain)
    if found is None and not figures:
        found = _over_others(plain, heads=across or _is_heading(text, word, plain))
    return found or _whose(plain, aside)


def _total(plain: str) -> Label | None:
    if _CITY.fullmatch(plain):
        return Label(Sort.CITY)
    found = _SUBTOTAL.fullmatch(plain)
    return None if found is None else Label(Sort.SUBTOTAL, found["of"])


def _over_others(plain: str, *, heads: bool) -> Label | None:
    """A row without figures: no name, the heading of a section, or None, a unit that owes nothing."""
    if _NO_NAME.search(plain):
        return Label(Sort.ASIDE)
    return _named(Sort.SECTION, plain) if heads else None


def _named(sort: Sort, plain: str, aside: str = "") -> Label:
    """Too long a name is none, but a sentence."""
    return Label(sort, plain, aside) if len(plain) <= _LONGEST else Label(Sort.ASIDE)


def _is_heading(text: str, word: str, plain: str) -> bool:
    chinese = word != text and re.match(r"[一二三四五六七八九十(]", text) is not None
    return chinese or _class_of(plain)


def _class_of(plain: str) -> bool:
    return _CLASS.fullmatch(plain.removeprefix("各")) is not None


def _whose(plain: str, aside: str) -> Label:
    """A row with figures, or one that owes nothing."""
    if _ALL.fullmatch(plain) is not None:
        return Label(Sort.GROUP, plain)
    if _class_of(plain):
        return Label(Sort.CLASS, plain)
    if re.search(r"[、,;/]|及各|和各", plain):
        return Label(Sort.SEVERAL, plain)
    return _named(Sort.UNIT, plain, aside)


def _on_one_line(typed: str) -> str:
    """A name as it is written by hand: 甲　区 without its gap, East District with it."""
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", unicodedata.normalize("NFKC", spaced(typed)))


def _without_brackets(word: str) -> tuple[str, str]:
    """县(市)区 loses its brackets alone, 开发区(含高新区) what stands in them too, which comes beside it."""
    if re.match(r"^各?[县市区旗]*[(][县市区旗、/]+[)]", word):
        return re.sub(r"[()、/]", "", word), ""
    inner = re.findall(r"[(\[【]([^)\]】]*)[)\]】]?", word)
    return re.sub(r"[(\[【][^)\]】]*[)\]】]?", "", word), "；".join(inner)
