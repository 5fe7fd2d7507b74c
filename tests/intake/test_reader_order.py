"""A reader remembers what texts read as, for the returns that follow; what comes out is each return's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mdj_plan.archive.inbox import handed_over
from mdj_plan.intake.handed import Opened
from mdj_plan.intake.reader import Reader
from mdj_plan.kept.shelf import Shelf
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.model import Plan
from mdj_plan.readings.written import encode
from tests.gallery.examples import EXAMPLES, ONE, PLAN, QUOTAS, clean, table

NEW = ONE.replace("2015-03-02", "2021-05-01")
NEWS = {
    "2021Q1/东示区_2021Q1.csv": table("东示区", NEW, quarter="一").encode(),
    "2021Q2/东示区_2021Q2.csv": table("东示区", NEW).encode(),
}
"""A day that lies after the one's cut-off and not after the other's."""


def read(plan: Plan, files: Sequence[tuple[str, bytes]]) -> list[bytes]:
    """The files as one reader reads them one after another."""
    reader = Reader.of(plan)
    return [encode(reader.read(data, name)) for name, data in files]


def of_the_gallery(folder: Path) -> tuple[Plan, list[tuple[str, bytes]]]:
    """A return for every code, and those without a fault beside it."""
    for name, text in (("config/targets.yaml", PLAN), ("data/quotas.csv", QUOTAS)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, "utf-8")
    files = dict.fromkeys([*clean().items(), *NEWS.items()])
    for example in EXAMPLES:
        files |= dict.fromkeys(example.files().items())
    return load_plan(folder / "config" / "targets.yaml", Shelf(None)), list(files)


def shipped(_: Path) -> tuple[Plan, list[tuple[str, bytes]]]:
    plan = load_plan(Path("config/targets.yaml"), Shelf(None))
    return plan, [(handed.file, handed.read()) for handed in handed_over([plan.submissions])]


@pytest.mark.parametrize("returns", [of_the_gallery, shipped])
def test_no_return_depends_on_those_read_before_it(
    tmp_path: Path, returns: Callable[[Path], tuple[Plan, list[tuple[str, bytes]]]]
) -> None:
    plan, files = returns(tmp_path)
    together = read(plan, files)
    assert len(files) > 50
    assert together == read(plan, files[::-1])[::-1]
    assert together == [each for file in files for each in read(plan, [file])]
    assert together == [encode(each) for each in Reader.of(plan).read_all([Opened(data, name) for name, data in files])]
