"""A small assessment from the gallery's returns: one unit behind, one late, one duty, one overlap, one warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.assessment import Assessment
from mdj_plan.period import Month, Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run
from tests.folders import lay_out
from tests.gallery.examples import EAST, OFFICE, PLAN, QUOTAS, WEST, clean, row

HOSTILE = "=1+1<script>alert(1)</script>[red]\x1b[31m{{ 7*7 }}"


def made(folder: Path, *, plan: str = PLAN, name: str = "") -> Assessment:
    """The assessment at 2021Q2 as of 2022-06, three quarters later, so that units are behind."""
    files = clean()
    row("2021-07-05", "2021-07-19", WEST)(files)
    row("91990000MAXX00001R", "")(files)
    row("示例丙孵化器", "示例丙孵化器" + name, WEST)(files)
    extra = f"1,示例丙孵化器{name},91990000MAXX000030,孵化器,市级,,西示区,,2015-03-02,运营,1200,20,1,5"
    head = files[EAST].decode().splitlines()[2]
    files[OFFICE] = files[OFFICE].replace("零报告".encode(), "正常".encode()) + f"\n{head}\n{extra}\n".encode()
    path = lay_out(folder, plan, QUOTAS.replace("西示区,孵化器,2", "西示区,孵化器,3"), files)
    return run(load_plan(path), period=Period(2021, 2), as_of=Month(2022, 6))


@pytest.fixture
def assessment(tmp_path: Path) -> Assessment:
    return made(tmp_path)


@pytest.fixture
def hostile(tmp_path: Path) -> Assessment:
    """The same with a facility whose name would like to be a formula, a script, markup and an escape sequence."""
    return made(tmp_path, name=HOSTILE)
