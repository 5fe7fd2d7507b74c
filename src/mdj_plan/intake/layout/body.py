"""The rows below a header: which are facilities, which are totals, headings, signatures and notes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from mdj_plan.fields import CHOICES
from mdj_plan.intake.layout.columns import find_block
from mdj_plan.intake.layout.totals import says_total, sets_against
from mdj_plan.sheets.remarks import is_closing, is_remark, is_signature, names_facility
from mdj_plan.sheets.values.reading import blank, squeezed

if TYPE_CHECKING:
    from mdj_plan.intake.layout.columns import Block, Grid
    from mdj_plan.intake.layout.cover import Labels
    from mdj_plan.intake.layout.headers import Vocabulary
    from mdj_plan.sheets.cells import Cell

_TOTALS_END = frozenset("计)）:： 家户个")  # 孵化器小计（2家）: names that end so are looked at twice
_SHORT = 6  # a name of fewer characters may be 合 计
_CODE = 15  # characters of a licence number, the shortest code
_FIGURE = re.compile(r"[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]+)?[^0-9.年月/-]{0,4}")
_LARGEST = 10**10
_WIDE = 3  # a text merged over so many columns is a heading


class Around(Protocol):
    """What a body needs of the survey around it. `below` are the places of values that stand under their labels."""

    grid: Grid
    words: Vocabulary
    labels: Labels
    below: set[tuple[int, int]]

    def states(self, row: int) -> bool:
        """Whether a row states something of the cover."""

    def note(self, row: int) -> bool:
        """Keep a row that belongs to no table; whether it states something of the cover."""


class Body:
    """Reads a table's rows downwards. `rows` and `totals` count from 0; `signed` once a signature or note was met.

    `alone` are the rows in which nothing but a name stands: whether it is a unit's, the body cannot know. `left` are
    rows behind the table's end: an empty row below its total or signatures, and nothing of a facility after it.
    `odd` are those of the rows that are not plainly a facility, by a name and a kind.
    """

    def __init__(self, around: Around, block: Block) -> None:
        self.around, self.block = around, block
        self.grid = around.grid
        self.rows: list[int] = []
        self.totals: list[int] = []
        self.left: list[int] = []
        self.signed = False
        key, choice = ("name", "kind") if block.kind == "facilities" else ("duty", "status")
        self.key = block.columns[key].index if key in block.columns else -1
        self.choice = block.columns[choice].index if choice in block.columns else -1
        self.code = block.columns["credit_code"].index if "credit_code" in block.columns else -1
        self.state = block.columns["state"].index if "state" in block.columns else -1
        self.odd: list[int] = []
        self.alone: list[int] = []
        self.listed = CHOICES[choice]
        self.plain: set[Cell] = set(self.listed)

    @cached_property
    def indexes(self) -> list[int]:
        """Where the table's columns stand."""
        return [column.index for column in self.block.columns.values()]

    @cached_property
    def figures(self) -> list[int]:
        """Where its columns of figures stand."""
        block = self.block
        return [column.index for name, column in block.columns.items() if block.fields[name].numeric]

    def read(self, row: int) -> int:
        """Read from a row on to the next header or the sheet's end; the row that follows."""
        rows, plain, found = self.grid.rows, self.plain, self.rows
        key, choice = self.key, self.choice
        need = max(key, choice)
        usual = key >= 0 and choice >= 0
        skipped = row
        for at in range(row, len(rows)):
            if at < skipped:
                continue
            cells = rows[at]
            if usual and len(cells) > need and cells[choice] in plain:
                name = cells[key]
                if type(name) is str and len(name) >= _SHORT and name[-1] not in _TOTALS_END:
                    found.append(at)
                    continue
            if not self._unusual(at):
                return at
            if (self.signed or self.totals) and not any(cells):
                skipped = self._behind_the_end(at + 1)
        return len(rows)

    def _behind_the_end(self, row: int) -> int:
        """Leave out the rows below an empty one where nothing of a facility is in them; the first row to be read."""
        end = row
        while end < len(self.grid.rows) and any(self.grid.rows[end]):
            if find_block(self.grid, end, self.around.words) is not None or self._is_of_a_facility(end):
                return row if self._is_of_a_facility(end) else end
            end += 1
        for each in range(row, end):
            if not self.around.note(each) and not self._is_words(each):
                self.left.append(each)
        return end

    def _is_of_a_facility(self, row: int) -> bool:
        """Whether a row bears a code, a state or a figure in the table's columns, or is a facility by kind and name."""
        if self._counts(row) or (self.code >= 0 and len(squeezed(self.grid.at(row, self.code))) >= _CODE):
            return True
        if self.state >= 0 and squeezed(self.grid.at(row, self.state)) in CHOICES["state"]:
            return True
        return self._is_plain(row) and names_facility(self.grid.at(row, self.key))

    def _is_words(self, row: int) -> bool:
        """One text alone, or a note: a heading, a remark, a signature."""
        filled = [cell for cell in self.grid.rows[row] if not blank(cell)]
        return len(filled) < 2 or is_remark(filled[0]) or is_signature(filled[0])

    def _unusual(self, row: int) -> bool:
        """Judge a row that is not plainly a facility; False where another table begins."""
        filled = [i for i, cell in enumerate(self.grid.rows[row]) if not blank(cell)]
        if not filled:
            return True
        if find_block(self.grid, row, self.around.words) is not None:
            return False
        if self._is_set_against(row, filled):
            return True
        if self._is_total(row, filled):
            self.totals.append(row)
        elif self._is_plain(row) or self._is_fact(row, filled):
            self.rows.append(row)
            self.odd.append(row)
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
        if any(says_total(cell) for cell in first) or self._is_spread(row, filled):
            return True
        bare = self.choice >= 0 and blank(self.grid.at(row, self.choice))
        unnamed = self.code >= 0 and blank(self.grid.at(row, self.code))  # a total has no operator
        return (bare or unnamed) and any(says_total(cell, loosely=True) for cell in first)

    def _is_spread(self, row: int, filled: list[int]) -> bool:
        """合 and 计 in two cells, and no other words."""
        words = [cell for cell in (self.grid.at(row, i) for i in filled) if isinstance(cell, str)]
        return len(words) == 2 and max(map(len, words)) == 1 and says_total("".join(words))

    def _is_set_against(self, row: int, filled: list[int]) -> bool:
        """A row beside the totals that is no sum: 其中：市级, 完成率（%）; it has no kind, no code and no state."""
        if any(not blank(self.grid.at(row, i)) for i in (self.choice, self.code, self.state) if i >= 0):
            return False
        return any(sets_against(self.grid.at(row, i)) for i in (*filled[:1], self.key) if 0 <= i <= self.key)

    def _is_fact(self, row: int, filled: list[int]) -> bool:
        """Neither heading nor signature nor note, and something stands in the table's columns."""
        stated = [i for i in self.indexes if i in filled]
        if not stated or self._is_aside(row, filled, stated):
            self.signed = self.around.note(row) or self.signed
            return False
        if self.key not in filled and self.around.states(row):  # 填表人 | 张三
            self.around.note(row)
            self.signed = True
            return False
        if self._is_prepared(row, stated) or all((row, i) in self.around.below for i in filled):
            return False
        if self.signed and not self._might_be_facility(row, stated):
            return False
        if filled == [self.key]:
            self.alone.append(row)
        return True

    def _is_aside(self, row: int, filled: list[int], stated: list[int]) -> bool:
        """Whether the row is a heading, a note, or a label with its value, by its first words or those of the name."""
        first, name = self.grid.at(row, filled[0]), self.grid.at(row, self.key) if self.key >= 0 else None
        labelled = any(self.around.labels.exact(cell) is not None for cell in (first, name))
        if is_remark(first) or (not labelled and len(filled) > 1 and (is_signature(first) or is_signature(name))):
            aside = self._is_cover(row) or not self._counts(row)
            self.signed = self.signed or aside
            return aside
        if len(filled) == 1:
            return labelled or filled[0] != self.key or is_closing(first) or self._is_wide(row, filled[0])
        return labelled or (stated == [self.key] and is_closing(name))  # 1 | 本季无载体

    def _is_cover(self, row: int) -> bool:
        """Whether a cover label stands in the row: a telephone number beside it is no figure of the table."""
        texts = [cell for cell in self.grid.rows[row] if isinstance(cell, str) and cell]
        labels = self.around.labels
        return any(labels.exact(text) is not None or next(labels.within(text), None) is not None for text in texts)

    def _counts(self, row: int) -> bool:
        """Whether a figure other than zero stands in the table's columns."""
        return any(_is_figure(cell) and not _is_zero(cell) for cell in (self.grid.at(row, i) for i in self.figures))

    def _is_prepared(self, row: int, stated: list[int]) -> bool:
        """An empty row of the form whose formulas show zeros."""
        return all(_is_zero(self.grid.at(row, i)) for i in stated)

    def _might_be_facility(self, row: int, stated: list[int]) -> bool:
        """Of a row below signatures: it says more than a name, or its name is one of a facility."""
        if len(stated) > _WIDE or self.choice in stated or self._counts(row):
            return True
        if self.code in stated and len(squeezed(self.grid.at(row, self.code))) >= _CODE:
            return True
        return self.key >= 0 and names_facility(self.grid.at(row, self.key))

    def _is_wide(self, row: int, column: int) -> bool:
        merged = self.grid.merged(row, column)
        return merged is not None and merged.right - merged.left + 1 >= _WIDE


def _is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, also as text and with its unit; no date and no telephone number."""
    if isinstance(cell, str):
        return _FIGURE.fullmatch(cell.strip()) is not None
    return isinstance(cell, (int, float)) and abs(cell) < _LARGEST


def _is_zero(cell: Cell) -> bool:
    """Whether a cell holds zero, also as text."""
    return cell == 0 or (isinstance(cell, str) and cell.strip() in {"0", "0.0", "0.00"})
