"""Who is meant by a name (contract 1, name_prefixes and unit_suffixes)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.plan.load import load_plan
from mdj_plan.plan.mentions import Reporter
from mdj_plan.plan.units import Directory

ZONE = "牡丹江经济技术开发区"


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(load_plan(Path("config/targets.yaml")).file)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("东安区", Reporter("dongan")),
        ("东安", Reporter("dongan")),
        (" 牡丹江市 东安区 ", Reporter("dongan")),
        ("黑龙江省牡丹江市东安区", Reporter("dongan")),
        ("东安区科技局", Reporter("dongan")),
        ("牡丹江市东安区人民政府", Reporter("dongan")),
        ("dongan", Reporter("dongan")),
        ("东宁县", Reporter("dongning")),
        ("西安", None),  # Xi'an is another city
        ("西安区", Reporter("xian")),
        ("科技局", None),
        ("市科技局", Reporter("science")),  # bears the suffix in its own name
        ("市农业农村局", Reporter("agriculture")),
        ("市工业和信息化局", Reporter("industry")),
        (ZONE, Reporter("zone", ZONE)),
        ("经济技术开发区管委会", Reporter("zone", ZONE)),
        ("开发区", Reporter("zone")),
        ("绥芬河市", Reporter("suifenhe")),
        ("东岸区", None),
        ("", None),
    ],
)
def test_names(directory: Directory, name: str, expected: Reporter | None) -> None:
    assert directory.find(name) == expected


def test_an_unknown_name_gets_a_suggestion_but_no_guess(directory: Directory) -> None:
    assert directory.find("东岸区") is None
    assert directory.suggestion("东岸区") == "东安区"


def test_names_within_a_title(directory: Directory) -> None:
    assert directory.within("牡丹江市林口县科技企业孵化器季报表") == {Reporter("linkou")}
    assert directory.within("季报表") == set()


@pytest.mark.parametrize(
    "name", ["牡丹江" * 1200, "科技局" * 1200, "牡丹江" * 40 + "科技局" * 40, "黑龙江省牡丹江市" * 5000, "a" * 30_000]
)
def test_a_name_of_nothing_but_affixes_is_nobodys(directory: Directory, name: str) -> None:
    assert directory.find(name) is None


def test_several_affixes_are_dropped_one_by_one(directory: Directory) -> None:
    assert directory.find("黑龙江省牡丹江市牡丹江东安区科技局人民政府") == Reporter("dongan")
