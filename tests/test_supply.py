"""What leaves the house: bounds, pins and the trial of a release fit together (issue: supply). The release itself is built by .ci/release."""

from __future__ import annotations

import re
import runpy
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mdj_plan.cli.app import COMMANDS

PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}


def pins(path: str) -> dict[str, str]:
    """Name → version of a constraints file, each line of which is one pin and nothing else."""
    lines = Path(path).read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def direct(*names: str) -> list[Requirement]:
    listed = [*PROJECT["dependencies"], *(line for name in names for line in EXTRAS[name])]
    return [Requirement(line) for line in listed if not line.startswith("mdj-plan[")]


def asked_for(requirement: Requirement) -> list[Requirement]:
    """What an installed package asks for, here or on Windows; nothing of one that is not installed."""
    try:
        lines = metadata.requires(requirement.name) or []
    except metadata.PackageNotFoundError:
        return []
    places = [{**more, "extra": extra} for more in ({}, WINDOWS) for extra in {"", *requirement.extras}]
    asked = map(Requirement, lines)
    return [each for each in asked if each.marker is None or any(each.marker.evaluate(place) for place in places)]


def everything(wanted: list[Requirement]) -> set[str]:
    found: dict[str, Requirement] = {}
    while wanted:
        each = wanted.pop()
        if canonicalize_name(each.name) not in found:
            found[canonicalize_name(each.name)] = each
            wanted += asked_for(each)
    return set(found)


def test_whatever_running_testing_and_developing_needs_is_pinned() -> None:
    assert everything(direct("test", "dev")) - set(pins("constraints.txt")) == set()


def test_the_pins_keep_to_the_bounds() -> None:
    newest, lowest = pins("constraints.txt"), pins("constraints-lowest.txt")
    for each in direct("test", "dev"):
        assert newest[canonicalize_name(each.name)] in each.specifier, each
    for each in direct("test"):
        assert lowest[canonicalize_name(each.name)] in each.specifier, each


def test_the_lowest_versions_are_the_bounds_themselves() -> None:
    lowest = pins("constraints-lowest.txt")
    bounds = {
        canonicalize_name(each.name): str(bound.version)
        for each in direct("test")
        for bound in each.specifier
        if bound.operator == ">="
    }
    assert {name: re.sub(r"(\.0)+$", "", lowest[name]) for name in bounds} == {
        name: re.sub(r"(\.0)+$", "", version) for name, version in bounds.items()
    }


@pytest.mark.parametrize(
    "path",
    [
        "constraints.txt",
        "constraints-lowest.txt",
        "pyproject.toml",
        ".ci/run",
        ".ci/release",
        ".ci/lowest",
        ".ci/audit",
    ],
)
def test_no_index_is_named(path: str) -> None:
    assert re.findall(r"https?://|--index-url|--extra-index-url|--find-links", Path(path).read_text("utf-8")) == []


def test_the_trial_of_a_release_runs_every_command() -> None:
    runs = runpy.run_path("scripts/try_release.py")["RUNS"]
    assert {name for name in COMMANDS if name not in runs} == set()
    assert {name: lines for name, lines in runs.items() if any(line.split()[0] != name for line in lines)} == {}
