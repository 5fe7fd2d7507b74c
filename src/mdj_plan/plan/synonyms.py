"""Further words for the columns of a return (contract 1, `headers`), read with the care of a return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from mdj_plan.fields import COVER, DUTY_FIELDS, NO_FIELDS
from mdj_plan.names import listed, nearest
from mdj_plan.phrases import phrase
from mdj_plan.plan.problems import Problem
from mdj_plan.records import NamedTuple
from mdj_plan.sheets.tables.columns import Column
from mdj_plan.sheets.tables.kinds import TEXT
from mdj_plan.sheets.tables.table import OfficeTable, Slip, read_table, slip
from mdj_plan.sheets.values.header import header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mdj_plan.fields import Field
    from mdj_plan.findings import Argument

Synonyms = Mapping[str, tuple[str, ...]]
"""Words by the id of what they name: a field of a return, or one of `NO_FIELDS`."""


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """A row of the table: `word` is another header for the field that `field` names by id or header."""

    row: int
    field: Annotated[str, Column(("field", "填报项", "字段", "标识"), TEXT, required=True, needed=True)]
    word: Annotated[str, Column(("synonym", "同义词", "表头", "叫法"), TEXT, required=True, needed=True)]


class Wordlist(NamedTuple):
    """What such a table says, and every mistake found."""

    synonyms: Synonyms
    problems: tuple[Problem, ...] = ()


def read_synonyms(path: Path, fields: Mapping[str, Field]) -> Wordlist:
    """The words in a file, for a return whose columns of facilities are `fields`. May raise OSError."""
    try:
        table = read_table(path, SynonymRow)
    except FileNotFoundError:
        return Wordlist({}, (Problem("headers-not-found", str(path)),))
    if table.heads is None and not table.slips:
        return Wordlist({}, (Problem("table-no-header", path.name, expected=listed(["field", "synonym"])),))
    reader = _Reader(table, fields)
    found: dict[str, tuple[str, ...]] = {}
    for field, word in reader.rows():
        found[field] = (*found.get(field, ()), word)
    slips = sorted([*table.slips, *reader.wrong], key=lambda each: (each.at.row, each.at.column))
    return Wordlist(found, tuple(map(Problem.of, slips)))


class _Reader:
    """Understands the rows, one by one; keeps what is wrong as it goes."""

    def __init__(self, table: OfficeTable[SynonymRow], fields: Mapping[str, Field]) -> None:
        self.table = table
        self.wrong: list[Slip] = []
        self.tables = (fields, DUTY_FIELDS, COVER)
        self.known = {name: field.header for each in self.tables for name, field in each.items()}
        self.ids = {header(typed).key: name for name, typed in reversed(self.known.items())}
        self.taken = {
            (part, header(field.header).key): name
            for part, each in enumerate(self.tables)
            for name, field in each.items()
        }

    def rows(self) -> Iterator[tuple[str, str]]:
        """What each row without a mistake adds: the id of a field, and a word for it."""
        for row in self.table.rows:
            field = self._field(row)
            if field is not None and self._new(row, field):
                yield field, row.word
        for row in self.table.partial:  # for what else is wrong with it
            field = self._field(row) if row.field else None
            if field is not None and row.word:
                self._new(row, field)

    def _field(self, row: SynonymRow) -> str | None:
        typed = row.field.strip()
        found = typed if typed in self.known or typed in NO_FIELDS else self.ids.get(header(typed).key)
        if found is None:
            known = [*self.known, *self.known.values()]
            self._object(row, "field", "table-wrong-value", expected=nearest(typed, known) or listed(self.known))
        return found

    def _new(self, row: SynonymRow, field: str) -> bool:
        """Whether the word may name the field: it is a header, and names no other of the same table."""
        key = header(row.word).key
        if not key:
            self._object(row, "word", "table-wrong-value", expected=phrase("header-words"))
            return False
        for part, each in enumerate(self.tables):
            other = self.taken.setdefault((part, key), field) if field in each else field
            if other != field:
                self._object(row, "word", "synonym-taken", other=self.known[other])
                return False
        return True

    def _object(self, row: SynonymRow, field: str, key: str, **args: Argument) -> None:
        found = self.table.typed(row.row, field)
        self.wrong.append(slip(key, self.table.at(row.row, field), found=found, **args))
