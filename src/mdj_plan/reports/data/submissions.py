"""What each unit has sent, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdj_plan.archive.attempts import Attempt
    from mdj_plan.measure.reporting import MemberState, UnitState
    from mdj_plan.messages import Messages
    from mdj_plan.reports.data.jsontext import Row


def submission_row(state: UnitState, texts: Messages) -> Row:
    """One row per participating unit: what it has sent for the period."""
    return {
        "unit": state.unit.id,
        "unit_name": texts.words(state.unit.name),
        "period": str(state.period),
        "status": state.status,
        "due": state.due.isoformat(),
        "return_period": str(state.return_period) if state.return_period else None,
        "received": state.received.isoformat() if state.received else None,
        "version": state.version,
        "file": state.file,
        "facilities": state.facilities,
        "members": [_member_row(member) for member in state.members],
        "first_received": state.first_received.isoformat() if state.first_received else None,
        "attempts": [_attempt_row(attempt) for attempt in state.attempts],
        "contact": {"author": state.contact.author, "phone": state.contact.phone} if state.contact else None,
    }


def pending_rows(state: UnitState) -> Iterator[Row]:
    """What came of a unit or its members and is not settled."""
    asked = [(None, state.pending), *((member.member, member.pending) for member in state.members)]
    for member, question in asked:
        if question is not None:
            yield {
                "unit": state.unit.id,
                "member": member,
                "period": str(state.period),
                "received": question.received_at.date().isoformat(),
                "why": question.why,
                "stated": str(question.stated) if question.stated else None,
                "original_name": question.original_name,
            }


def _attempt_row(attempt: Attempt) -> Row:
    """One attempt to report, by its receipt."""
    return {
        "received": attempt.received.isoformat(),
        "state": attempt.state,
        "errors": attempt.errors,
        "warnings": attempt.warnings,
        "original_name": attempt.original_name,
        "member": attempt.member,
    }


def _member_row(member: MemberState) -> Row:
    return {
        "member": member.member,
        "status": member.status,
        "received": member.received.isoformat() if member.received else None,
        "version": member.version,
        "file": member.file,
    }
