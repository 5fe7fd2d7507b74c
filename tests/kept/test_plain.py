"""What is kept comes back exactly as it was, and nothing else comes back."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.findings import Location, Severity
from mdj_plan.kept.plain import Plain, understood, written
from mdj_plan.names import Words
from mdj_plan.period import Period

PLAIN = Plain([Words, Period, Location, Severity])
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.builds(Words, st.text(), st.text())
    | st.builds(Period, st.integers(1, 9999), st.integers(1, 4))
    | st.sampled_from(Severity)
)
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner).map(tuple)
        | st.frozensets(ATOMS.filter(lambda each: each is not None))
        | st.dictionaries(st.text() | st.builds(Period, st.integers(1, 9999), st.integers(1, 4)), inner)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert repr(PLAIN.loads(PLAIN.dumps(value))) == repr(value) or PLAIN.loads(PLAIN.dumps(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        Decimal("1.50"),
        Decimal("1E+5"),
        Path("data/quotas.csv"),
        "报表\udcd0\udcc2.xlsx",
        dt.datetime.fromisoformat("2018-01-02T03:04"),
        (Severity.ERROR, Words("甲", "A")),
    ],
)
def test_so_do_its_kind_and_its_digits(value: Any) -> None:
    again = PLAIN.loads(PLAIN.dumps(value))
    assert (type(again), str(again)) == (type(value), str(value))


class Foreign(tuple[int, int]):
    __slots__ = ()


@pytest.mark.parametrize("value", [["a list"], {1, 2}, b"bytes", Foreign((1, 2)), object()])
def test_what_would_come_back_as_something_else_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="list its class"):
        PLAIN.dumps(value)


@pytest.mark.parametrize(
    "told",
    [
        b'{"r":["Path","x"]}',
        b'{"r":["Period",2018]}',
        b'{"r":["Severity","grave"]}',
        b'{"q":1}',
        b'{"D":"1","d":"2"}',
        b"{}",
        b'{"d":"yesterday"}',
        b"\xff",
        b"[1",
    ],
)
def test_nothing_that_was_never_written_comes_back(told: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        PLAIN.loads(told)


def test_a_name_that_is_no_unicode_is_written_in_the_letters_of_ascii() -> None:
    assert written(["报表\udcd0.xlsx", 1]) == rb'["\u62a5\u8868\udcd0.xlsx",1]'


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what a process has reserved")
def test_what_is_written_reserves_no_more_memory_than_it_takes() -> None:
    import resource  # not on Windows

    def reserved() -> int:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()

    written(["示例"] * 400_000)  # whatever is reserved for good
    before = reserved()
    kept = [written(["示例"] * 400_000) for _ in range(3)]
    assert reserved() - before < 5 * sum(map(len, kept))


def test_a_whole_number_that_no_word_holds_is_told_as_text() -> None:
    assert PLAIN.dumps((2**63 - 1, 2**63, -(2**63), -(2**63) - 1)) == (
        b'[9223372036854775807,{"i":"9223372036854775808"},-9223372036854775808,{"i":"-9223372036854775809"}]'
    )


@pytest.mark.parametrize("told", [b"", b"[1", b"[" * 100_000, b"\xff", b'"\xed\xa0"'])
def test_what_is_no_json_is_a_value_error(told: bytes) -> None:
    with pytest.raises(ValueError, match=r"nested|char|utf-8|escape|decode"):
        understood(told)
