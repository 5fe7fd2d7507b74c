"""Contract 5.5: what happened to facilities between two periods, what that earns, and totals."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.oracle.archive import name_cell
from tests.oracle.calculation import Calculation, rounded
from tests.oracle.claims import Facility
from tests.oracle.identity import paired
from tests.oracle.submissions import Record
from tests.oracle.world import Value, World, written

LEVELS = ("none", "municipal", "provincial", "national")
EVENTS = (
    "new",
    "opened",
    "stopped",
    "gone",
    "operator_changed",
    "promoted",
    "demoted",
    "titled",
    "untitled",
    "moved",
    "graduated",
)


class Changes:
    """Between `since` and the world's period."""

    def __init__(self, world: World, since: int) -> None:
        self.world, self.since = world, since
        self.archive = Calculation(world).archive
        self.order = [unit.id for unit in world.in_order]
        self.now = self.archive.facilities(world.period, carried=True)
        # At the plan's start everything is new.
        self.then = self.archive.facilities(since, carried=True) if world.period > world.start else []
        self.pairs = paired(self.archive, self.then, self.now)
        self.graduates = self._graduates()

    def report(self) -> Record:
        rows = [row for place, one in enumerate(self.now) if self._inside(one) for row in self._of(place)]
        rows += [self._row("gone", one, before=one.value("state")) for one in self._lost()]
        return {
            "since": written(self.since),
            "period": written(self.world.period),
            "events": rows,
            "totals": self._totals(rows),
        }

    def _inside(self, facility: Facility) -> bool:
        return not facility.places & self.archive.outside

    def _lost(self) -> list[Facility]:
        """Those absent now, or placed in a unit outside the plan since."""
        later = {old: self.now[new] for new, old in {**self.pairs.successors, **self.pairs.same}.items()}
        return [
            one
            for place, one in enumerate(self.then)
            if place not in later or (self._inside(one) and not self._inside(later[place]))
        ]

    def _of(self, place: int) -> Iterator[Record]:
        """Of a facility that is there now."""
        now = self.now[place]
        same = self.then[self.pairs.same[place]] if place in self.pairs.same else None
        former = self.then[self.pairs.successors[place]] if place in self.pairs.successors else None
        if not same and not former:
            yield self._row("new", now, after=now.value("state"))
        # AMBIGUOUS: the other events where the operator changed. Read: of one facility in another hand, so they are told.
        yield from self._of_state(same or former, now)
        if former:
            codes = former.value("credit_code"), now.value("credit_code")
            yield self._row("operator_changed", now, before=codes[0], after=codes[1])
        if known := same or former:
            yield from self._of_titles(known, now)
        if self.graduates.get(place):
            yield self._row("graduated", now, value=self.graduates[place])

    def _of_state(self, then: Facility | None, now: Facility) -> Iterator[Record]:
        states = (then.value("state") if then else None, now.value("state"))
        measured = then is not None and then.operating and self._inside(then)
        if not measured and now.operating:
            yield self._row("opened", now, before=states[0], after=states[1])
        if states[0] == "operating" and not now.operating:
            yield self._row("stopped", now, before=states[0], after=states[1])

    def _of_titles(self, then: Facility, now: Facility) -> Iterator[Record]:
        before, after = then.value("level"), now.value("level")
        if before != after:
            rises = LEVELS.index(str(after)) > LEVELS.index(str(before))
            document = now.value("level_document")
            yield self._row("promoted" if rises else "demoted", now, before=before, after=after, document=document)
        had, has = _titles(then), _titles(now)
        for title in ("provincial", "typical"):
            if title in has - had:
                yield self._row("titled", now, after=title)
        for title in ("provincial", "typical"):
            if title in had - has:
                yield self._row("untitled", now, before=title)
        before, after = then.value("region"), now.value("region")
        if before and after and before != after:
            yield self._row("moved", now, before=before, after=after)

    def _graduates(self) -> dict[int, Fraction]:
        """New graduates by facility of now, over the periods since, as a flow counts them."""
        found: dict[int, Fraction] = {}
        for period in range(max(self.since + 1, self.world.start), self.world.period + 1):
            told = self.archive.facilities(period, carried=False)
            links = set(paired(self.archive, told, self.now).same.items())
            # AMBIGUOUS: graduates under a former operator. Read: they are told, as the other events of the facility are.
            former = paired(self.archive, told, self.then).same
            links |= {(new, former[old]) for new, old in self.pairs.successors.items() if old in former}
            for place, old in links:
                if told[old].operating and self._inside(told[old]):
                    found[place] = found.get(place, Fraction(0)) + (told[old].number("new_graduates") or 0)
        return found

    def _row(
        self,
        event: str,
        facility: Facility,
        *,
        before: Value = None,
        after: Value = None,
        value: Fraction | None = None,
        document: Value = None,
    ) -> Record:
        source, place = self.archive.source(facility.claims[0].row)
        sheet, cell = name_cell(self.world, source, place)
        return {
            "event": event,
            "facility": facility.value("name"),
            "kind": facility.value("kind"),
            "credited_to": sorted(facility.credited, key=self.order.index),
            "before": before,
            "after": after,
            "value": rounded(value),
            "document": document,
            "amount": rounded(self._amount(event, after, value)),
            "file": source.file,
            "sheet": sheet,
            "cell": cell,
        }

    def _amount(self, event: str, after: Value, value: Fraction | None) -> Fraction | None:
        for reward in self.world.office.rewards:
            if reward.event == event and reward.to in {None, after}:
                return reward.amount * (1 if value is None else value)
        return None

    def _totals(self, rows: list[Record]) -> list[Record]:
        """The city's, each facility once, then the units'."""
        found = []
        for unit in (None, *(one.id for one in self.world.participants)):
            for event in EVENTS:
                mine = [row for row in rows if row["event"] == event and (unit is None or unit in row["credited_to"])]
                amounts = [row["amount"] for row in mine if row["amount"] is not None]
                count = sum(row["value"] for row in mine) if event == "graduated" else len(mine)
                if mine:
                    total = sum(amounts) if amounts else None
                    found.append({"unit": unit, "event": event, "count": count, "amount": total})
        return found


def _titles(facility: Facility) -> frozenset[str]:
    titles = facility.value("demonstration")
    return titles if isinstance(titles, frozenset) else frozenset()
