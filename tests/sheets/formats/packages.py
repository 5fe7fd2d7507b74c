"""Small xlsx packages, written part by part so that one thing in them can be odd."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip package of parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def parts(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    calculation: str = "",
    main: str = MAIN,
    rel: str = REL,
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet 季报 of the given XML (the content of <worksheet>)."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}">{properties}<sheets><sheet name="季报" '
        f'sheetId="1" r:id="rId1"/></sheets>{calculation}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{rel}/sharedStrings" '
        f'Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{rel}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
    }
    return {**made, "xl/styles.xml": styles} if styles else made


def package(
    sheet: str,
    *,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    calculation: str = "",
    main: str = MAIN,
    rel: str = REL,
    **more: str,
) -> bytes:
    """The same as a package, with more parts, or others in their place."""
    made = parts(
        sheet, strings=strings, styles=styles, properties=properties, calculation=calculation, main=main, rel=rel
    )
    return zipped({**made, **more})


def cells(*each: str) -> str:
    """A sheet's data of one row."""
    return f'<sheetData><row r="1">{"".join(each)}</row></sheetData>'
