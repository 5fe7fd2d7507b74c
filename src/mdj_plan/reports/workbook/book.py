"""An empty workbook in memory, which says whose it is and never takes a text for a formula, a link or a number."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from mdj_plan.reports.ours import MARK


def new_book(title: str, period: str) -> tuple[Any, io.BytesIO]:
    """The workbook, and where its bytes are once it is closed; the same input gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    moment = dt.datetime(2017, 1, 1)  # noqa: DTZ001 - document properties bear no zone
    book.set_properties({"title": title, "created": moment, "comments": period, "category": MARK})
    book.set_calc_mode("auto")
    return book, out
