"""Contract 5.4: which findings the office's exceptions accept, how the summary counts, and P106-P108."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.oracle.office import Exemption
from tests.oracle.submissions import Record
from tests.oracle.world import World, folded, name_key, quarter, written

OF_EXCEPTIONS = {"P106", "P107", "P108"}
# Contract 4: the rules that are warnings; F105 and S101 where they are.
WARNINGS = frozenset(
    [
        "F106",
        "L108",
        "L109",
        "V111",
        "V115",
        "V116",
        "V117",
        "V119",
        "V120",
        "V121",
        "S102",
        "S105",
        "S106",
        "S108",
        "S109",
        "S112",
        "S113",
        "X102",
        "X103",
        "X105",
        "X106",
        "X107",
        "X108",
        "X109",
        "X110",
        "X111",
        "X112",
        "P101",
        "P104",
        "P105",
        "P109",
        "P111",
    ]
)


class Exceptions:
    """Over the findings that the program lists with all periods and without exceptions."""

    def __init__(self, world: World, findings: Iterable[Record]) -> None:
        self.world = world
        self.findings = list(findings)
        self.usable = [one for one in world.office.exemptions if one.usable]

    def accepted(self, finding: Record) -> Record | None:
        if not acceptable(finding):
            return None
        period = quarter(finding["period"]) if finding["period"] else self.world.period
        for one in self.usable:
            if one.until is not None and period <= one.until and self.fits(one, finding):
                return {"reason": one.reason, "by": one.by, "until": written(one.until)}
        return None

    def summary(self) -> Record:
        """With what is said of the exceptions themselves."""
        open_ones = Counter(one["severity"] for one in self.findings if not self.accepted(one))
        open_ones.update("error" if code == "P106" else "note" for code, _ in self.objections())
        taken = sum(bool(self.accepted(one)) for one in self.findings)
        return {"accepted": taken, **{word: open_ones[word] for word in ("error", "warning", "note")}}

    def fits(self, one: Exemption, finding: Record) -> bool:
        return (
            acceptable(finding)
            and one.code == finding["code"]
            and one.unit in {None, finding["unit"]}
            and one.field in {None, finding["field"]}
            and (one.facility is None or self._same(one.facility, finding["facility"]))
        )

    def _same(self, name: str, other: str | None) -> bool:
        if other is None:
            return False
        prefixes = self.world.prefixes
        meanings = {name_key(entry.alias, prefixes): name_key(entry.name, prefixes) for entry in self.world.register}
        keys = [name_key(one, prefixes) for one in (name, other)]
        return len({meanings.get(key, key) for key in keys}) == 1 and bool(folded(name))

    def objections(self) -> list[tuple[str, int]]:
        """P106-P108 with their lines."""
        found = []
        for place, one in enumerate(self.world.office.exemptions, 2):
            if not one.usable or one.until is None:
                found.append(("P106", place))
                continue
            fitting = [self._period(finding) for finding in self.findings if self.fits(one, finding)]
            if one.until < self.world.period and self.world.period in fitting:
                found.append(("P107", place))
            if one.until >= self.world.period and not any(period <= self.world.period for period in fitting):
                found.append(("P108", place))
        return found

    def _period(self, finding: Record) -> int:
        return quarter(finding["period"]) if finding["period"] else self.world.period


def acceptable(finding: Record) -> bool:
    """By the severity before the plan's rules: a warning, or X104."""
    if finding["code"] in {"F105", "S101"}:
        return bool(finding["severity"] == "warning")
    return finding["code"] in WARNINGS or finding["code"] == "X104"
