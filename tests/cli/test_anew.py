"""A run that believed what somebody else has kept for it is run anew without; a defect of ours is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.cli.app import run
from mdj_plan.cli.options import Asked
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.load import load_plan
from mdj_plan.readings.needs import needs_digest
from tests.folders import lay_out
from tests.gallery.examples import PLAN, QUOTAS, clean

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path, PLAN, QUOTAS, clean())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MDJ_PLAN_LANG", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def forge(folder: Path, old: bytes, new: bytes) -> int:
    """Change all readings that are kept, and their checksums with them; how many were changed."""
    shelf, of, changed = Shelf.of_user(), needs_digest(load_plan(folder / "config" / "targets.yaml")), 0
    for path in (folder / "cache").rglob("*.readings"):
        content = shelf.take(path.name, of) or b""
        changed += content.count(old)
        shelf.put(path.name, of, content.replace(old, new))
    return changed


@pytest.mark.parametrize("command", [["check"], ["status"], ["explain", "incubators"], ["check", "--format", "json"]])
def test_figures_that_became_texts_end_no_run(folder: Path, capsys: Capture, command: list[str]) -> None:
    code, said = run([*command, "--no-cache"]), capsys.readouterr()
    run(["check"])
    assert forge(folder, b'["number",', b'["lumber",') > 0
    capsys.readouterr()
    assert (run(command), capsys.readouterr()) == (code, said)


def test_a_defect_is_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:

    def faulty(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("mdj_plan.run.read_archive", faulty)
    assert run(["check"]) == 70
    said = capsys.readouterr()
    assert (said.out, said.err.count("ZeroDivisionError: ours")) == ("", 1)


@pytest.mark.parametrize(
    ("command", "times"), [("check", 2), ("receive", 1), ("close", 1), ("actions", 1), ("accept", 1)]
)
def test_what_adds_to_the_offices_tables_is_not_done_twice_for_a_defect(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str, times: int
) -> None:
    done = []

    def faulty(asked: Asked) -> int:
        done.append(asked)
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(f"mdj_plan.cli.{command}.{command}", faulty)
    assert run([command]) == 70
    assert len(done) == times
    assert capsys.readouterr().err.count("ZeroDivisionError: ours") == 1
