"""The blank return as a workbook: facilities, duties, how to fill it in, what the columns mean, the listed words.

Input cells are open in protected sheets without a password; last quarter's figure stands beside each. What a unit fills
in reads back without a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.blank.duties import duties
from mdj_plan.reports.blank.facilities import facilities
from mdj_plan.reports.blank.guide import guide
from mdj_plan.reports.blank.sheets import Book
from mdj_plan.reports.blank.terms import terms
from mdj_plan.reports.blank.words import Listing

if TYPE_CHECKING:
    from mdj_plan.messages import Messages
    from mdj_plan.reports.blank.form import Form


def blank_return(form: Form, texts: Messages) -> bytes:
    """The workbook's bytes; the same for the same form. A unit that owes duties alone finds them first."""
    book = Book(texts("blank-title", plan=texts.words(form.plan.file.plan.title)), texts)
    listing = Listing(form.plan, texts("blank-words"))
    if form.duties_only:
        duties(book, form)
    facilities(book, form, listing)
    if form.duties and not form.duties_only:
        duties(book, form)
    guide(book, form)
    terms(book, form.plan)
    listing.draw(book)
    book.made.worksheets()[0].activate()
    return book.saved()
