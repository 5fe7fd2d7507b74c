"""How a delivery ends, on the screen: files by what becomes of them, who is still out, and what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.names import listed
from mdj_plan.outcome import Verdict
from mdj_plan.reports.screen.steps import command
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mdj_plan.messages import Messages
    from mdj_plan.plan.model import Plan
    from mdj_plan.tally import Pending, Tally

_MOST_TYPED = 3
"""Files as they were typed that a command repeats; of more it has an ellipsis."""


def counted(found: Tally, texts: Messages, *, done: bool) -> str:
    """Files by what became of them; where nothing is `done` yet, by what would."""
    keys = {Verdict.FILED: "would", Verdict.RETURNED: "would-return"} if not done else {}
    parts = [
        texts(f"tally-{keys.get(verdict, verdict.value)}", n=found.counts[verdict])
        for verdict in Verdict
        if found.counts[verdict]
    ]
    return texts("tally", n=found.counts.total(), parts=listed(parts))


def still_out(found: Tally, texts: Messages) -> Iterator[str]:
    """A line each: who was sent back, whose file is in question and why, who has sent nothing yet."""
    asked = [texts("tally-asked", name=texts.words(each.who), why=_why(each, texts)) for each in found.pending]
    for key, names in (("back", found.returned), ("pending", asked), ("silent", found.silent)):
        if names:
            yield visible(texts(f"tally-{key}", period=str(found.period), n=len(names), names=listed(names)))


def _why(each: Pending, texts: Messages) -> str:
    return texts(f"tally-why-{each.why}", period=str(each.period))


def next_commands(
    found: Tally, typed: Sequence[str], texts: Messages, plan: Plan, *, annotated: bool
) -> Iterator[tuple[str, str]]:
    """What comes after `validate`, and the command for it; cells are marked once (`annotated`: they are)."""
    files = typed if len(typed) <= _MOST_TYPED else ("…",)
    if found.counts[Verdict.FILED]:
        yield texts("tally-then-receive"), command(plan, "receive", *files)
    if found.counts[Verdict.RETURNED] and not annotated:
        folder = texts("screen-return-folder")
        yield texts("tally-then-annotate"), command(plan, "validate", *files, "--annotate", folder)
