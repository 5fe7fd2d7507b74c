"""A row more in a table of the office, as the table is written: its columns, encoding, delimiter and line ends."""

from __future__ import annotations

import pytest

from mdj_plan.archive.appending import NotAppendableError, appended

HEADS = ("规则", "单位", "理由", "有效至")
ROW = {"规则": "X107", "理由": "扩建", "有效至": "2021Q4"}


@pytest.mark.parametrize(
    ("table", "line"),
    [
        pytest.param("规则,单位,理由,有效至\n", "X107,,扩建,2021Q4\n", id="a table with nothing but its header"),
        pytest.param("规则,单位,理由,有效至\nX1,,a,b", "\nX107,,扩建,2021Q4\n", id="without a last line end"),
        pytest.param("规则,单位,理由,有效至\r\nX1,,a,b\r\n", "X107,,扩建,2021Q4\r\n", id="line ends of Windows"),
        pytest.param("有效至,备注,理由,规则\n", "2021Q4,,扩建,X107\n", id="other columns in another order"),
        pytest.param("附件,,\n\n 规则 ,理由,有效至\n", "X107,扩建,2021Q4\n", id="below a title"),
        pytest.param("规则\t单位\t理由\t有效至\n", "X107\t\t扩建\t2021Q4\n", id="tabs"),
        pytest.param("规则;单位;理由;有效至\n", "X107;;扩建;2021Q4\n", id="semicolons"),
        pytest.param('规则,单位,理由,有效至\nX1,,"a\nb",c\n', "X107,,扩建,2021Q4\n", id="a quoted line break"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_is_there_stays_byte_by_byte_and_the_row_is_written_like_it(table: str, line: str, encoding: str) -> None:
    before = table.encode(encoding)
    after = appended(before, HEADS, ROW)
    assert after.startswith(before)
    assert after.decode(encoding) == table + line


@pytest.mark.parametrize("bom", [b"\xff\xfe", b"\xfe\xff"])
def test_either_order_of_bytes(bom: bytes) -> None:
    encoding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}[bom]
    before = bom + ",".join(HEADS).encode(encoding)
    assert appended(before, HEADS, ROW) == before + "\nX107,,扩建,2021Q4\n".encode(encoding)


@pytest.mark.parametrize("nothing", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n\t\n"])
def test_where_there_is_none_yet_a_table_is_begun_as_spreadsheets_read_it(nothing: bytes) -> None:
    assert appended(nothing, HEADS, ROW) == b"\xef\xbb\xbf" + "规则,单位,理由,有效至\r\nX107,,扩建,2021Q4\r\n".encode()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝1", "'＝1"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("扩建，并\n改造", "扩建，并 改造"),
        ('扩"建', '"扩""建"'),
        ("a,b", '"a,b"'),
    ],
)
def test_nothing_is_written_that_a_spreadsheet_would_run(cell: str, written: str) -> None:
    after = appended("规则,理由\n".encode(), HEADS, {"规则": "X107", "理由": cell})
    assert after.decode() == f"规则,理由\nX107,{written}\n"


@pytest.mark.parametrize(
    ("table", "lacks"),
    [
        ("规则,单位,有效至\n".encode(), "理由"),
        ("代码,事由\n".encode(), "规则"),
        ("规则\n".encode(), "规则"),
        ("规则,理由,有效至\n".encode("utf-16-le"), "规则"),  # nothing says that it is UTF-16
        (b"\xff\xfe\x00\xd8\xff", "规则"),
        (b"\xff\xff\xff\xff", "规则"),
    ],
)
def test_a_table_without_the_columns_is_left_alone(table: bytes, lacks: str) -> None:
    with pytest.raises(NotAppendableError) as caught:
        appended(table, HEADS, ROW)
    assert caught.value.what == lacks


def test_a_column_that_the_row_leaves_blank_may_be_missing() -> None:
    assert appended("规则,理由\n".encode(), HEADS, {"规则": "X1", "单位": "", "理由": "a"}).endswith(b"\nX1,a\n")
