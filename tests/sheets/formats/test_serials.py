"""Which number formats show days, and what they show."""

from __future__ import annotations

import datetime as dt

import pytest

from mdj_plan.sheets.formats.serials import Kind, kind_of, kind_of_code, shown, written


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, "") for code in ("General", "0.00", "#,##0_);(#,##0)", "0.00E+00", "[Red]0.0", "@", "G/通用格式")),
        *((code, "") for code in ('0 "days"', "\\d0", '0_d;"m"', "[>=100]0;[Blue]0", "# ?/?", '0"户"')),
        *((code, "moment") for code in ("yyyy-mm-dd", 'yyyy"年"m"月"', "h:mm", "mmm-yy", "[$-804]aaaa", 'e"年"')),
        *((code, "moment") for code in ("[$-F800]dddd\\,\\ mmmm", "[DBNum1][$-804]yyyy", "AM/PM", "YYYY/M/D", "ss.0")),
        *((code, "span") for code in ("[h]:mm", "[mm]:ss", "[ss].000")),
    ],
)
def test_format_codes(code: str, kind: Kind) -> None:
    assert kind_of_code(code) == kind


def test_format_ids_are_days_unless_the_file_says_otherwise() -> None:
    assert [n for n in range(60) if kind_of(n) == "moment"] == [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)]
    assert (kind_of(46), kind_of(57, "0.0000"), kind_of(200, "d")) == ("span", "", "moment")


@pytest.mark.parametrize(
    ("serial", "kind", "since_1904", "value"),
    [
        (43281.0, "", False, 43281.0),
        (43281.0, "moment", False, dt.date(2018, 6, 30)),
        (41819.0, "moment", True, dt.date(2018, 6, 30)),
        (43281.5, "moment", False, dt.datetime.fromisoformat("2018-06-30T12:00")),
        (0.5, "moment", False, dt.time(12)),
        (1.0, "moment", False, dt.date(1900, 1, 1)),
        (61.0, "moment", False, dt.date(1900, 3, 1)),
        (2958466.0, "moment", False, 2958466.0),
        (1.25, "span", False, dt.timedelta(hours=30)),
        (-0.25, "span", False, -dt.timedelta(hours=6)),
        (1e300, "span", False, 1e300),
    ],
)
def test_what_a_serial_shows_as(serial: float, kind: Kind, since_1904: bool, value: object) -> None:
    assert shown(serial, kind, since_1904=since_1904) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018-06-30", dt.date(2018, 6, 30)),
        ("2018-06-30T12:00:00Z", dt.datetime.fromisoformat("2018-06-30T12:00")),
        ("30.6.2018", "30.6.2018"),
    ],
)
def test_days_as_written(text: str, value: object) -> None:
    assert written(text) == value
