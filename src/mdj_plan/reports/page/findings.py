"""What the page says of findings beside their table: how many there are, and what their codes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdj_plan.assessment import Assessment
    from mdj_plan.findings import Severity
    from mdj_plan.names import Words
    from mdj_plan.reports.page.bilingual import Bilingual


def counted(counts: Mapping[Severity, int], say: Bilingual) -> tuple[tuple[str, Words], ...]:
    """How many findings of each severity there are, in words; none of those that do not occur."""
    return tuple(
        (each.value, say("page-count", severity=say(f"severity-{each.value}"), n=n)) for each, n in counts.items() if n
    )


class Meaning(NamedTuple):
    """A code that occurs: its title, what it means and the remedy."""

    code: str
    title: Words
    meaning: Words
    remedy: Words


def meanings(assessment: Assessment, say: Bilingual) -> tuple[Meaning, ...]:
    """Every code that occurs, in order."""
    codes = sorted({finding.code for finding in assessment.findings})
    return tuple(Meaning(code, *(_about(code, part, say) for part in ("title", "meaning", "remedy"))) for code in codes)


def _about(code: str, part: str, say: Bilingual) -> Words:
    return say.each(lambda texts: texts.about(code, part))
