"""What a shell is offered behind an option: the units and indicators of the nearest plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.cli.complete import indicators, units

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_units_and_indicators_of_the_nearest_plan() -> None:
    assert list(units("dong")) == [("dongan", "东安区"), ("dongning", "东宁市")]
    assert list(indicators("inc")) == [("incubators", "孵化器")]
    assert list(units("suifenhe")) == []  # takes no part


def test_nothing_where_there_is_no_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(units("")) == []
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "targets.yaml").write_text("schema: 1\n", "utf-8")  # no plan yet
    assert list(indicators("")) == []
