"""A declared table for scripts: rows of JSON and CSV, keys as declared, what is unknown null (contract 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.reports.tables.values import exact

if TYPE_CHECKING:
    from mdj_plan.messages import Messages
    from mdj_plan.reports.tables.table import Filled


def data_rows(table: Filled, texts: Messages) -> list[dict[str, object]]:
    """One object a row; every column's key is always there."""
    columns = table.on("data")
    return [{column.key: exact(row.get(column.key), texts) for column in columns} for row in table.rows]


def data_keys(table: Filled) -> list[str]:
    """The keys of its rows, in their order."""
    return [column.key for column in table.on("data")]


def flat_rows(table: Filled, texts: Messages) -> list[dict[str, object]]:
    """The same for CSV: of several in one cell, a space between them."""
    return [
        {key: " ".join(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in data_rows(table, texts)
    ]
