"""The folder of what is kept: bounded, whole or not at all, and of nobody else's making."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from mdj_plan.kept import shelf as shelves
from mdj_plan.kept.program import LIBRARIES, ROOMS, program_digest
from mdj_plan.kept.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mdj-plan" / "kept"


def test_an_entry_is_found_by_its_name_and_by_what_it_was_made_of(folder: Path) -> None:
    Shelf(folder).put("a", "of this", b"content")
    assert Shelf(folder).take("a", "of this") == b"content"
    assert Shelf(folder).take("a", "of that") is None
    assert Shelf(folder).take("b", "of this") is None


def test_an_entry_under_the_name_of_another_is_none(folder: Path) -> None:
    Shelf(folder).put("a", "same", b"figures of a")
    (folder / "a").rename(folder / "b")
    assert Shelf(folder).take("b", "same") is None


def test_no_flipped_bit_is_overlooked(folder: Path) -> None:
    shelf = Shelf(folder)
    shelf.put("a", "x", b'{"value": 50}')
    whole = (folder / "a").read_bytes()
    for place in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1
        (folder / "a").write_bytes(spoilt)
        assert shelf.take("a", "x") is None
    for length in range(len(whole)):
        (folder / "a").write_bytes(whole[:length])
        assert shelf.take("a", "x") is None


def test_a_pipe_in_the_place_of_an_entry_holds_nobody_up(folder: Path) -> None:
    shelf = Shelf(folder)
    shelf.put("a", "x", b"content")
    (folder / "a").unlink()
    os.mkfifo(folder / "a")
    assert shelf.take("a", "x") is None


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path, folder: Path) -> None:
    Shelf(folder).put("a", "x", b"content")
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert Shelf(folder).take("a", "x") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_what_belongs_to_somebody_else_is_not_believed(folder: Path) -> None:
    Shelf(folder).put("a", "x", b"content")
    for path in (folder / "a", folder, folder.parent):
        os.chown(path, 12345, -1)
        assert Shelf(folder).take("a", "x") is None
        os.chown(path, os.geteuid(), -1)
    assert Shelf(folder).take("a", "x") == b"content"


def test_two_who_write_at_once_leave_one_whole_entry(folder: Path) -> None:
    contents = [bytes([n]) * 300_000 for n in range(4)]

    def write(content: bytes) -> None:
        for _ in range(20):
            Shelf(folder).put("a", "x", content)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert Shelf(folder).take("a", "x") in {None, *contents}
    assert Shelf(folder).take("a", "x") in contents
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_it_stays_within_its_bounds_and_the_oldest_use_goes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST_ENTRIES", 3)
    for age, name in enumerate("abcde"):
        Shelf(folder).put(name, "x", b"content")
        os.utime(folder / name, (0, time.time() - 40 * 86_400 + age))
    Shelf(folder).take("a", "x")
    shelf = Shelf(folder)
    shelf.put("f", "x", b"content")
    shelf.prune()
    assert sorted(path.name for path in folder.iterdir()) == ["a", "e", "f"]


def test_what_one_run_uses_is_not_taken_from_it_whatever_the_clock_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST_BYTES", 200)
    monkeypatch.setattr("mdj_plan.kept.shelf.time.time", lambda: 0.0)
    shelf = Shelf(folder)
    for name in "abcde":
        shelf.put(name, "x", b"c" * 100)
    shelf.prune()
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b", "c", "d", "e"]
    other = Shelf(folder)
    other.put("f", "x", b"content")
    other.prune()
    assert "f" in {path.name for path in folder.iterdir()}
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 200


def test_what_a_killed_run_left_half_written_goes_after_a_day(folder: Path) -> None:
    shelf = Shelf(folder)
    shelf.put("a", "x", b"content")
    (folder / ".b.1.2").write_bytes(b"half")
    (folder / ".c.1.2").write_bytes(b"half")
    os.utime(folder / ".b.1.2", (0, time.time() - 2 * 86_400))
    shelf.prune()
    assert sorted(path.name for path in folder.iterdir()) == [".c.1.2", "a"]


@pytest.mark.parametrize(("said", "kept"), [("1", False), ("yes", False), ("0", True), ("", True)])
def test_the_environment_may_forbid_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, kept: bool) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("MDJ_PLAN_NO_CACHE", said)
    Shelf.of_user().put("a", "x", b"content")
    assert (tmp_path / "mdj-plan").exists() is kept


def test_a_relative_folder_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    Shelf.of_user().put("a", "x", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Shelf(folder).put("a", "x", b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    Shelf(folder).put("a", "x", b"after")
    assert [path.name for path in folder.iterdir()] == ["a"]
    assert Shelf(folder).take("a", "x") == b"before"


def imports(rooms: tuple[str, ...]) -> set[str]:
    import ast

    found = set()
    for name in rooms:
        for path in Path("src/mdj_plan", name).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.split(".")[0])
                elif isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
    return found


def test_every_library_that_reading_leans_on_counts_for_the_digest() -> None:
    import sys

    named = {"stdnum": "python_stdnum", "ruamel": "ruamel_yaml"}
    foreign = {named.get(n, n) for n in imports(ROOMS) - sys.stdlib_module_names - {"mdj_plan"}}
    assert foreign <= LIBRARIES


def test_the_program_is_told_by_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from mdj_plan.kept import program

    package = tmp_path / "mdj_plan"
    shutil.copytree("src/mdj_plan", package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(program, "__file__", str(package / "kept" / "program.py"))
    digests = []
    for change in ("", "intake/layout/headers.csv", "names.py", "plan/units.py", "readings/written.py"):
        if change:
            file = package / change
            told = file.stat()
            text = file.read_text("utf-8")
            file.write_text(text.replace("e", "f", 1), "utf-8")
            os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
        program_digest.cache_clear()
        digests.append(program_digest())
    program_digest.cache_clear()
    assert len(set(digests)) == len(digests)
