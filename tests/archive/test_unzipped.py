"""Members of an archive: under the names their maker gave them, hidden ones left out, within bounds."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from mdj_plan.archive import unzipped
from mdj_plan.archive.unzipped import Shelf, members
from mdj_plan.intake.handed import NotRead

if TYPE_CHECKING:
    from pathlib import Path


def zipped(*names: str | zipfile.ZipInfo) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return out.getvalue()


def named(path: Path, data: bytes) -> list[str] | None:
    path.write_bytes(data)
    shelf = Shelf()
    try:
        found = members(path, shelf)
        return None if found is None else [member.name for member in found]
    finally:
        shelf.close()


def beside(raw: str, *extra: tuple[int, bytes]) -> zipfile.ZipInfo:
    """A member whose raw name is wrong, with fields beside it."""
    info = zipfile.ZipInfo(raw)
    info.extra = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in extra)
    return info


UNICODE = (0x7075, b"\x01" + bytes(4) + "东安区.csv".encode())


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["a.csv", "季/b.csv"], ["a.csv", "季/b.csv"], id="in the archive's order"),
        pytest.param(["季/", "季/a.csv"], ["季/a.csv"], id="a folder is no member"),
        pytest.param(["__MACOSX/a.csv", "__MACOSX.csv", "x/~$a.xlsx", ".a.csv"], ["__MACOSX.csv"], id="hidden"),
        pytest.param([beside("x.csv", UNICODE)], ["东安区.csv"], id="the name beside the raw one"),
        pytest.param([beside("x.csv", (0x5455, b"12345"), UNICODE)], ["东安区.csv"], id="behind another field"),
        pytest.param([beside("x.csv", (0x7075, bytes(5)))], ["x.csv"], id="nothing but a checksum"),
        pytest.param([beside("x.csv", (0x5455, b"1"))], ["x.csv"], id="other fields alone"),
    ],
)
def test_the_names_of_members(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert named(tmp_path / "in.zip", zipped(*names)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("东安区.csv".encode("gbk"), "东安区.csv"),
        ("东安区.csv".encode(), "东安区.csv"),
        ("2018Q2\\东安区.csv".encode("gbk"), "2018Q2/东安区.csv"),
    ],
)
def test_raw_names_are_utf_8_or_gbk_and_their_folders_are_folders(tmp_path: Path, raw: bytes, expected: str) -> None:
    data = zipped("x" * len(raw)).replace(b"x" * len(raw), raw)
    assert named(tmp_path / "in.zip", data) == [expected]


def test_members_are_read_up_to_what_an_archive_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzipped, "_LARGEST_ARCHIVE", 2)
    (tmp_path / "in.zip").write_bytes(zipped("a.csv", "b.csv", "c.csv"))
    found = members(tmp_path / "in.zip", Shelf())
    assert found is not None
    assert [member.read() for member in found[:2]] == [b"x", b"x"]
    with pytest.raises(NotRead) as why:
        found[2].read()
    assert (why.value.fault.code, why.value.fault.variant) == ("F104", "bomb")


def test_a_member_is_read_up_to_what_a_return_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.csv", b"x" * 8)
        made.writestr("b.csv", b"x" * 9)
    (tmp_path / "in.zip").write_bytes(out.getvalue())
    monkeypatch.setattr(unzipped, "LARGEST", 8)
    found = members(tmp_path / "in.zip", Shelf())
    assert found is not None
    assert found[0].read() == b"x" * 8
    with pytest.raises(NotRead) as why:
        found[1].read()
    assert (why.value.fault.code, why.value.fault.variant) == ("F104", "large")


@pytest.mark.parametrize("packed", ["[Content_Types].xml", "META-INF/manifest.xml"])
def test_a_workbook_under_a_wrong_name_is_no_archive(tmp_path: Path, packed: str) -> None:
    assert named(tmp_path / "in.zip", zipped("a.csv", packed)) is None


def test_what_is_no_archive(tmp_path: Path) -> None:
    assert named(tmp_path / "in.zip", "载体名称\n".encode()) is None
    assert named(tmp_path / "in.zip", b"") is None


def test_one_archive_is_open_at_a_time_and_the_same_is_not_opened_anew(tmp_path: Path) -> None:
    one, other = tmp_path / "1.zip", tmp_path / "2.zip"
    for path in (one, other):
        path.write_bytes(zipped("a.csv"))
    shelf = Shelf()
    first = shelf.opened(one)
    assert shelf.opened(one) is first
    second = shelf.opened(other)
    assert (first.fp, second.fp is not None) == (None, True)
    shelf.close()
    assert second.fp is None
    assert shelf.opened(one) is not first
    shelf.close()
