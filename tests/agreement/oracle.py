"""The figures of a world, worked out a second time, straight from the contract and in the plainest way."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.agreement.world import NUMBERS, PREFIXES, Period, Return, World, shift, shown

Claim = dict[str, Any]


def plain(number: Any) -> Any:
    """To four decimals, half up."""
    if number is None:
        return None
    exact = Fraction(number)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return float(scaled.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP))


def key_of(name: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())
    while True:
        fits = [p for p in PREFIXES if text.startswith(p) and len(p) < len(text)]
        if not fits:
            return text
        text = text[len(max(fits, key=len)) :]


class Oracle:
    """Works everything out from the world, at any period."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.units = {u["id"]: u for u in world.plan["units"]}
        taking = [u for u in world.plan["units"] if u.get("participates", True)]
        self.order = [u["id"] for u in taking if u["kind"] == "district"] + [
            u["id"] for u in taking if u["kind"] != "district"
        ]
        self.indicators = {i["id"]: i for i in world.plan["indicators"]}
        year, quarter = world.plan["plan"]["start"].split("Q")
        self.start = (int(year), int(quarter))
        self.aliases = {}
        kinds = {"孵化器": "incubator", "众创空间": "makerspace", "大学科技园": "science_park"}
        for name, kind, alias, alias_kind in world.aliases:
            self.aliases[kinds[alias_kind], key_of(alias)] = (kinds[kind], key_of(name))
        self.filed: dict[tuple[str, str | None], dict[Period, Return]] = {}
        for each in sorted(world.returns, key=lambda r: r.version):
            self.filed.setdefault((each.unit, each.member), {})[each.period] = each
        for (unit, member), by_period in list(self.filed.items()):
            if member is not None:  # a whole return beside it stands alone
                for period in list(by_period):
                    if period in self.filed.get((unit, None), {}):
                        del by_period[period]

    # -- which return counts -------------------------------------------------------------------------------------

    def latest(self, unit: str, member: str | None, period: Period) -> Return | None:
        filed = self.filed.get((unit, member), {})
        fitting = [p for p in filed if p <= period]
        return filed[max(fitting)] if fitting else None

    def parts(self, unit: str, period: Period) -> list[tuple[str | None, Return | None]]:
        whole = self.latest(unit, None, period)
        singly = [(m, self.latest(unit, m, period)) for m in self.units[unit].get("members", [])]
        newest = max((r.period for _, r in singly if r), default=None)
        if newest is None or (whole and whole.period >= newest):
            return [(None, whole)]
        return singly

    def reporting(self, unit: str, period: Period) -> str:
        found = [r for _, r in self.parts(unit, period)]
        if not any(found):
            return "missing"
        return "reported" if all(r and r.period == period for r in found) else "carried"

    # -- what a return says --------------------------------------------------------------------------------------

    def canon(self, claim: Claim) -> tuple[str, str]:
        key = (claim["kind"], key_of(claim["name"]))
        seen = {key}
        while key in self.aliases and self.aliases[key] not in seen:
            key = self.aliases[key]
            seen.add(key)
        return key

    def sifted(self, ret: Return) -> tuple[list[Claim], bool]:
        """The claims that count, and whether a row was unusable."""
        unit = self.units[ret.unit]
        own = "region" if unit["kind"] == "district" else "department"
        claims, short = [], False
        for row in ret.rows:
            claim = {name: value for name, (_, value) in row.items()}
            if claim["name"] is None or claim["kind"] is ValueError or claim["state"] is ValueError:
                short = True
                continue
            claim = {name: None if value is ValueError else value for name, value in claim.items()}
            if claim[own] not in (None, unit["id"]) and not unit.get("lies_in_districts"):
                continue
            claim[own] = claim[own] or unit["id"]
            claims.append(claim | {"by": unit["id"]})
        kept = [group[0] for same in self.grouped(claims) for group in [same]]
        return [c for c in claims if any(c is k for k in kept)], short

    def grouped(self, claims: list[Claim]) -> list[list[Claim]]:
        groups: dict[Any, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(self.canon(claim), []).append(claim)
        found = []
        for group in groups.values():
            codes = {c["credit_code"] for c in group} - {None}
            if len(codes) < 2:
                found.append(group)
                continue
            found += [
                [c for c in group if c["credit_code"] == code]
                for code in dict.fromkeys(c["credit_code"] for c in group)
                if code
            ]
            found += [[c] for c in group if c["credit_code"] is None]
        return found

    def says(self, ret: Return) -> tuple[list[Claim], bool, bool]:
        """Claims, whether a stock is short of a row, whether a flow is."""
        if ret.kind != "unchanged":
            claims, short = self.sifted(ret)
            return claims, short, short
        earlier = [p for p in self.filed[ret.unit, ret.member] if p < ret.period]
        if not earlier:
            return [], False, False
        claims, short, _ = self.says(self.filed[ret.unit, ret.member][max(earlier)])
        flows = {"new_graduates"} | {i["sum"] for i in self.indicators.values() if i.get("over")}
        return [c | dict.fromkeys(flows, 0) for c in claims], short, False

    # -- figures -------------------------------------------------------------------------------------------------

    def facilities(self, period: Period, *, fresh: bool) -> list[dict[str, Any]]:
        claims = []
        for unit in self.order:
            for _, ret in self.parts(unit, period):
                if ret and (not fresh or ret.period == period):
                    claims += self.says(ret)[0]
        found = []
        for group in self.grouped(claims):
            values = {}
            for name in group[0]:
                values[name] = next((c[name] for c in group if c[name] is not None), None)
            credited = {c["by"] for c in group} | {c["department"] for c in group}
            credited |= {c["region"] for c in group if not self.units[c["by"]].get("lies_in_districts")}
            outside = any(c["region"] and not self.units[c["region"]].get("participates", True) for c in group)
            operating = values["state"] in (None, "operating")
            by = list(dict.fromkeys(c["by"] for c in group))
            found.append(
                {**values, "credited": credited - {None}, "outside": outside, "operating": operating, "all_by": by}
            )
        return found

    def admitted(
        self, indicator: dict[str, Any], unit: str | None, period: Period, *, fresh: bool
    ) -> list[dict[str, Any]]:
        found = []
        for f in self.facilities(period, fresh=fresh):
            if f["outside"] or not f["operating"] or (unit and unit not in f["credited"]):
                continue
            fits = True
            for name, wanted in indicator.get("where", {}).items():
                allowed = [wanted] if isinstance(wanted, str) else wanted
                value = f[name]
                if name == "level":
                    value = value or "none"
                if name == "demonstration":
                    fits = fits and bool(set(value or ()) & set(allowed))
                else:
                    fits = fits and value in allowed
            if fits:
                found.append(f)
        return found

    def figure(self, indicator: dict[str, Any], rows: list[dict[str, Any]]) -> Any:
        if indicator.get("count"):
            return len(rows)
        stated = [r[indicator["sum"]] for r in rows if r[indicator["sum"]] is not None]
        if rows and not stated:
            return None
        return sum((Decimal(str(v)) for v in stated), Decimal(0))

    def ever(self, unit: str | None, period: Period, *, only: bool = False) -> bool:
        for by, filed in self.filed.items():
            if by[0] not in self.order:
                continue
            for each, ret in filed.items():
                if each > period or (only and each != period):
                    continue
                if unit is None or by[0] == unit:
                    return True
                lies = self.units[by[0]].get("lies_in_districts")
                for claim in self.says(ret)[0]:
                    if claim["department"] == unit or (claim["region"] == unit and not lies):
                        return True
        return False

    def span(self, period: Period) -> list[Period]:
        found, each = [], self.start
        while each <= period:
            found.append(each)
            each = shift(each, 1)
        return found

    def actual(self, indicator: dict[str, Any], unit: str | None, period: Period) -> tuple[Any, bool]:
        field = indicator.get("sum")
        owners = self.order if unit is None else [unit]
        if indicator.get("over"):
            rows = [r for each in self.span(period) for r in self.admitted(indicator, unit, each, fresh=True)]
            short = False
            for each in self.span(period):
                for owner in owners:
                    parts = self.parts(owner, each)
                    short = short or any(r is None or r.period != each for _, r in parts)
                    short = short or any(self.says(r)[2] for _, r in parts if r and r.period == each)
        else:
            rows = self.admitted(indicator, unit, period, fresh=False)
            short = any(self.says(r)[1] for owner in owners for _, r in self.parts(owner, period) if r)
        blank = bool(field) and any(r[field] is None for r in rows)
        return (self.figure(indicator, rows) if self.ever(unit, period) else None), short or blank

    def reported(self, indicator: dict[str, Any], unit: str | None, period: Period) -> Any:
        if indicator.get("over"):
            return self.actual(indicator, unit, period)[0]
        if not self.ever(unit, period, only=True):
            return None
        return self.figure(indicator, self.admitted(indicator, unit, period, fresh=True))

    # -- against the plan ----------------------------------------------------------------------------------------

    def owed(self) -> list[dict[str, Any]]:
        end = self.world.plan["plan"]["end"]
        rows = [{**t, "unit": None, "due": t.get("due", end)} for t in self.world.plan["targets"]]
        for q in self.world.quotas:
            indicator = next(i["id"] for i in self.indicators.values() if i["name"]["zh"] == q["指标"])
            who = [
                u["id"]
                for u in self.units.values()
                if (u.get("group") == "g" if q["责任单位"] == "各区" else u["name"]["zh"] == q["责任单位"])
            ]
            due = q["完成时限"] or end
            dated = {name: Decimal(v) for name, v in q.items() if name[:2] == "20" and v and name < due}
            for unit in who:
                rows.append(
                    {
                        "indicator": indicator,
                        "value": int(q["目标"]),
                        "unit": unit,
                        "due": due,
                        "clause": q["依据"],
                        "baseline": int(q["基数"] or 0),
                        "milestones": dated,
                    }
                )
        rows = [r for r in rows if r["unit"] is None or r["unit"] in self.order]
        place = {None: -1, **{u: i for i, u in enumerate(self.order)}}
        number = {i: n for n, i in enumerate(self.indicators)}
        return sorted(rows, key=lambda r: (place[r["unit"]], number[r["indicator"]]))

    def month(self, year: int, month: int) -> int:
        return (year - self.start[0]) * 12 + month - (self.start[1] * 3 - 2) + 1

    def end_of(self, period: str) -> int:
        year, quarter = period.split("Q")
        return self.month(int(year), int(quarter) * 3)

    def schedule(self, row: dict[str, Any], at: int) -> Fraction:
        line = [(0, Fraction(row.get("baseline", 0)))]
        line += sorted((self.end_of(p), Fraction(v)) for p, v in row.get("milestones", {}).items())
        line.append((self.end_of(row["due"]), Fraction(row["value"])))
        if at <= 0:
            return line[0][1]
        for (m0, v0), (m1, v1) in itertools.pairwise(line):
            if m0 <= at <= m1:
                return v0 + (v1 - v0) * Fraction(at - m0, m1 - m0)
        return line[-1][1]

    def status(self, row: dict[str, Any], actual: Any, at: int) -> str:
        if actual is None:
            return "not_reported"
        if actual >= row["value"]:
            return "done"
        due, real = self.schedule(row, at), Fraction(actual)
        if real >= due or (self.whole(row) and real >= math.floor(due)):
            return "on_schedule"
        lag = (due - real) / row["value"] * 100
        status = "slightly_behind"
        for band in self.world.plan["bands"]:
            if ("from" in band and lag >= band["from"]) or ("over" in band and lag > band["over"]):
                status = band["status"]
        return status

    def whole(self, row: dict[str, Any]) -> bool:
        return self.indicators[row["indicator"]].get("sum") not in {"area_m2", "fund_10k"}

    def gap(self, row: dict[str, Any]) -> dict[str, Any]:
        world, indicator, unit = self.world, self.indicators[row["indicator"]], row["unit"]
        period, at = world.period, self.month(*world.as_of)
        actual, incomplete = self.actual(indicator, unit, period)
        due = self.schedule(row, at)
        before = shift(period, -1)
        previous = self.status(row, self.actual(indicator, unit, before)[0], self.end_of(shown(before)))
        status = self.status(row, actual, at)
        left = Fraction(self.end_of(row["due"]) - at, 3)
        needed: Any = None
        if actual is not None:
            gap = Fraction(row["value"]) - Fraction(actual)
            if gap <= 0:
                needed = 0
            elif left > 0:
                needed = math.ceil(gap / left) if self.whole(row) else gap / left
        words = {self.reporting(u, period) for u in self.order}
        city = words.pop() if words in ({"reported"}, {"missing"}) else "partial"
        return {
            "unit": unit,
            "indicator": row["indicator"],
            "baseline": plain(row.get("baseline", 0)),
            "target": plain(row["value"]),
            "due": row["due"],
            "actual": plain(actual),
            "actual_reported": plain(self.reported(indicator, unit, period)),
            "gap": None if actual is None else plain(Fraction(row["value"]) - Fraction(actual)),
            "attainment": None if actual is None else plain(Fraction(actual) / row["value"]),
            "schedule": plain(due),
            "lag_points": None if actual is None else plain((due - Fraction(actual)) / row["value"] * 100),
            "status": status,
            "previous_status": previous,
            "recovered": previous == world.plan["bands"][-1]["status"] and status in ("done", "on_schedule"),
            "needed_per_quarter": plain(needed),
            "forecast": plain(self.forecast(indicator, unit, actual, left)),
            "reporting": city if unit is None else self.reporting(unit, period),
            "incomplete": incomplete,
            "clause": row["clause"],
        }

    def forecast(self, indicator: dict[str, Any], unit: str | None, actual: Any, left: Fraction) -> Any:
        if actual is None or left <= 0:
            return actual
        for back in (4, 3, 2, 1):
            then = self.actual(indicator, unit, shift(self.world.period, -back))[0]
            if then is not None:
                return Fraction(actual) + left * (Fraction(actual) - Fraction(then)) / back
        return None

    def duties(self) -> list[dict[str, Any]]:
        found = []
        for unit in self.order:
            for duty in self.world.plan["duties"]:
                if duty["unit"] != unit:
                    continue
                told = {
                    p: d for p, r in self.filed.get((unit, None), {}).items() for d in r.duties if d[0] == duty["id"]
                }
                now = told.get(self.world.period)
                sums = [d[1] for p, d in told.items() if self.start <= p <= self.world.period and d[1] is not None]
                found.append(
                    {
                        "unit": unit,
                        "duty": duty["id"],
                        "status": now[2] if now else "silent",
                        "progress_total": plain(sum(sums)) if sums else None,
                        "clause": "三",
                    }
                )
        return found

    def submissions(self) -> list[dict[str, Any]]:
        found = []
        period = self.world.period
        first = dt.date(period[0] + (period[1] == 4), period[1] * 3 % 12 + 1, 1)
        due = first - dt.timedelta(days=1) + dt.timedelta(days=self.world.plan["due_days"])
        for unit in self.order:
            parts = self.parts(unit, period)
            states = [self.state(r, due) for _, r in parts]
            singly = parts[0][0] is not None
            ret = None if singly else parts[0][1]
            status = states[0]
            if singly:
                here = [s in {"received", "late"} for s in states]
                status = (
                    ("late" if "late" in states else "received") if all(here) else "partial" if any(here) else "carried"
                )
            facilities = (
                sum(unit in f["all_by"] for f in self.facilities(period, fresh=False))
                if any(r for _, r in parts)
                else None
            )
            newest = max((r.period for _, r in parts if r), default=None)
            found.append(
                {
                    "unit": unit,
                    "status": status,
                    "due": due.isoformat(),
                    "return_period": shown(newest) if newest else None,
                    "received": self.received(ret) if ret else None,
                    "version": ret.version if ret else None,
                    "file": ret.file if ret else None,
                    "facilities": facilities,
                    "members": [
                        {
                            "member": m,
                            "status": s,
                            "received": self.received(r) if r else None,
                            "version": r.version if r else None,
                            "file": r.file if r else None,
                        }
                        for (m, r), s in zip(parts, states, strict=True)
                    ]
                    if singly
                    else [],
                }
            )
        return found

    def received(self, ret: Return) -> str | None:
        return ret.receipt[:10] if ret.receipt else ret.reported

    def state(self, ret: Return | None, due: dt.date) -> str:
        if ret is None:
            return "missing"
        if ret.period != self.world.period:
            return "carried"
        received = self.received(ret)
        return "late" if received and received > due.isoformat() else "received"

    def overlaps(self) -> list[tuple[Any, ...]]:
        return sorted(
            (f["kind"], sorted(f["all_by"]), sorted(f["credited"]))
            for f in self.facilities(self.world.period, fresh=False)
            if f["operating"] and len(f["all_by"]) > 1
        )


assert set(NUMBERS) >= {"area_m2", "fund_10k"}
