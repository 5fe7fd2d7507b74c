"""What reading needs of a plan: a return is read again where any of it has changed, and only there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mdj_plan.kept.program import program_digest
from mdj_plan.plan.kept import digest_but

if TYPE_CHECKING:
    from mdj_plan.plan.model import Plan

APART = frozenset(
    {"quotas", "submissions", "register_", "receipts", "headers", "due_days", "indicators", "targets", "bands"}
    | {"actions", "exceptions", "closed", "criteria", "timezone", "holidays", "office", "rules", "rewards", "score"}
)
"""The sections of the plan file that no reader asks for (of `headers` what the file says). A test watches them read."""


def needs_digest(plan: Plan) -> str:
    """A digest of the program and of all that it asks a plan while it reads. Raises OSError where there is none."""
    told = (program_digest(), digest_but(plan, APART), repr(plan.synonyms))
    return hashlib.sha256(" ".join(told).encode()).hexdigest()
