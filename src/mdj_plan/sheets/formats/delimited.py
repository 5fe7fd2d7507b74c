"""Records of a text file: its delimiter, its quoted cells, and the places where a quotation mark breaks them (F108).

A record that breaks is given back as its first line alone, the marks as they stand, and reading goes on below it: what
is wrong with the rest is told in the same run, though the return cannot count (contract 1, A submission).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

from mdj_plan.records import NamedTuple
from mdj_plan.sheets.cells import Book, Fault, Sheet
from mdj_plan.sheets.formats.guarded import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DELIMITERS = (",", "\t", ";", "|")
_WIDE_COMMA = "，"
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?[ \t]*(?:\r|\n|\Z)', re.IGNORECASE)
_SAMPLE, _LINES = 400_000, 1000  # characters and lines by which delimiter and width are told
_LONGEST_CELL = 2**20
_MOST_TOLD = 20
_SHOWN = 40
_AT_ONCE, _SAMPLED = 64, 2048
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_BREAK = re.compile(r"\r\n|\r|\n")


def read_delimited(decoded: str) -> Book:
    """The records of a text as a sheet; F108 for each place where a quotation mark breaks them."""
    mark = delimiter(decoded)
    width = _width(decoded, mark)
    csv.field_size_limit(2**24)
    faults: tuple[Fault, ...] = ()
    try:
        rows, lines, doubtful = _plainly(decoded, mark, width)
    except csv.Error as error:
        if "limit" in str(error):
            return Book((), (Fault("F103", value=str(error)),))
        doubtful = True
    if doubtful:
        careful = _Careful(decoded, mark, width)
        rows, lines, faults = careful.rows, careful.lines, tuple(careful.faults)
    if _SEPARATOR.match(decoded):
        rows[0] = []  # a hint to Excel, which does not show it
    return Book((Sheet(None, unguarded(rows, decoded), lines=lines),), faults)


def delimiter(decoded: str) -> str:
    """The mark that divides most lines into the same number of fields; a full-width comma only where nothing else does.

    Marks within quotes do not count, nor those that stand here and there: 1,200 in a file of tabs.
    """
    hint = _SEPARATOR.match(decoded)
    if hint:
        return hint[1]
    sample = _QUOTED.sub("", decoded[:_SAMPLE])
    lines = sample.splitlines()[:_LINES]
    scores = {mark: _agreement(line.count(mark) for line in lines) for mark in _DELIMITERS if mark in sample}
    best = max(scores, key=scores.__getitem__, default=_DELIMITERS[0])
    return best if scores.get(best) or _WIDE_COMMA not in decoded[:_SAMPLE] else _WIDE_COMMA


def _agreement(counts: Iterable[int]) -> int:
    """How many marks stand in lines of one number of marks, the number for which they are most."""
    common = Counter(filter(None, counts))
    return max((count * lines for count, lines in common.items()), default=0)


def _width(decoded: str, mark: str) -> int:
    """The delimiters of a record: the commonest number among the wider lines, so that a cover does not decide."""
    counts = Counter(line.count(mark) for line in decoded[:_SAMPLE].splitlines()[:_LINES])
    widest = max((count for count, lines in counts.items() if lines > 1), default=max(counts, default=0))
    wide = [count for count in counts if widest <= 2 * count <= 2 * widest]
    return max(wide, key=lambda count: (counts[count], count), default=0)


def _plainly(decoded: str, mark: str, width: int) -> tuple[list[Sequence[str]], Sequence[int], bool]:
    """Rows, the line of each, and whether a quoted cell holds what looks like records. Raises csv.Error."""
    rows: list[Sequence[str]] = []
    starts: list[Sequence[int]] = []
    line, doubtful = 1, False
    sparing = _Sparing()
    reader = csv.reader(_lines(decoded), delimiter=mark, strict=True)
    while some := list(islice(reader, _AT_ONCE if rows else _SAMPLED)):
        if reader.line_num - line + 1 == len(some):
            starts.append(range(line, reader.line_num + 1))
        else:
            lines = list(map(_lines_of, some))
            starts.append([*accumulate(lines[:-1], initial=line)])
            longer = (row for row, taken in zip(some, lines, strict=True) if taken > 1)
            doubtful = doubtful or any(_swallows(row, at, mark, width) for row in longer for at in range(len(row)))
        line = reader.line_num + 1
        rows += sparing.spared(some)
    return rows, range(1, line) if line == len(rows) + 1 else list(chain.from_iterable(starts)), doubtful


class _Sparing:
    """Keeps a text that stands in a thousand cells once: returns repeat themselves, but for names, codes and areas.

    Which columns do, the first rows tell, by the number of their fields. Rows are gone through some at a time, column
    by column: so few texts are looked up, and those lie close together. A short file is left as it is, and so are
    columns of single characters, of which Python keeps each once.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._repeats: dict[int, list[bool]] = {}

    def spared(self, rows: Sequence[Sequence[str]]) -> Iterable[Sequence[str]]:
        """The next rows, with texts known in place of equal ones; first come those that tell which columns repeat."""
        if self._repeats:
            return self._known_again(rows)
        if len(rows) < _SAMPLED:
            return rows
        self._learn(rows)
        portions = (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))
        return chain.from_iterable(map(self._known_again, portions))

    def _learn(self, rows: Iterable[Sequence[str]]) -> None:
        alike: dict[int, list[Sequence[str]]] = {}
        for row in rows:
            alike.setdefault(len(row), []).append(row)
        for width, some in alike.items():
            self._repeats[width] = [_repeats(column) for column in zip(*some, strict=True)]

    def _known_again(self, rows: Sequence[Sequence[str]]) -> Iterable[Sequence[str]]:
        known, width = self._known.setdefault, len(rows[0])
        if width == 0 or width not in self._repeats or any(len(row) != width for row in rows):
            return [tuple(map(known, row, row)) for row in rows]
        columns = zip(zip(*rows, strict=True), self._repeats[width], strict=True)
        return zip(*[map(known, column, column) if repeats else column for column, repeats in columns], strict=True)


def _repeats(column: Sequence[str]) -> bool:
    """Whether many of a column's texts stand in it again, and are longer than a character."""
    return len(set(column)) * 4 < len(column) * 3 and sum(len(text) > 1 for text in column) * 16 > len(column)


def _lines_of(row: Sequence[str]) -> int:
    """How many lines a record stands on."""
    return 1 + len(_BREAK.findall("\0".join(row)))


def _lines(decoded: str) -> Iterable[str]:
    """The lines of a text with their ends, one after another; a file of old Macs is cut at once."""
    if decoded.count("\r") != decoded.count("\r\n"):
        return io.StringIO(decoded, newline="")
    return _cut(decoded)


def _cut(decoded: str) -> Iterator[str]:
    at = 0
    while end := decoded.find("\n", at) + 1:
        yield decoded[at:end]
        at = end
    if at < len(decoded):
        yield decoded[at:]


def _swallows(row: Sequence[str], index: int, mark: str, width: int) -> bool:
    """Whether a cell of a record with so many delimiters holds a line of another record, or the halves of two.

    ``1,"甲,孵化器,20`` and ``2,乙",孵化器,8`` below it make one record of the right width: its ends tell.
    """
    lines = _BREAK.split(row[index])
    if len(lines) == 1 or width < 2:
        return False
    counts = [line.count(mark) for line in lines]
    before, after = index, len(row) - 1 - index
    return max(counts) >= width or (before + counts[0] >= width and counts[-1] + after >= width)


class _Quoted(NamedTuple):
    """A quoted cell: its field in the record (from 0), where its mark stands, and where it closes (-1: nowhere)."""

    field: int
    opened: int
    closed: int


class _Careful:
    """Reads record by record, where the plain way found a broken one."""

    def __init__(self, decoded: str, mark: str, width: int) -> None:
        self.text, self.mark, self.width = decoded, mark, width
        self.ends = re.compile(rf"[{re.escape(mark)}\r\n]|\Z")
        self.rows: list[Sequence[str]] = []
        self.lines: list[int] = []
        self.faults: list[Fault] = []
        at, line = 0, 1
        while at < len(decoded):
            end = self._take(at, line)
            after = _BREAK.match(decoded, end)
            following = after.end() if after else len(decoded)
            line += len(_BREAK.findall(decoded, at, following))
            at = following

    def _take(self, at: int, line: int) -> int:
        """Keep the record that begins at a place; where it ends."""
        row: list[str] = []
        quoted: list[_Quoted] = []
        end, variant = self._record(at, row, quoted)
        swallowing = [q for q in quoted if q.closed >= 0 and _swallows(row, q.field, self.mark, self.width)]
        if not variant and swallowing:
            variant, quoted = "lines", swallowing[:1]
        if variant:
            self._tell(variant, quoted[-1], at, line)
            end = self._line_end(at)
            row = self.text[at:end].split(self.mark)
        self.rows.append(row)
        self.lines.append(line)
        return end

    def _record(self, at: int, row: list[str], quoted: list[_Quoted]) -> tuple[int, str]:
        """Read the fields of a record; where it ends, and the variant of F108 that its last cell is, or ""."""
        text = self.text
        while True:
            if text.startswith('"', at):
                cell = _QUOTED.match(text, at, at + _LONGEST_CELL)
                quoted.append(_Quoted(len(row), at, cell.end() - 1 if cell else -1))
                if cell is None:
                    return at, "open"
                row.append(cell[0][1:-1].replace('""', '"'))
                at = cell.end()
                if at < len(text) and text[at] not in {self.mark, "\r", "\n"}:
                    return at, "stray"
            else:
                end = self._field_end(at)
                row.append(text[at:end])
                at = end
            if not text.startswith(self.mark, at):
                return at, ""
            at += 1

    def _field_end(self, at: int) -> int:
        found = self.ends.search(self.text, at)
        return found.start() if found else len(self.text)

    def _line_end(self, at: int) -> int:
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def _tell(self, variant: str, cell: _Quoted, at: int, line: int) -> None:
        if len(self.faults) >= _MOST_TOLD:
            return
        text = self.text
        shown = text[cell.opened : min(self._field_end(cell.opened), cell.opened + _SHOWN)]
        opened = line + len(_BREAK.findall(text, at, cell.opened))
        closed = line + len(_BREAK.findall(text, at, cell.closed)) if cell.closed >= 0 else opened
        behind = cell.closed + 1
        after = text[behind : min(self._field_end(behind), behind + _SHOWN)] if variant == "stray" else ""
        args = (("line", str(opened)), ("last", str(closed)), ("after", after))
        self.faults.append(Fault("F108", None, len(self.rows), cell.field, shown, variant, args))
