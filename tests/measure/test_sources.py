"""The returns behind the figures, each once, also where it stands for several quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.county import HEAD, NIL, RETURNS, county

if TYPE_CHECKING:
    from pathlib import Path

    from mdj_plan.assessment import Assessment
    from mdj_plan.period import Period


def told(a: Assessment, *periods: Period) -> list[str]:
    return [
        f"{each.unit.id} {each.member or '-'} {each.period} {each.file} v{each.version}" for each in a.sources(periods)
    ]


def test_of_a_quarter_and_of_all(tmp_path: Path) -> None:
    a = county(tmp_path, returns=RETURNS | {"2017Q2/春区.v2.csv": NIL})
    now = [
        "spring - 2017Q2 2017Q2/春区.v2.csv v2",
        "summer - 2017Q2 2017Q2/夏区.csv v1",
        "winter - 2017Q2 2017Q2/冬区.csv v1",
        "zone 甲园 2017Q2 2017Q2/甲园.csv v1",
        "zone 乙园 2017Q1 2017Q1/乙园.csv v1",  # stands in
        "office - 2017Q2 2017Q2/商务局.csv v1",
    ]
    assert told(a, a.period) == now
    # of the first quarter 春区's alone is another: 乙园's has been named
    assert told(a, a.period.shift(-1), a.period) == [now[0], "spring - 2017Q1 2017Q1/春区.csv v1", *now[1:]]
    assert told(a) == []


def test_what_is_known_of_a_return(tmp_path: Path) -> None:
    a = county(tmp_path, returns={"2017Q2/春区.csv": f"报出日期,2017-07-10\n{HEAD}\n春风孵化器,孵化器,,运营,1,0\n"})
    (source,) = a.sources([a.period])
    assert (source.received and source.received.isoformat(), len(source.sha256)) == ("2017-07-10", 64)
