"""A plan that was found good is not validated again, and never outlives a change of its files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from mdj_plan.kept.plain import is_record
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan import entries, kept
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.plan.problems import PlanError
from mdj_plan.plan.validate import validated
from tests.plan.test_load import write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the cache folder is set by XDG_CACHE_HOME")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "mdj-plan" / "kept"


def recalled_(path: Path) -> Plan | None:
    return kept.recall(path, Shelf.of_user())


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
    assert recalled_(path) is None
    validated = load_plan(path)
    recalled = recalled_(path)
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


@pytest.mark.parametrize("name", ["targets.yaml", "quotas.csv"])
def test_a_plan_whose_files_change_while_they_are_read_is_not_kept(tmp_path: Path, cache: Path, name: str) -> None:
    path = settled(tmp_path)
    file = path.with_name(name)
    looks = iter(range(9))

    def meanwhile(path: Path) -> Plan:
        plan = validated(path)
        file.write_bytes(file.read_bytes() + b"\n" * next(looks))
        return plan

    shelf = Shelf.of_user()
    kept.validated_and_kept(path, shelf, meanwhile)
    kept.validated_and_kept(path, shelf, meanwhile)
    assert recalled_(path) is None


def test_every_file_of_the_plan_that_validating_opens_is_looked_at_again(tmp_path: Path) -> None:
    path = settled(tmp_path)
    script = (
        "import sys; from pathlib import Path; from mdj_plan.plan.validate import validated; from mdj_plan.plan import kept\n"
        "opened = set(); sys.addaudithook(lambda name, args: opened.add(str(args[0])) if name == 'open' else None)\n"
        "plan = validated(Path(sys.argv[1])); here = str(Path(sys.argv[1]).parent)\n"
        "print(*sorted(n for n in opened if n.startswith(here)), '|', plan.path, *kept.named(plan))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    opened, looked_at = done.stdout.split("|")
    assert opened.split()
    assert set(opened.split()) <= set(looked_at.split())


def test_every_record_of_a_plan_can_be_kept(tmp_path: Path) -> None:
    plan = load_plan(Path("config/targets.yaml"), Shelf(None))
    assert kept.plan_of(kept.bytes_of(plan)) == plan
    records = {cls for cls in vars(entries).values() if is_record(cls)}
    assert {cls.__name__ for cls in records} <= kept.RECORDS


def no_pickle(entry: Path) -> None:
    entry.write_bytes(b"\x80 no pickle")


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:100])


def a_figure_altered(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes().replace(b'"10"', b'"90"', 1))


def writable_by_others(entry: Path) -> None:
    entry.chmod(0o666)


def in_a_folder_of_everybody(entry: Path) -> None:
    entry.parent.chmod(0o777)


def in_a_folder_under_one_of_everybody(entry: Path) -> None:
    entry.parent.parent.chmod(0o777)


def linked(entry: Path) -> None:
    entry.rename(entry.with_name("elsewhere"))
    entry.symlink_to(entry.with_name("elsewhere"))


SPOILT = [no_pickle, cut, a_figure_altered, writable_by_others, linked, Path.unlink]


@pytest.mark.parametrize("spoil", [in_a_folder_of_everybody, in_a_folder_under_one_of_everybody])
def test_nothing_is_believed_where_others_may_write(tmp_path: Path, cache: Path, spoil: Callable[[Path], None]) -> None:
    path = settled(tmp_path)
    plan = load_plan(path)
    spoil(next(cache.iterdir()))
    assert recalled_(path) is None
    assert load_plan(path) == plan
    assert recalled_(path) is None


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_damaged_entry_is_made_anew(tmp_path: Path, cache: Path, spoil: Callable[[Path], None]) -> None:
    path = settled(tmp_path)
    plan = load_plan(path)
    spoil(next(cache.iterdir()))
    assert recalled_(path) is None
    assert load_plan(path) == plan
    assert recalled_(path) == plan


def test_a_cache_that_cannot_be_written_hinders_nobody(tmp_path: Path, cache: Path) -> None:
    cache.parent.parent.write_text("a file where the folder should be", "utf-8")
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
        ("linux", "home/.cache/mdj-plan/kept"),
        ("darwin", "home/Library/Caches/mdj-plan/kept"),
        ("win32", "local/mdj-plan/Cache/kept"),
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
