"""Results as files: whole or not at all, never over one that is open, and whose a file is that stands in the way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mdj_plan.reports.files import OpenElsewhereError, is_open, named_file, write_whole
from mdj_plan.reports.ours import is_result
from mdj_plan.reports.undated import workbook_bytes


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("东安区", "东安区"),
        ("Dong'an District", "Dongan-District"),
        ("“示例”开发区", "示例开发区"),
        ("a  b c", "a-b-c"),
    ],
)
def test_a_name_as_part_of_a_files(name: str, file: str) -> None:
    assert named_file(name) == file


@pytest.mark.parametrize("name", ["a/b", "a\\b", "a:b", "a*b", "a?b", "a|b", "<a>b"])
def test_nothing_that_some_system_cannot_hold(name: str) -> None:
    made = named_file(name)
    assert made
    assert not set(made) & set('/\\:*?"<>|')


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_result_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert (path.read_bytes(), names(tmp_path)) == (b"two", ["汇总.xlsx"])


@pytest.mark.parametrize("lock", [".~lock.汇总报告.xlsx#", "~$汇总报告.xlsx", "~$报告.xlsx"])
def test_one_that_is_open_stays_and_the_result_stands_beside_it(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "汇总报告.xlsx"
    path.write_bytes(b"open")
    (tmp_path / lock).write_bytes(b"")
    assert is_open(path)
    for number in (2, 3):  # each time under the next name that is free
        with pytest.raises(OpenElsewhereError) as caught:
            write_whole(path, b"new")
        assert (caught.value.wanted, caught.value.saved) == (path, tmp_path / f"汇总报告-{number}.xlsx")
        assert caught.value.saved.read_bytes() == b"new"
    assert path.read_bytes() == b"open"


def test_a_lock_of_a_file_that_is_gone_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "~$汇总.xlsx").write_bytes(b"")
    assert not is_open(tmp_path / "汇总.xlsx")


def test_what_cannot_be_written_leaves_nothing_and_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "汇总.xlsx"
    folder.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        write_whole(folder, b"new")
    assert caught.value.filename == str(folder)
    assert (names(tmp_path), names(folder)) == (["汇总.xlsx"], [])
    with pytest.raises(FileNotFoundError) as missing:
        write_whole(tmp_path / "nowhere" / "a.csv", b"new")
    assert missing.value.filename == str(tmp_path / "nowhere" / "a.csv")


def package(category: str | None) -> bytes:
    book = openpyxl.Workbook()
    book.properties.category = category
    return workbook_bytes(book)


def other_package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "mdj-plan")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "ours"),
    [
        (b"", True),  # nothing in it can be lost
        (package("mdj-plan"), True),
        (package(None), False),
        (package("budget"), False),
        (other_package(), False),
        (b"PK damaged", False),
        (b'<html><head><meta name="generator" content="mdj-plan"></head>', True),
        (b'<html><head><meta name="generator" content="other"></head>', False),
        (b'{"schema_version": 1, "tool": {"name": "mdj-plan", "version": "0"}}', True),
        (b'{"tool": {"name": "other"}}', False),
        ("\ufeffscope,unit,unit_name,indicator,target\r\n".encode(), True),
        (b"unit,indicator\r\n", False),
        (b" " * 70_000 + b'"tool": {"name": "mdj-plan"', False),  # not so far down
    ],
)
def test_whose_a_file_is(tmp_path: Path, data: bytes, ours: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert is_result(path) is ours


def test_what_is_not_there_or_a_folder_is_nobodys_result(tmp_path: Path) -> None:
    assert not is_result(tmp_path / "nothing")
    assert not is_result(tmp_path)


def test_the_same_workbook_is_the_same_bytes_whenever_it_is_written() -> None:
    with zipfile.ZipFile(io.BytesIO(package("mdj-plan"))) as made:
        assert {member.date_time for member in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert made.testzip() is None
