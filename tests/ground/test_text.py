"""Text from outside: nothing in it steers a terminal, hides on a line or breaks what is written."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdj_plan.text import legible, visible


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("示例甲 A-1", "示例甲 A-1"),
        ("一\t二\r\n三\u2028四\x85五", "一 二  三 四 五"),
        ("\x1b[31m红", "␛[31m红"),
        ("\x00\x07\x1f", "␀␇␟"),
        ("\x7f\x9b", "␡?"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("\ud800\ue000\U000e0fff", "???"),
        ("中\u3000文\xa0", "中\u3000文\xa0"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_shown(typed: str, shown: str) -> None:
    assert visible(typed) == shown


@given(st.text(st.characters()))
def test_whatever_is_typed_fits_on_one_line_and_can_be_written(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"dongan.csv", "dongan.csv"),
        ("2017Q1/东安区.csv".encode(), "2017Q1/东安区.csv"),
        ("东安区.csv".encode("gbk"), "东安区.csv"),
        ("季报/".encode() + "东安区.csv".encode("gbk"), "季报/东安区.csv"),
        (b"\xff\xff.csv", "\ufffd\ufffd.csv"),
    ],
)
def test_a_file_s_name_is_told_as_it_was_meant(raw: bytes, name: str) -> None:
    assert legible(os.fsdecode(raw)) == name


def test_half_a_character_in_a_name_is_no_reason_to_stop() -> None:
    assert legible("东\ud800区/西区") == "东?区/西区"
