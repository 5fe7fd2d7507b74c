"""What a number shows as, by the styles of its workbook."""

from __future__ import annotations

import pytest

from mdj_plan.sheets.formats.styles import styles


def sheet_of(code: str) -> bytes:
    """Styles of which the second shows numbers by a code."""
    return (
        f'<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    ).encode()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0.00", ""),
        ("yyyy&quot;年&quot;", "moment"),
        ("0&quot;&#x5E74;&quot;", ""),  # 年, whose number has an E, which stands for a year where it is none
        ("0&quot;&#x5eed;&quot;", ""),
        ("&#100;/m", "moment"),
        ("[&#x68;]:mm", "span"),
    ],
)
def test_what_a_format_shows_whichever_way_its_letters_are_written(code: str, kind: str) -> None:
    assert styles(sheet_of(code)).kinds == ("", kind)
