"""What users hand over: files, folders, and archives made on a Chinese Windows."""

from __future__ import annotations

import io
import os
import socket
import zipfile
from pathlib import Path

import pytest

from mdj_plan.archive.inbox import handed_over
from mdj_plan.intake.handed import NotRead
from mdj_plan.plan.load import load_plan
from mdj_plan.plan.units import Directory

DIRECTORY = Directory(load_plan(Path("config/targets.yaml")).file)


def archive(*members: tuple[str, bytes]) -> bytes:
    """A zip whose names are GBK bytes without the UTF-8 flag, as Windows writes them."""
    out = io.BytesIO()
    placeholder = {name: f"member{i:02d}".ljust(len(name.encode("gbk")), "x") for i, (name, _) in enumerate(members)}
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members:
            made.writestr(placeholder[name], data)
    data = out.getvalue()
    for name, plain in placeholder.items():
        data = data.replace(plain.encode(), name.encode("gbk"))
    return data


def test_a_folder_in_order_with_archives_unpacked_and_locks_passed_over(tmp_path: Path) -> None:
    (tmp_path / "2018Q2").mkdir()
    (tmp_path / "2018Q2" / "东安区.csv").write_bytes(b"1")
    (tmp_path / "2018Q2" / "~$东安区.xlsx").write_bytes(b"")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.csv").write_bytes(b"")
    (tmp_path / "2018Q3.zip").write_bytes(archive(("阳明区二零一八季报.csv", b"2"), ("__MACOSX/._x.csv", b"3")))
    found = [(h.file, h.read()) for h in handed_over([tmp_path])]
    assert found == [("2018Q2/东安区.csv", b"1"), ("2018Q3.zip/阳明区二零一八季报.csv", b"2")]


def test_links_are_followed_and_nothing_is_handed_over_twice(tmp_path: Path) -> None:
    (tmp_path / "2018Q2").mkdir()
    (tmp_path / "2018Q2" / "a.csv").write_bytes(b"1")
    (tmp_path / "2018Q2" / "round").symlink_to(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.csv").write_bytes(b"2")
    (tmp_path / "2018Q3").symlink_to(tmp_path / "other")
    found = [h.file for h in handed_over([tmp_path])]
    assert sorted(name.rsplit("/", 1)[1] for name in found) == ["a.csv", "b.csv"]


def test_a_folder_that_cannot_be_looked_into_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2018Q2").mkdir()

    def closed(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(PermissionError):
        list(handed_over([tmp_path]))


def test_a_damaged_member_is_an_error_of_that_member_alone(tmp_path: Path) -> None:
    data = bytearray(archive(("甲区二零一八年季报.csv", b"A" * 50), ("乙区二零一八年季报.csv", b"B" * 50)))
    at = data.index(b"A" * 50)
    data[at] = ord("Z")
    (tmp_path / "in.zip").write_bytes(data)
    first, second = handed_over([tmp_path / "in.zip"])
    with pytest.raises(ValueError, match="CRC"):
        first.read()
    assert second.read() == b"B" * 50


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(handed_over([tmp_path / "none.xlsx"]))


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        ("2017Q2", "2017Q2/a.csv"),
        ("2017年第二季度报表", "2017年第二季度报表/a.csv"),
        ("2017Q2/东安区", "2017Q2/东安区/a.csv"),
        ("东安区/二季度", "东安区/二季度/a.csv"),
        ("2017Q2/收件", "a.csv"),
        ("东安区2017", "a.csv"),
        ("media", "a.csv"),
    ],
)
def test_the_folders_of_a_given_path_say_whose_and_for_when(tmp_path: Path, folder: str, file: str) -> None:
    given = tmp_path / folder
    given.mkdir(parents=True)
    (given / "a.csv").write_bytes(b"")
    assert [h.file for h in handed_over([given / "a.csv"], DIRECTORY)] == [file]
    assert [h.file for h in handed_over([given], DIRECTORY)] == [file]
    assert [h.file for h in handed_over([given / "a.csv"])] == ["a.csv"]


def told(given: Path) -> list[tuple[str, str, str]]:
    """Each handed file: its name, and the bytes it holds or the code and variant of what keeps them."""
    found = []
    for handed in handed_over([given]):
        try:
            found.append((handed.file, handed.read().decode(), ""))
        except NotRead as why:
            found.append((handed.file, why.fault.code, why.fault.variant))
    return found


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


GOOD = zipped(("东安区.csv", b"x" * 40), ("阳明区.csv", b"1"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD.replace(b"PK\x01\x02", b"PKxx"), [("in.zip", None)]),
        (GOOD[:-30], [("in.zip", None)]),
        (GOOD[:40], [("in.zip", None)]),
        (b"Rar!\x1a\x07\x00", [("in.zip", None)]),
        (zipped(), [("in.zip", None)]),
        (zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"")), [("in.zip", None)]),
        (zipped(("mimetype", b"x"), ("META-INF/manifest.xml", b"")), [("in.zip", None)]),
    ],
)
def test_an_archive_that_is_none_is_handed_over_as_it_is(
    tmp_path: Path, data: bytes, expected: list[tuple[str, None]]
) -> None:
    (tmp_path / "in.zip").write_bytes(data)
    assert [(h.file, h.path and None) for h in handed_over([tmp_path / "in.zip"])] == expected
    assert [h.read() for h in handed_over([tmp_path / "in.zip"])] == [data]


def member_of(method: int) -> bytes:
    """An archive whose first member claims to be packed in another way."""
    data = bytearray(GOOD)
    data[8:10] = method.to_bytes(2, "little")
    at = data.index(b"PK\x01\x02") + 10
    data[at : at + 2] = method.to_bytes(2, "little")
    return bytes(data)


def marked(bit: int) -> bytes:
    data = bytearray(GOOD)
    data[6] |= bit
    data[data.index(b"PK\x01\x02") + 8] |= bit
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code", "variant"),
    [
        (GOOD[:44] + b"\xff\xff\xff" + GOOD[47:], "F103", "member"),
        (member_of(99), "F103", "member"),
        (member_of(12), "F103", "member"),
        (member_of(14), "F103", "member"),
        (marked(1), "F102", ""),
    ],
)
def test_one_bad_member_does_not_keep_the_others(tmp_path: Path, data: bytes, code: str, variant: str) -> None:
    (tmp_path / "in.zip").write_bytes(data)
    assert told(tmp_path) == [("in.zip/东安区.csv", code, variant), ("in.zip/阳明区.csv", "1", "")]


def test_more_members_than_are_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(zipped(*((f"{i}.csv", b"1") for i in range(5002))))
    found = list(handed_over([tmp_path]))
    assert len(found) == 5001
    with pytest.raises(NotRead) as why:
        found[-1].read()
    assert (why.value.fault.code, dict(why.value.fault.args)) == ("F104", {"members": "5002", "read": "5000"})
    assert {handed.read() for handed in found[:-1]} == {b"1"}


def test_members_that_share_their_bytes_are_not_unpacked(tmp_path: Path) -> None:
    data = bytearray(GOOD)
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    (tmp_path / "in.zip").write_bytes(data)
    assert [entry[1:] for entry in told(tmp_path)] == [("F104", "bomb")] * 2


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_their_flag_are_utf8_or_gbk(tmp_path: Path, encoding: str) -> None:
    name = "东安区_2018Q2.csv".encode(encoding)
    made = zipped(("x" * len(name), b"1"))
    (tmp_path / "in.zip").write_bytes(made.replace(b"x" * len(name), name))
    assert told(tmp_path) == [("in.zip/东安区_2018Q2.csv", "1", "")]


def test_a_name_twice_in_an_archive_is_two_files(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        (tmp_path / "in.zip").write_bytes(zipped(("a.csv", b"1"), ("a.csv", b"2")))
    assert [(h.file, h.read()) for h in handed_over([tmp_path])] == [("in.zip/a.csv", b"1"), ("in.zip/a (2).csv", b"2")]


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "东安区.csv")
    (tmp_path / "阳明区.csv").write_bytes(b"1")
    (tmp_path / "西安区.csv").symlink_to(tmp_path / "nowhere.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.csv"))
        found = {h.file: h for h in handed_over([tmp_path, Path("/dev/null")])}
    assert found["阳明区.csv"].read() == b"1"
    for name in ("东安区.csv", "s.csv", "null"):
        with pytest.raises(NotRead) as why:
            found[name].read()
        assert (why.value.fault.code, why.value.fault.variant) == ("F103", "special")
    with pytest.raises(FileNotFoundError):
        found["西安区.csv"].read()


def test_a_name_that_is_no_utf8_is_read_as_gbk(tmp_path: Path) -> None:
    name = os.fsdecode("东安区".encode("gbk") + b".csv")
    (tmp_path / name).write_bytes(b"1")
    (tmp_path / "东安区.csv").write_bytes(b"2")
    found = sorted((h.file, h.read()) for h in handed_over([tmp_path]))
    assert [file for file, _ in found] == ["东安区 (2).csv", "东安区.csv"]
    (given,) = handed_over([tmp_path / name])
    assert (given.file, given.read(), given.shown.encode()) == ("东安区.csv", b"1", f"{tmp_path}/东安区.csv".encode())


def test_a_file_larger_than_any_return_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as made:
        made.truncate(2**28 + 1)
    assert told(tmp_path) == [("a.csv", "F104", "large")]


def test_a_member_without_a_name_is_still_a_file(tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(zipped(("x" * 9, b"1")).replace(b"x" * 9, bytes(9)))
    assert told(tmp_path) == [("in.zip/?", "1", "")]
