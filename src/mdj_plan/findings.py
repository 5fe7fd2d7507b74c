"""Findings: one rule's objection, at one place. The ground floor of the house."""

from __future__ import annotations

import enum
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from mdj_plan.names import Words
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mdj_plan.period import Period

Argument = str | Words
"""What fills a place in a message: text, or words in both languages."""


class Severity(enum.StrEnum):
    """How grave a finding is; the order is that of the exit codes."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Location(NamedTuple):
    """Where: a file (relative to the submissions folder, or as named by the user), a sheet, a cell such as ``D7``.

    `sheet` is None for text files; `cell` is None where the finding is about the whole file or sheet; `row` (1-based,
    0: none) and `column` (1-based, 0: none) sort findings in sheet order.
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int = 0
    column: int = 0


def counted(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the gravest first; those that the office has accepted left out."""
    found = Counter(finding.severity for finding in findings if finding.accepted is None)
    return {severity: found[severity] for severity in Severity}


def cells_joined(places: Iterable[Location]) -> str:
    """The cells of places, runs in one column joined: ``D7, D9-D12``; "" where they have none."""
    columns: dict[int, dict[int, str]] = {}
    for at in places:
        if at.cell:
            columns.setdefault(at.column, {})[at.row] = at.cell
    return ", ".join(run for column in sorted(columns) for run in _runs(columns[column]))


def _runs(cells: Mapping[int, str]) -> Iterator[str]:
    """Cells of one column by row, those that follow each other joined."""
    for first in sorted(row for row in cells if row - 1 not in cells):
        last = first
        while last + 1 in cells:
            last += 1
        yield cells[first] if first == last else f"{cells[first]}-{cells[last]}"


class Accepted(NamedTuple):
    """Why the office lives with a finding (contract 5.4): the reason, who agreed (None: not said), and until when."""

    reason: str
    by: str | None
    until: Period


class Finding(NamedTuple):
    """One objection. Texts are made from `code`, `variant` and `args` by `mdj_plan.messages`, in either language.

    `value` is what stands there, as typed (None: nothing to show). `unit` and `period` are None where undetermined.
    `facility` is the facility's name as typed in its row, `field` the id of a field of facilities; None where the
    finding is about no one facility, or no one field. `accepted` is None unless the office has accepted it.
    """

    code: str
    severity: Severity
    at: Location
    value: str | None = None
    unit: str | None = None
    period: Period | None = None
    variant: str = ""
    args: tuple[tuple[str, Argument], ...] = ()
    facility: str | None = None
    field: str | None = None
    accepted: Accepted | None = None

    @property
    def rule(self) -> str:
        """The rule's stable name."""
        return CATALOGUE[self.code].rule

    @property
    def shown_as(self) -> str:
        """How it is shown: ``accepted``, else its severity."""
        return self.severity.value if self.accepted is None else "accepted"

    @property
    def may_be_accepted(self) -> bool:
        """Whether the office may live with it (contract 5.4): a warning, whatever the plan has made of it, or X104."""
        sometimes = self.code in _SOMETIMES and self.severity is Severity.WARNING
        return sometimes or self.code == "X104" or CATALOGUE[self.code].severity is Severity.WARNING


_SOMETIMES = frozenset({"F105", "S101", "S112"})
"""Errors that are warnings in some cases."""


def ever_accepted(code: str) -> bool:
    """Whether some finding of a rule may be accepted."""
    return CATALOGUE[code].severity is Severity.WARNING or code == "X104" or code in _SOMETIMES


class Rule(NamedTuple):
    """An entry of the catalogue: stable code, rule name, severity, and the stage in which it is raised.

    `limits` are its thresholds by name, which a plan may move (contract 6.4), with their defaults.
    """

    code: str
    rule: str
    severity: Severity
    stage: str
    limits: Mapping[str, Decimal]


def _catalogue(table: str) -> dict[str, Rule]:
    found = {}
    for line in table.strip().splitlines():
        code, rule, severity, stage, *limits = line.split()
        named = {name: Decimal(default) for name, _, default in (limit.partition("=") for limit in limits)}
        found[code] = Rule(code, rule, Severity(severity), stage, named)
    return found


CATALOGUE = _catalogue(
    """
    F101 unsupported-format            error   file
    F102 password-protected            error   file
    F103 damaged-file                  error   file
    F104 unsafe-file                   error   file
    F105 stray-cell                    error   file
    F106 content-does-not-match-suffix warning file
    F107 encoding-undetermined         error   file
    F108 broken-record                 error   file
    L101 no-table-found                error   layout
    L102 required-column-missing       error   layout
    L103 column-repeated               error   layout
    L104 unknown-column                note    layout
    L105 unit-undetermined             error   layout
    L106 period-undetermined           error   layout
    L107 cover-disagrees               error   layout
    L108 total-row-disagrees           warning layout
    L109 hidden-data                   warning layout
    L110 period-outside-plan           error   layout
    V101 value-missing                 error   values
    V102 not-a-number                  error   values
    V103 approximate-number            error   values
    V104 negative                      error   values
    V105 not-whole                     error   values
    V106 not-in-list                   error   values
    V107 bad-date                      error   values
    V108 bad-credit-code               error   values
    V109 uncalculated-formula          error   values
    V110 error-cell                    error   values
    V111 implausible-magnitude         warning values  largest_area=1000000 smallest_area=50 most_tenants=30
    V112 part-exceeds-whole            error   values
    V113 unknown-unit-name             error   values
    V114 converted-by-header-unit      note    values
    V115 credit-code-missing           warning values
    V116 level-without-document        warning values
    V117 state-missing                 warning values
    V118 read-through                  note    values
    V119 space-without-size            warning values
    V120 figures-missing               warning values
    V121 formatting-says-otherwise     warning values
    S101 return-missing                error   return
    S102 return-late                   warning return
    S103 two-returns                   error   return
    S104 reports-for-another-unit      error   return
    S105 same-as-last-quarter          warning return
    S106 empty-return                  warning return
    S107 outside-the-plan              note    return
    S108 changed-after-receipt         warning return
    S109 return-after-close            warning return
    S110 period-not-begun              error   return
    S111 return-without-figures        error   return
    S112 doubtful-supersession         warning return
    S113 date-outside-period           warning return
    X101 duplicate-in-return           error   across
    X102 claimed-by-several            warning across
    X103 claims-disagree               warning across
    X104 cumulative-fell               error   across
    X105 cumulative-does-not-follow    warning across
    X106 facility-disappeared          warning across
    X107 area-jumped                   warning across  over=20
    X108 level-lost                    warning across
    X109 same-operator-other-name      warning across
    X110 same-name-other-operator      warning across
    X111 same-facility-other-kind      warning across
    X112 looks-year-to-date            warning across
    P101 quotas-below-target           warning plan
    P102 target-repeated               error   plan
    P103 milestones-not-rising         error   plan
    P104 target-without-source         warning plan
    P105 duty-silent                   warning plan
    P106 exception-unusable            error   plan
    P107 exception-expired             note    plan
    P108 exception-unused              note    plan
    P109 action-overdue                warning plan
    P110 action-unusable               error   plan
    P111 quota-total-disagrees         warning plan
    """
)


def finding(
    code: str,
    at: Location,
    *,
    value: str | None = None,
    unit: str | None = None,
    period: Period | None = None,
    severity: Severity | None = None,
    variant: str = "",
    args: Mapping[str, Argument] | None = None,
    facility: str | None = None,
    field: str | None = None,
) -> Finding:
    """A finding of the catalogue; `severity` only where the contract lets the case decide (F105, S101)."""
    severity = severity or CATALOGUE[code].severity
    return Finding(code, severity, at, value, unit, period, variant, tuple((args or {}).items()), facility, field)
