"""Letters to units, one Word document each: 催报函, 退回函, 督办函."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.document.letter import kind_of, letter
from mdj_plan.reports.document.official import Official
from mdj_plan.reports.files import named_file
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.assessment import Assessment
    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Unit


def letters(assessment: Assessment, texts: Messages) -> Iterator[tuple[str, bytes]]:
    """One letter for each unit that gets one, in the plan's order: the file's name and its bytes."""
    for unit in assessment.plan.participants:
        kind = kind_of(assessment, unit)
        if kind:
            name = named_file(texts.words(unit.name))
            yield f"{texts(f'letter-{kind}')}_{name}_{assessment.period}.docx", build(assessment, texts, unit)


def build(assessment: Assessment, texts: Messages, unit: Unit) -> bytes:
    """One letter's bytes: its text tells every figure, so that no annex repeats them."""
    document = Official(visible(texts.words(unit.name)))
    document.write(letter(assessment, texts, unit))
    return document.saved()
