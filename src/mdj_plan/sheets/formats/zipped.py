"""Zip packages: which kind of document one holds, and who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.sheets.formats.package import Package
from mdj_plan.sheets.formats.refusal import Refused

if TYPE_CHECKING:
    from mdj_plan.sheets.cells import Book


def read_zip(data: bytes) -> tuple[str, Book]:
    """The kind of content (xlsx, xlsb, ods) and what it holds. Raises Refused."""
    package = Package(data)
    if "content.xml" in package and ("mimetype" in package or "META-INF/manifest.xml" in package):
        from mdj_plan.sheets.formats.opendocument import read_opendocument

        return "ods", read_opendocument(package)
    from mdj_plan.sheets.formats.xlsx import read_xlsx, root_of

    _refuse_others(package)
    root = root_of(package)
    if root is None:
        raise Refused("F103") if "[Content_Types].xml" in package else Refused("F101", "archive")
    if root.casefold().endswith(".bin"):
        from mdj_plan.sheets.formats.xlsb import read_xlsb

        return "xlsb", read_xlsb(package, root)
    return "xlsx", read_xlsx(package, root)


def _refuse_others(package: Package) -> None:
    """Raises Refused for a document of text or slides, and for a table that only its own program reads."""
    if any(name.startswith(("word/", "ppt/")) or name == "ofd.xml" for name in package.names()):
        raise Refused("F101", "document")
    if any(name.endswith(".iwa") for name in package.names()):
        raise Refused("F101", "other", form="Apple Numbers")
