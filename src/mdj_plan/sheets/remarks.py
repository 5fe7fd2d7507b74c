"""The lines between and below a table's rows that are no rows of it: headings, signatures, seals, notes, page numbers.

Told by their words alone. What might be a facility is none of these: a row with nothing but a name stays a row.
"""

from __future__ import annotations

import re

from mdj_plan.sheets.values.reading import squeezed

_REMARK = re.compile(r"\s*(?:[^\s:：]{1,12}[:：]|(?:注|说明|备注|填表说明)\s*[:：0-9一1.、]|※|\*)")
# What few returns hold is compiled where it is asked for.
_CLOSING = (
    r"以上|以下|此[页表]|[本我][页表季期局区县市]|本单位|我单位|经办|特此|"
    r"[(\[【].*[)\]】]$|(?:19|20)[0-9]{2}[年./-]|.*(?:。|真实性|属实|负责)$|"
    r"第[0-9]+页|共[0-9一二三四五六七八九十]+[页家户个]|(?:目前|暂)?(?:无|没有)(?:孵化)?载体|[.…·_=~*-]+$"
)
_HEADING = (
    r"(?:[(]?[一二三四五六七八九十0-9]{1,3}[)]?[、.:]?)?(?:国家级|省级|市级|区级|县级)?(?:科技)?(?:企业)?"
    r"(?:孵化器|众创空间|大学科技园)(?:类|部分|情况|名单)?(?:[(].*[)])?"
)
_SIGNATURE = (
    r".{0,20}[(\[【](?:签字|签名|签章|盖章|公章|章)[)\]】]|"
    r".{0,8}(?:负责人|领导|填表人|填报人|制表人?|审核人?|复核人?|经办人?|联系人|签字|签名|签章|盖章|公章)"
)
_LONGEST = 20
_FACILITY = re.compile(r"[^0-9].*(?:孵化器|空间|科技园|园区?|基地|中心|平台|工场|公司)")


def is_remark(cell: object) -> bool:
    """Whether a row that begins so is a note or a signature with its colon: 填表人：张三 or 注：数据以季末为准."""
    return isinstance(cell, str) and _REMARK.match(cell) is not None


def is_closing(cell: object) -> bool:
    """Whether a text alone in its row is a closing line, a page number, a date or the heading of a section."""
    if not isinstance(cell, str):
        return False
    text = squeezed(cell)
    return re.match(_CLOSING, text) is not None or re.fullmatch(_HEADING, text) is not None or is_signature(cell)


def is_signature(cell: object) -> bool:
    """Whether a cell is what a signature or a seal stands beside: 单位负责人（签字）, 东安区科技局（盖章）."""
    return isinstance(cell, str) and len(cell) <= _LONGEST and re.fullmatch(_SIGNATURE, squeezed(cell)) is not None


def names_facility(cell: object) -> bool:
    """Whether a text alone may name a facility, by how it ends; asked of lines below signatures only."""
    return isinstance(cell, str) and _FACILITY.fullmatch(squeezed(cell)) is not None
