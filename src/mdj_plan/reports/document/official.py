"""The form of an official document (GB/T 9704-2012): page, fonts, paragraphs, tables, page numbers.

Margins 37/35/28/26 mm, 22 lines of 28 characters; title 22 pt 小标宋, body 16 pt 仿宋, headings 黑体 and 楷体.
Annexes lie across the page, so that their tables break no figure.
No document number, seal or approval is made up: those places stay blank.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from mdj_plan.reports.ours import MARK
from mdj_plan.reports.undated import document_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdj_plan.reports.document.composed import Lines

_STYLES = {
    "title": "Title",
    "heading1": "Heading 1",
    "heading2": "Heading 2",
    "body": "Body Text",
    "plain": "Salutation",
    "note": "Caption",
    "annex": "List",
    "sign": "Signature",
    "small": "Subtitle",
}
"""The styles of Word that the kinds of paragraphs stand for."""
_FONTS = {
    "title": "方正小标宋简体",
    "heading1": "黑体",
    "heading2": "楷体",
    "body": "仿宋",
    "plain": "仿宋",
    "note": "仿宋",
    "annex": "仿宋",
    "sign": "仿宋",
    "small": "楷体",
}
_SIZES = {"title": 22, "note": 10.5}
_SIZE = 16
_LINES = {"title": 33, "note": 16}
_ALIGNED = {"title": 1, "small": 1, "sign": 2, "annex": 0, "note": 0}  # centred, right, left
_LINE = 28.9
"""Points between lines: 22 lines fill the 225 mm of type area."""
_CELL = 12
"""The same within tables, at 10.5 pt: pages come out alike whatever font stands in."""


class Official:
    """One document in the making."""

    def __init__(self, title: str) -> None:
        import docx
        from docx.shared import Mm

        self.document = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(28)
        section.different_first_page_header_footer = False
        self._annexes = 0
        self._defaults()
        self._numbers()
        core = self.document.core_properties
        core.title, core.author, core.comments, core.category = title, "", "", MARK
        core.created = core.modified = dt.datetime(2017, 1, 1)  # noqa: DTZ001 - document properties bear no zone
        core.last_modified_by = ""

    def _defaults(self) -> None:
        self._font(self.document.styles["Normal"], "body")
        for kind, name in _STYLES.items():
            self._set(self._style(name), kind)

    def _style(self, name: str) -> Any:
        """The style of that name; python-docx's own template lacks some of Word's."""
        from docx.enum.style import WD_STYLE_TYPE

        styles = self.document.styles
        return styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)

    def _font(self, style: Any, kind: str) -> None:
        """The font and size of a kind, for both scripts."""
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        style.font.name, style.font.size, style.font.bold, style.font.italic = (
            _FONTS[kind],
            Pt(_SIZES.get(kind, _SIZE)),
            False,
            False,
        )
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(name), _FONTS[kind])
        for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(name), None)

    def _set(self, style: Any, kind: str) -> None:
        """Font, size and paragraph of a kind: the title centred, headings and body indented by two characters."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.oxml.ns import qn
        from docx.shared import Pt

        self._font(style, kind)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINES.get(kind, _LINE))
        form.alignment = _ALIGNED.get(kind, WD_ALIGN_PARAGRAPH.JUSTIFY)
        form.first_line_indent = Pt(32) if kind in {"body", "heading1", "heading2"} else Pt(0)
        form.left_indent = Pt(32) if kind == "annex" else Pt(0)
        form.right_indent = Pt(64) if kind == "sign" else Pt(0)
        form.space_after = Pt(_LINE) if kind in {"title", "small"} else Pt(0)
        form.keep_with_next = kind in {"heading1", "heading2"}
        if kind == "title":  # python-docx's own title is underlined by a border
            for border in style.element.pPr.findall(qn("w:pBdr")):
                style.element.pPr.remove(border)

    def _numbers(self) -> None:
        """Page numbers as — 1 —, right on odd pages and left on even ones."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            self._run(paragraph, "— ", "宋体", 14)
            self._field(paragraph, "PAGE")
            self._run(paragraph, " —", "宋体", 14)

    def _field(self, paragraph: Any, instruction: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = self._run(paragraph, "", "宋体", 14)
        for kind, text in (("begin", ""), ("", instruction), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)

    def _run(self, paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> Any:
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.bold = font, Pt(size), bold
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
        return run

    def write(self, lines: Lines) -> None:
        """Paragraphs by their marks."""
        for kind, text in lines:
            self.add(kind, text)

    def add(self, kind: str, text: str) -> None:
        """A paragraph by its mark. A title is broken where it says ｜; a signature stays with the text before it, and
        what is set small right below the title.
        """
        from docx.shared import Pt

        if kind == "small" and self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.space_after = Pt(0)
        if kind == "sign" and self.document.paragraphs:
            self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        if kind == "plain" and not text:
            return
        self.paragraph(kind, text)

    def paragraph(self, kind: str, text: str) -> Any:
        """One paragraph in the style of its kind, so that whoever edits it changes the style and not each line."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph(style=_STYLES[kind])
        if kind == "annex" and text[:1].isdigit():  # below the first, which says 附件：1.
            paragraph.paragraph_format.left_indent = Pt(32 + 48)
        lines = text.split("｜")
        for line in lines:
            run = self._run(paragraph, line, _FONTS[kind], _SIZES.get(kind, _SIZE))
            if line is not lines[-1]:
                run.add_break()
        return paragraph

    def annex(self, number: str, title: str) -> None:
        """A new page across, headed by the annex's number and title."""
        if not self._annexes:
            self._across()
        head = self.paragraph("plain", number)
        head.paragraph_format.page_break_before = self._annexes > 0
        self.paragraph("title", title)
        self._annexes += 1

    def _across(self) -> None:
        """From here on pages lie across. The last paragraph ends the section: one more might open an empty page."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Mm

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin = section.bottom_margin = Mm(28)
        section.left_margin = section.right_margin = Mm(25)
        section.footer_distance = Mm(18)
        empty: Any = self.document.paragraphs[-1]._p
        before: Any = empty.getprevious()
        before.set_sectPr(empty.pPr.sectPr)
        empty.getparent().remove(empty)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        figures: frozenset[int] = frozenset(),
    ) -> None:
        """A ruled table, its heading repeated on every page; widths in millimetres; `figures`: columns never broken."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.autofit = False
        self._margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for i, row in enumerate((heads, *rows)):
            line = table.rows[0] if i == 0 else table.add_row()
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for column, (cell, text, width) in enumerate(zip(line.cells, row, widths, strict=True)):
                cell.width = Mm(width)
                self._cell(cell, text, head=i == 0)
                if i and column in figures:
                    cell._tc.get_or_add_tcPr().append(OxmlElement("w:noWrap"))
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)

    def _margins(self, table: Any) -> None:
        """A millimetre left and right in every cell."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "57")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        look.addprevious(margins)

    def _cell(self, cell: Any, text: str, *, head: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = cell.paragraphs[0]
        form = paragraph.paragraph_format
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.space_before = form.space_after = Pt(0.75)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_CELL)
        self._run(paragraph, text, "黑体" if head else "仿宋", 10.5)

    def saved(self) -> bytes:
        """The document's bytes; no time of writing in them."""
        return document_bytes(self.document)
