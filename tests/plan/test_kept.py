"""A plan that was found good is not validated again, and never outlives a change of its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from mdj_plan.plan import kept
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.problems import PlanError
from tests.plan.test_load import write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the cache folder is set by XDG_CACHE_HOME")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "mdj-plan"


def settled(folder: Path) -> Path:
    """The plan of `test_load`, written a minute ago."""
    path = write(folder)
    for file in (path, path.with_name("quotas.csv")):
        os.utime(file, (0, file.stat().st_mtime - 60))
    return path


def edited(path: Path, old: str, new: str) -> None:
    before = path.stat().st_mtime
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(path, (0, before))  # not even its time tells


def test_a_kept_plan_is_the_plan_that_was_validated(tmp_path: Path, cache: Path) -> None:
    path = settled(tmp_path)
    assert kept.recall(path) is None
    validated = load_plan(path)
    recalled = kept.recall(path)
    assert recalled == validated
    assert recalled is not validated
    assert [entry.suffix for entry in cache.iterdir()] == [".plan"]


def test_a_changed_plan_file_is_validated_again(tmp_path: Path, cache: Path) -> None:
    path = settled(tmp_path)
    load_plan(path)
    edited(path, "value: 10", "value: 12")
    assert load_plan(path).targets[0].value == Decimal(12)
    edited(path, "value: 12", "value: none")
    with pytest.raises(PlanError):
        load_plan(path)


def test_a_changed_quota_table_is_read_again(tmp_path: Path, cache: Path) -> None:
    path = settled(tmp_path)
    load_plan(path)
    edited(path.with_name("quotas.csv"), "市办,incubators,1", "市办,incubators,2")
    assert [t.value for t in load_plan(path).targets if t.unit == "office"] == [Decimal(2)]


def test_the_same_bytes_elsewhere_are_another_plan(tmp_path: Path, cache: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        assert load_plan(settled(tmp_path / name)).submissions == (tmp_path / name / "returns").resolve()
    assert load_plan(tmp_path / "a" / "targets.yaml").submissions == (tmp_path / "a" / "returns").resolve()


def test_files_written_just_now_are_not_kept(tmp_path: Path, cache: Path) -> None:
    load_plan(write(tmp_path))
    assert not cache.exists()


def no_pickle(entry: Path) -> None:
    entry.write_bytes(b"\x80 no pickle")


def another_shape(entry: Path) -> None:
    entry.write_bytes(b"\x80\x04]\x94.")


@pytest.mark.parametrize("spoil", [no_pickle, another_shape, Path.unlink])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, cache: Path, spoil: Callable[[Path], None]) -> None:
    path = settled(tmp_path)
    plan = load_plan(path)
    spoil(next(cache.iterdir()))
    assert kept.recall(path) is None
    assert load_plan(path) == plan
    assert kept.recall(path) == plan


def test_a_cache_that_cannot_be_written_hinders_nobody(tmp_path: Path, cache: Path) -> None:
    cache.parent.write_text("a file where the folder should be", "utf-8")
    path = settled(tmp_path)
    assert load_plan(path) == load_plan(path)


def test_nor_does_a_user_without_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    path = settled(tmp_path)
    assert load_plan(path) == load_plan(path)


def test_the_quotas_of_a_linked_plan_lie_beside_the_plan_itself(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    path = settled(tmp_path / "a")
    link = tmp_path / "b" / "targets.yaml"
    link.symlink_to(path)
    (tmp_path / "b" / "quotas.csv").write_text("责任单位,指标,目标\n市办,incubators,9\n", "utf-8")
    for plan in (load_plan(link), load_plan(path)):
        assert [t.value for t in plan.targets if t.unit == "office"] == [Decimal(1)]


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", "home/.cache/mdj-plan"),
        ("darwin", "home/Library/Caches/mdj-plan"),
        ("win32", "local/mdj-plan/Cache"),
    ],
)
def test_it_lies_where_each_system_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, folder: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    load_plan(settled(tmp_path))
    assert len(list((tmp_path / folder).glob("*.plan"))) == 1
