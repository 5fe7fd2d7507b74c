"""Packages of office files without a time of writing: the same content is the same bytes, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from openpyxl import Workbook

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive knows; before it, and after 2107, the libraries would refuse to write."""


class Undated(zipfile.ZipFile):
    """An archive whose members all bear the first moment."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a member."""
        info = zipfile.ZipInfo(str(zinfo_or_arcname), _FIRST)
        info.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(info, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a file."""
        self.writestr(arcname, Path(filename).read_bytes())


def workbook_bytes(book: Workbook) -> bytes:
    """The workbook as a package."""
    from openpyxl.writer.excel import ExcelWriter

    out = io.BytesIO()
    ExcelWriter(book, Undated(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()


def document_bytes(document: Document) -> bytes:
    """The document as a package."""
    from docx.opc.pkgwriter import PackageWriter

    out = io.BytesIO()
    package = document.part.package
    with Undated(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in package.parts:
            part.before_marshal()
        writer: Any = _Parts(archive)
        steps: Any = PackageWriter  # whose `write` opens an archive of its own
        steps._write_content_types_stream(writer, package.parts)
        steps._write_pkg_rels(writer, package.rels)
        steps._write_parts(writer, package.parts)
    return out.getvalue()


class _Parts:
    """What python-docx writes parts to."""

    def __init__(self, archive: Undated) -> None:
        self._archive = archive

    def write(self, uri: Any, blob: bytes) -> None:
        """Add a part."""
        self._archive.writestr(uri.membername, blob)
