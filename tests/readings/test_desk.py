"""A return is read once in its life, and the same comes out, whether it was kept or read, and by whom."""

from __future__ import annotations

import dataclasses
import faulthandler
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mdj_plan.archive.holdings import read_archive
from mdj_plan.archive.inbox import handed_over
from mdj_plan.intake.handed import Opened
from mdj_plan.intake.reader import Reader
from mdj_plan.intake.submission import Submission
from mdj_plan.kept.broken import Broken
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.entries import PlanFile
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.readings.desk import Desk, bundled
from mdj_plan.readings.needs import APART, needs_digest
from mdj_plan.readings.written import decode, encode
from tests.folders import lay_out
from tests.gallery.examples import EXAMPLES, PLAN, QUOTAS, clean


def laid_out(folder: Path, files: dict[str, bytes]) -> Plan:
    """A plan folder of the gallery with these returns."""
    return load_plan(lay_out(folder, PLAN, QUOTAS, files), Shelf(None))


def typed(read: Submission) -> list[str]:
    """What stands in every cell of its rows."""
    return [row.typed(field) for row in read.claims for field in row.origin.columns]


def same(one: Submission, other: Submission) -> bool:
    return one == other and repr(one.findings) == repr(other.findings) and typed(one) == typed(other)


def examples() -> list[Any]:
    found = []
    for number, example in enumerate(EXAMPLES):
        files = clean()
        example.change(files)
        found.append(pytest.param(files, id=f"{number}-{example.code}"))
    return found


@pytest.mark.parametrize("files", examples())
def test_a_reading_comes_back_as_it_was(tmp_path: Path, files: dict[str, bytes]) -> None:
    reader = Reader.of(laid_out(tmp_path, files))
    for name, data in files.items():
        read = reader.read(data, name)
        assert same(decode(encode(read), reader.plan.fields), read), name


def test_so_do_those_of_the_shipped_example() -> None:
    plan = load_plan(Path("config/targets.yaml"))
    reader = Reader.of(plan)
    for handed in handed_over([plan.submissions]):
        read = reader.read(handed.read(), handed.file)
        assert same(decode(encode(read), reader.plan.fields), read), handed.file


def test_figures_are_understood_when_they_are_first_asked_for(tmp_path: Path) -> None:
    reader = Reader.of(laid_out(tmp_path, clean()))
    name, data = next(iter(clean().items()))
    read = reader.read(data, name)
    said, always, _, cells = encode(read).split(b"\n")
    assert b"credit_code" not in always
    kept = decode(b"\n".join([said, always, b'{"area_m2":["number",["1","2","3"]]}', cells]), reader.plan.fields)
    assert [(c.name, c.kind, c.region, c.state) for c in kept.claims] == [
        (c.name, c.kind, c.region, c.state) for c in read.claims
    ]
    with pytest.raises(Broken):
        assert kept.claims[0].area_m2


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache" / "kept")


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return laid_out(tmp_path, clean())


def read_all(plan: Plan, shelf: Shelf) -> tuple[list[Submission], int]:
    """Every return on file, and how many of them had to be read anew."""
    asked: list[str] = []
    with Desk(plan, shelf) as desk:
        ask: Any = desk._crew.ask

        def counted(files: dict[int, Opened]) -> Any:
            asked.extend(each.file for each in files.values())
            return ask(files)

        desk._crew.ask = counted  # type: ignore[method-assign] # counted on its way
        read = list(read_archive(plan, desk).submissions)
    return read, len(asked)


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([], []),
        ([1], [1]),
        ([1] * 65, [32, 32, 1]),
        ([2**17] * 5, [2, 2, 1]),
        ([1, 2**20, 1, 1, 2**18, 1], [1, 1, 2, 1, 1]),
    ],
)
def test_small_files_are_read_together(sizes: list[int], together: list[int]) -> None:
    files = [(number, Opened(bytes(size), f"{number}.csv")) for number, size in enumerate(sizes)]
    bundles = list(bundled(files))
    assert [len(bundle) for bundle in bundles] == together
    assert [each for bundle in bundles for each in bundle.items()] == files


def test_a_return_is_read_once(plan: Plan, shelf: Shelf) -> None:
    first, anew = read_all(plan, shelf)
    assert anew == len(first) == 4
    second, anew = read_all(plan, shelf)
    assert anew == 0
    assert all(map(same, first, second))


def test_what_changed_is_read_again_and_nothing_else(plan: Plan, shelf: Shelf) -> None:
    read_all(plan, shelf)
    path = plan.submissions / "2021Q2" / "东示区_2021Q2.csv"
    told = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1200", b"1300"))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    read, anew = read_all(plan, shelf)
    assert anew == 1
    assert [str(c.area_m2) for s in read for c in s.claims if s.file == "2021Q2/东示区_2021Q2.csv"] == ["1300", "900"]


def test_the_same_bytes_in_another_place_are_another_return(plan: Plan, shelf: Shelf) -> None:
    read_all(plan, shelf)
    here = plan.submissions / "2021Q2" / "西示区_2021Q2.csv"
    here.rename(here.with_name("西示区_2021Q2.v2.csv"))
    read, anew = read_all(plan, shelf)
    assert anew == 1
    assert {s.file: s.version for s in read}["2021Q2/西示区_2021Q2.v2.csv"] == 2


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ("value: 4", "value: 5", 0),
        ("from: 10", "from: 20", 0),
        ("aliases: [东示]", "aliases: [东示, 东边]", 4),
        ("end: 2022Q4", "end: 2021Q1", 4),
        ("name: {zh: 宣传}", "name: {zh: 宣讲}", 4),
        ("name_prefixes: [示例市]", "name_prefixes: [示例省]", 4),
    ],
)
def test_only_what_reading_needs_of_the_plan_makes_it_read_again(
    tmp_path: Path, plan: Plan, shelf: Shelf, old: str, new: str, anew: int
) -> None:
    read_all(plan, shelf)
    assert old in PLAN
    plan.path.write_text(PLAN.replace(old, new), "utf-8")
    assert read_all(load_plan(plan.path, Shelf(None)), shelf)[1] == anew


class Watched:
    """The plan file, with a note of every section that somebody asks for."""

    def __init__(self, file: PlanFile, asked: set[str]) -> None:
        self._file, self._asked = file, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._file, name)


def test_reading_asks_the_plan_for_nothing_that_its_key_leaves_out() -> None:
    plan = load_plan(Path("config/targets.yaml"))
    asked: set[str] = set()
    watched: Any = Plan(Watched(plan.file, asked), plan.path, ())  # type: ignore[arg-type] # asked like one
    reader = Reader.of(watched)
    for handed in handed_over([plan.submissions]):
        reader.read(handed.read(), handed.file)
    assert "units" in asked
    wrong = sorted(asked & APART)
    assert not wrong, f"reading asks the plan for {wrong}: take them out of APART in readings/needs.py"
    idle = sorted(
        {each.name for each in dataclasses.fields(PlanFile)} - asked - APART - {"schema_"}
    )  # which is always 1
    assert not idle, f"no reader asks for {idle}: add them to APART in readings/needs.py, lest returns be read again"


def test_header_words_of_the_plan_count(tmp_path: Path, plan: Plan) -> None:
    words = tmp_path / "config" / "words.csv"
    words.write_text("field,synonym\nname,场所\n", "utf-8")
    plan.path.write_text(PLAN + "headers: words.csv\n", "utf-8")
    before = needs_digest(load_plan(plan.path, Shelf(None)))
    words.write_text("field,synonym\nname,场地\n", "utf-8")
    assert needs_digest(load_plan(plan.path, Shelf(None))) != before


def entries(shelf: Shelf) -> list[Path]:
    assert shelf._folder is not None
    return sorted(shelf._folder.glob("*.readings"))


def swapped(paths: list[Path]) -> None:
    one, other = paths[0].read_bytes(), paths[1].read_bytes()
    paths[0].write_bytes(other)
    paths[1].write_bytes(one)


def altered(paths: list[Path]) -> None:
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"1200", b"9900"))


def emptied(paths: list[Path]) -> None:
    for path in paths:
        path.write_bytes(b"")


def made_folders(paths: list[Path]) -> None:
    for path in paths:
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize("spoil", [swapped, altered, emptied, made_folders])
def test_what_was_tampered_with_is_read_again(plan: Plan, shelf: Shelf, spoil: Callable[[list[Path]], None]) -> None:
    first, _ = read_all(plan, shelf)
    spoil(entries(shelf))
    again, anew = read_all(plan, shelf)
    assert anew == 4
    assert all(map(same, first, again))


def test_a_pack_with_a_right_checksum_and_a_wrong_shape_is_read_again(plan: Plan, shelf: Shelf) -> None:
    first, _ = read_all(plan, shelf)
    for path in entries(shelf):
        for content in (b"", b"[]\n", b"[[1]]\n", b'[["key", 5]]\n', b"no json\n"):
            shelf.put(path.name, needs_digest(plan), content)
            again, anew = read_all(plan, shelf)
            assert anew in {1, 3}
            assert all(map(same, first, again))


def test_nor_is_a_reading_believed_under_the_key_of_another_file(
    plan: Plan, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = read_all(plan, shelf)
    other = encode(first[0]._replace(period=first[1].period))
    monkeypatch.setattr("mdj_plan.readings.pack.Pack.get", lambda *_: other)
    again, anew = read_all(plan, shelf)
    assert anew == 3  # all but the very file
    assert [s.file for s in again] == [s.file for s in first]


def test_a_program_of_another_version_reads_again(plan: Plan, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all(plan, shelf)
    monkeypatch.setattr("mdj_plan.readings.needs.program_digest", lambda: "another")
    assert read_all(plan, shelf)[1] == 4


def test_a_return_that_ended_its_reader_is_tried_again_the_next_time(
    plan: Plan, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = Reader.read_all

    def hostile(self: Reader, returns: list[Opened]) -> list[Submission]:
        if any("西示区" in each.file for each in returns):
            faulthandler.disable()
            os.abort()
        return together(self, returns)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "read_all", hostile)
        found, _ = read_all(plan, shelf)
    told = [(s.unit, f.code, f.variant, s.readable) for s in found for f in s.findings if f.code == "F103"]
    assert told == [("west", "F103", "reader-died", False)]
    assert sum(len(s.claims) for s in found) == 4
    again, anew = read_all(plan, shelf)
    assert anew == 1
    assert all(s.readable for s in again)


def test_files_that_are_gone_do_not_stay_for_ever(plan: Plan, shelf: Shelf) -> None:
    here = plan.submissions / "2021Q2" / "西示区_2021Q2.csv"
    for _ in range(70):
        here.write_bytes(here.read_bytes() + b"\n")
        read_all(plan, shelf)
    sizes = [path.stat().st_size for path in entries(shelf)]
    shutil.rmtree(plan.submissions / "2021Q1")
    assert max(sizes) < 70 * 3_000
