"""The units' figures added up beside the city's own."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tests.reports.town import settle


def test_a_facility_that_two_units_claim_is_the_overlap(tmp_path: Path) -> None:
    town = settle(tmp_path)  # 春风孵化器 is claimed by 东区 and by 商务局
    assert [(row.indicator.id, row.net, row.gross) for row in town.sums] == [
        ("incubators", 2, Fraction(3)),
        ("area", town.sums[1].net, Fraction("2500.5")),
        ("graduates", 3, Fraction(5)),
    ]
    assert [row.overlap for row in town.sums] == [1, 1000, 2]


def test_history_and_what_cannot_be_used(tmp_path: Path) -> None:
    town = settle(tmp_path)
    assert {str(period): [state.status for state in states] for period, states in town.history.items()} == {
        "2017Q1": ["received", "missing", "missing"],
        "2017Q2": ["received", "missing", "received"],
    }
    assert town.unusable == frozenset()
