"""What became of a file, in words and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mdj_plan.archive.aside import Filed
    from mdj_plan.messages import Messages


def why(each: Filed, texts: Messages) -> str:
    """Why a file does not count, in one line; "" where it does."""
    if each.outside:
        return f"S107 {texts.about('S107', 'title')}"
    if each.taken_by is not None:
        return texts("returns-superseded", by=each.taken_by)
    return f"{each.worst.code} {texts.message(each.worst)}" if each.worst else ""


def filed_row(each: Filed, texts: Messages) -> dict[str, Any]:
    """One row per file, for scripts; `reason` is the code that keeps it from counting."""
    s = each.submission
    return {
        "file": s.file,
        "unit": s.unit,
        "member": s.member,
        "period": str(s.period) if s.period else None,
        "version": s.version,
        "received": s.received.isoformat() if s.received else None,
        "counts": each.counts,
        "superseded_by": each.taken_by,
        "reason": "S107" if each.outside else each.worst.code if each.worst and not each.taken_by else None,
        "message": texts.message(each.worst) if each.worst and not each.taken_by and not each.outside else None,
        "sha256": s.sha256,
    }
