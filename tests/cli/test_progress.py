"""Progress on a terminal: a bar while there is much to read, and no trace of it when there is something to say."""

from __future__ import annotations

import pytest

from mdj_plan.cli import progress
from mdj_plan.messages import messages


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "on_terminal", lambda descriptor: True)


def test_the_bar_is_gone_when_all_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress_bar(messages("en")) as draw:
        assert draw is not None
        draw(0, 64)
        draw(32, 64)
        assert capsys.readouterr().err.endswith("\rReading " + "█" * 15 + "░" * 15 + " 32/64 ")
        draw(64, 64)
        assert capsys.readouterr().err == "\r" + " " * 70 + "\r"
    assert capsys.readouterr().err == ""


def test_it_is_gone_too_where_reading_stops_short(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress_bar(messages("en")) as draw:
        assert draw is not None
        draw(8, 64)
        capsys.readouterr()
    assert capsys.readouterr().err == "\r" + " " * 70 + "\r"


def test_few_files_have_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress_bar(messages("en")) as draw:
        assert draw is not None
        for done in range(9):
            draw(done, 8)
    assert capsys.readouterr().err == ""
