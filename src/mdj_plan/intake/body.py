"""The rows below a header: which are facilities, which are totals, headings, signatures and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from mdj_plan.fields import CHOICES
from mdj_plan.intake.columns import find_block
from mdj_plan.intake.reading import blank, squeezed
from mdj_plan.intake.totals import says_total

if TYPE_CHECKING:
    from mdj_plan.intake.cells import Cell
    from mdj_plan.intake.columns import Block, Grid
    from mdj_plan.intake.headers import Vocabulary

_REMARK = re.compile(r"\s*(?:[^\s:：]{1,12}[:：]|(?:注|说明|备注|填表说明)\s*[:：0-9一1.、]|※|\*)")
_TOTALS_END = frozenset("计)）:： 家户个")  # 孵化器小计（2家）: names that end so are looked at twice
_CLOSING = re.compile(r"\s*(?:以上|以下|此页|本页|经办|[(（【\[].*[)）】\]]$|(?:19|20)\d{2}\s*[年./-]|.*。$)")
_SHORT = 6  # a name of fewer characters may be 合 计
_WIDE = 3  # a text merged over so many columns is a heading


class Around(Protocol):
    """What a body needs of the survey around it."""

    grid: Grid
    words: Vocabulary

    def note(self, row: int) -> bool:
        """Keep a row that belongs to no table; whether it states something of the cover."""


class Body:
    """Reads a table's rows downwards. `rows` and `totals` count from 0; `signed` once a signature or note was met."""

    def __init__(self, around: Around, block: Block) -> None:
        self.around, self.block = around, block
        self.grid = around.grid
        self.rows: list[int] = []
        self.totals: list[int] = []
        self.signed = False
        key, choice = ("name", "kind") if block.kind == "facilities" else ("duty", "status")
        self.key = block.columns[key].index if key in block.columns else -1
        self.choice = block.columns[choice].index if choice in block.columns else -1
        self.code = block.columns["credit_code"].index if "credit_code" in block.columns else -1
        self.indexes = [column.index for column in block.columns.values()]
        self.listed = CHOICES[choice]
        self.plain: set[Cell] = set(self.listed)

    def read(self, row: int) -> int:
        """Read from a row on to the next header or the sheet's end; the row that follows."""
        rows, plain, found = self.grid.rows, self.plain, self.rows
        key, choice = self.key, self.choice
        need = max(key, choice)
        usual = key >= 0 and choice >= 0
        for at in range(row, len(rows)):
            cells = rows[at]
            if usual and len(cells) > need and cells[choice] in plain:
                name = cells[key]
                if type(name) is str and len(name) >= _SHORT and name[-1] not in _TOTALS_END:
                    found.append(at)
                    continue
            if not self._unusual(at):
                return at
        return len(rows)

    def _unusual(self, row: int) -> bool:
        """Judge a row that is not plainly a facility; False where another table begins."""
        filled = [i for i, cell in enumerate(self.grid.rows[row]) if not blank(cell)]
        if not filled:
            return True
        if find_block(self.grid, row, self.around.words) is not None:
            return False
        if self._is_total(row, filled):
            self.totals.append(row)
        elif self._is_plain(row) or self._is_fact(row, filled):
            self.rows.append(row)
            if self.choice in filled:  # a kind seen once is no header and no total, listed or not
                self.plain.add(self.grid.at(row, self.choice))
        return True

    def _is_plain(self, row: int) -> bool:
        """A name and a listed kind: a facility wherever it stands, even below the signatures."""
        if self.key < 0 or self.choice < 0 or blank(self.grid.at(row, self.key)):
            return False
        kind = self.grid.at(row, self.choice)
        return not blank(kind) and squeezed(kind) in self.listed

    def _is_total(self, row: int, filled: list[int]) -> bool:
        first = [self.grid.at(row, i) for i in (*filled[:1], self.key) if i >= 0]
        if any(says_total(cell) for cell in first):
            return True
        bare = self.choice >= 0 and blank(self.grid.at(row, self.choice))
        unnamed = self.code >= 0 and blank(self.grid.at(row, self.code))  # a total has no operator
        return (bare or unnamed) and any(says_total(cell, loosely=True) for cell in first)

    def _is_fact(self, row: int, filled: list[int]) -> bool:
        """Neither heading nor signature nor note, and something stands in the table's columns."""
        stated = [i for i in self.indexes if i in filled]
        first = self.grid.at(row, filled[0])
        alone = len(filled) == 1
        closing = alone and isinstance(first, str) and _CLOSING.match(first) is not None
        heading = alone and (filled[0] != self.key or closing or self._is_wide(row, filled[0]))
        remark = isinstance(first, str) and _REMARK.match(first) is not None
        if remark or heading or not stated:
            cover = self.around.note(row)
            self.signed = self.signed or remark or cover
            return False
        if self.key not in filled and self.around.note(row):  # 填表人 | 张三
            self.signed = True
            return False
        return not self.signed or len(stated) > _WIDE

    def _is_wide(self, row: int, column: int) -> bool:
        merged = self.grid.merged(row, column)
        return merged is not None and merged.right - merged.left + 1 >= _WIDE
