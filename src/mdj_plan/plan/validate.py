"""Every mistake in the plan's files at once, or the `Plan` that they state (contract 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from mdj_plan.fields import CHOICES, FIELDS
from mdj_plan.names import Words, listed, nearest
from mdj_plan.plan.form import Form, record
from mdj_plan.plan.model import Plan, Source, Target
from mdj_plan.plan.problems import PlanError, Problem
from mdj_plan.plan.quotas import read_quotas
from mdj_plan.plan.units import Directory
from mdj_plan.plan.yaml import Document, KeyPath, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from mdj_plan.period import Period
    from mdj_plan.plan.model import Indicator, PlanFile

_RESERVED = ("not_reported", "done", "on_schedule", "slightly_behind")


def validated(path: Path) -> Plan:
    """The plan of a file and its quota table. Raises PlanError with all problems found, OSError if unreadable."""
    document = read_yaml(path)
    if document.data is None and document.problems:
        raise PlanError(document.problems)
    file = _validated(document)
    if file is None:
        raise PlanError([*document.problems, *_beyond(document, path)])
    quotas, found = _quotas(path, file)
    problems = [*document.problems, *_crossed(file, document), *found]
    if problems:
        raise PlanError(problems)
    unique, repeated = _first_of_each((*_city_targets(file, document), *quotas))
    return Plan(file, path.resolve(), unique, repeated)


def _quotas(path: Path, file: PlanFile) -> tuple[tuple[Target, ...], list[Problem]]:
    """The quota table of a plan file; none where it names none."""
    if file.quotas is None:
        return (), []
    return read_quotas((path.resolve().parent / file.quotas).resolve(), file, Directory(file))


def _first_of_each(targets: Iterable[Target]) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """The first target of each unit and indicator, and the later ones (P102)."""
    first: dict[tuple[str | None, str], Target] = {}
    later = [t for t in targets if first.setdefault((t.unit, t.indicator), t) is not t]
    return tuple(first.values()), tuple(later)


def _city_targets(file: PlanFile, document: Document) -> Iterator[Target]:
    for i, entry in enumerate(file.targets):
        yield Target(
            unit=None,
            indicator=entry.indicator,
            value=entry.value,
            due=entry.due or file.plan.end,
            baseline=entry.baseline,
            milestones=milestones_before_due(entry.milestones, entry.due or file.plan.end),
            clause=entry.clause,
            note=entry.note,
            source=Source(document.name, None, document.cell(("targets", i))),
        )


def milestones_before_due(milestones: Mapping[Period, Decimal], due: Period) -> tuple[tuple[Period, Decimal], ...]:
    """In order of time; one that repeats the target at its due period is left out."""
    return tuple(sorted((period, value) for period, value in milestones.items() if period < due))


def _validated(document: Document) -> PlanFile | None:
    if not isinstance(document.data, dict):
        document.problems.append(Problem("plan-not-mapping", document.name, "1:1"))
        return None
    try:
        return record(Form.model_validate(document.data))
    except ValidationError as error:
        seen: set[tuple[KeyPath, str]] = set()
        for detail in error.errors(include_url=False, include_context=True):
            problem_path = _within(document.data, detail["loc"])
            told = (problem_path, "" if "where" in problem_path else detail["type"])  # a text or a list: one mistake
            if told not in seen and not (detail["type"] == "too_short" and detail["input"]):  # all entries mistaken
                seen.add(told)
                document.problems.append(_problem(document, detail, problem_path))
        return None


def _within(data: Any, loc: Iterable[str | int]) -> KeyPath:
    """The part of pydantic's location that leads through the data (it adds names of alternatives and ``[key]``)."""
    path: KeyPath = ()
    for step in loc:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if in_list or (isinstance(data, dict) and step in data):
            data = data[step]
            path = (*path, step)
    return path


def _beyond(document: Document, path: Path) -> list[Problem]:
    """What is wrong in the rest of a plan whose mistakes of form are known: they are left out, what remains is crossed.

    Names that were left out with their entry are not missed a second time.
    """
    if not isinstance(document.data, dict):
        return []
    rest, gone = _without_mistakes(document)
    try:
        file = record(Form.model_validate(rest.data))
    except ValidationError:
        return []
    found = [*_crossed(file, rest), *_quotas(path, file)[1]]
    return [problem for problem in found if problem.args.get("found") not in gone]


def _without_mistakes(document: Document) -> tuple[Document, set[str]]:
    """A copy of the document without what is mistaken: keys, and entries of lists; every text of those entries."""
    import copy

    data = copy.deepcopy(document.data)
    dropped: set[tuple[str, int]] = set()
    try:
        Form.model_validate(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = _within(document.data, detail["loc"])
            if len(path) >= 2 and isinstance(path[1], int) and detail["type"] != "extra_forbidden":
                dropped.add((str(path[0]), path[1]))
            elif path and detail["type"] not in {"missing", "too_short"}:
                _parent(data, path).pop(path[-1], None)
    gone = {text for section, i in dropped for text in _texts(document.data[section][i])}
    kept = {
        name: [i for i in range(len(v)) if (name, i) not in dropped] for name, v in data.items() if isinstance(v, list)
    }
    for name, indexes in kept.items():
        data[name] = [data[name][i] for i in indexes]
    return _rest(document, data, kept), gone


def _rest(document: Document, data: Any, kept: Mapping[str, list[int]]) -> Document:
    """The document with its remaining data, positions moved along with the entries that are kept."""
    rest = Document(document.name, data)
    for source, target in ((document.positions, rest.positions), (document.keys, rest.keys)):
        for path, place in source.items():
            if len(path) >= 2 and path[0] in kept and isinstance(path[1], int):
                if path[1] in kept[str(path[0])]:
                    target[path[0], kept[str(path[0])].index(path[1]), *path[2:]] = place
            else:
                target[path] = place
    return rest


def _texts(data: Any) -> Iterator[str]:
    """Every text in a piece of plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _texts(each)


def _parent(data: Any, path: KeyPath) -> Any:
    for step in path[:-1]:
        data = data[step]
    return data


_PERIODS = ("start", "end", "due")
_EXPECTED: dict[str, Words] = {
    "string_type": Words("文本（数字请加引号）", "text (put numbers in quotes)"),
    "string_too_short": Words("非空文本", "text that is not empty"),
    "int_type": Words("整数", "a whole number"),
    "decimal_type": Words("数字", "a number"),
    "decimal_parsing": Words("数字", "a number"),
    "bool_type": Words("true 或 false", "true or false"),
    "tuple_type": Words("列表", "a list"),
    "dict_type": Words("键和值", "keys and values"),
    "model_type": Words("键和值", "keys and values"),
    "model_attributes_type": Words("键和值", "keys and values"),
    "too_short": Words("至少一项", "at least one entry"),
    "finite_number": Words("有限的数字", "a finite number"),
}


def _problem(document: Document, detail: ErrorDetails, path: KeyPath) -> Problem:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        key = str(detail["loc"][-1])
        return Problem("plan-missing-key", document.name, document.cell(path), key=key)
    if kind == "extra_forbidden":
        key = str(detail["loc"][-1])
        like = nearest(key, _keys_beside(path)) or ""
        name = "plan-unknown-key-like" if like else "plan-unknown-key"
        return Problem(name, document.name, document.cell(path, key=True), found=key, suggestion=like)
    expected: Words | str = _EXPECTED.get(kind, Words(detail["msg"], detail["msg"]))
    if kind == "literal_error":
        expected = str(context["expected"]).replace(" or ", ", ")
    elif kind == "value_error" or (path and path[-1] in _PERIODS):
        expected = Words("季度，如 2019Q4", "a quarter such as 2019Q4")
    elif "where" in path:
        expected = Words("文本，或文本的列表", "a text, or a list of texts")
    elif kind == "string_pattern_mismatch":
        expected = Words("不含空格的标识", "an identifier without spaces")
    elif kind in {"greater_than", "greater_than_equal", "less_than_equal"}:
        sign = {"greater_than": ">", "greater_than_equal": "≥", "less_than_equal": "≤"}[kind]
        expected = f"{sign} {next(iter(context.values()))}"
    is_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
    found = str(path[-1]) if is_key else _short(detail["input"])
    return Problem(
        "plan-wrong-value",
        document.name,
        document.cell(path, key=is_key),
        key=str(path[-1] if path else ""),
        found=found,
        expected=expected,
    )


def _keys_beside(path: KeyPath) -> list[str]:
    """Every key that the schema knows at the level of `path`, for a suggestion."""
    model: Any = Form
    for step in path[:-1]:
        if isinstance(step, str):
            field = next((f for n, f in model.model_fields.items() if (f.alias or n) == step), None)
            if field is None:
                return []
            inner = field.annotation
            options = [inner, *getattr(inner, "__args__", ())]
            model = next((m for m in options if hasattr(m, "model_fields")), None)
            if model is None:
                return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _crossed(file: PlanFile, document: Document) -> Iterator[Problem]:
    """What single entries cannot show: ids, order, ranges, names that two units claim."""
    yield from _repeated_ids(file, document)
    yield from _indicators(file, document)
    yield from _targets(file, document)
    yield from _bands(file, document)
    if file.plan.end < file.plan.start:
        yield _wrong(document, ("plan", "end"), str(file.plan.end), f"≥ {file.plan.start}")
    units = [unit.id for unit in file.units]
    for i, duty in enumerate(file.duties):
        if duty.unit not in units:
            yield _unknown(document, ("duties", i, "unit"), duty.unit, units)
    for name, first, second in Directory(file).clashes:
        index = units.index(second.unit)
        yield Problem("plan-name-clash", document.name, document.cell(("units", index)), found=name, first=first.unit)


def _repeated_ids(file: PlanFile, document: Document) -> Iterator[Problem]:
    for section in ("groups", "units", "indicators", "duties"):
        seen: dict[str, int] = {}
        for i, entry in enumerate(getattr(file, section)):
            if entry.id in seen:
                first = document.cell((section, seen[entry.id], "id")).split(":")[0]
                at = document.cell((section, i, "id"))
                yield Problem("plan-repeated-id", document.name, at, found=entry.id, first=first)
            seen.setdefault(entry.id, i)


def _indicators(file: PlanFile, document: Document) -> Iterator[Problem]:
    numeric = [f.id for f in FIELDS.values() if f.numeric]
    for i, indicator in enumerate(file.indicators):
        path: KeyPath = ("indicators", i)
        if (indicator.count is None) == (indicator.sum is None):
            expected = Words("count 与 sum 二者之一", "either count or sum")
            yield _wrong(document, path, indicator.id, expected)
        if indicator.sum is not None and indicator.sum not in numeric:
            yield _unknown(document, (*path, "sum"), indicator.sum, numeric)
        yield from _where(file, indicator, document, (*path, "where"))


def _where(file: PlanFile, indicator: Indicator, document: Document, path: KeyPath) -> Iterator[Problem]:
    listed = {"kind", "level", "demonstration", "state"}
    units = {"region": "district", "department": "department"}
    fields = [f.id for f in FIELDS.values() if f.id in listed or f.type in {"text", "code", "unit"}]
    for key, wanted in indicator.where.items():
        if key not in fields:
            yield _unknown(document, (*path, key), key, fields, key=True)
            continue
        if not wanted:
            yield _wrong(document, (*path, key), "[]", Words("至少一项", "at least one entry"))
        allowed: list[str] | None = None
        if key in listed:
            allowed = list(CHOICES[key].values())
        elif key in units:
            allowed = [unit.id for unit in file.units if unit.kind == units[key]]
        for n, value in enumerate([wanted] if isinstance(wanted, str) else wanted):
            if allowed is not None and value not in allowed:
                yield _unknown(document, (*path, key) if isinstance(wanted, str) else (*path, key, n), value, allowed)


def _targets(file: PlanFile, document: Document) -> Iterator[Problem]:
    known = [indicator.id for indicator in file.indicators]
    for i, target in enumerate(file.targets):
        path: KeyPath = ("targets", i)
        if target.indicator not in known:
            yield _unknown(document, (*path, "indicator"), target.indicator, known)
        due = target.due or file.plan.end
        if due < file.plan.start:
            yield _wrong(document, (*path, "due"), str(due), f"≥ {file.plan.start}")
        for period, value in target.milestones.items():
            if period < file.plan.start or period > due or (period == due and value != target.value):
                expected = Words(
                    f"{file.plan.start} 至 {due} 之前的季度", f"a quarter from {file.plan.start} to before {due}"
                )
                yield _wrong(document, (*path, "milestones", str(period)), f"{period}: {value}", expected)


def _bands(file: PlanFile, document: Document) -> Iterator[Problem]:
    floor = None
    seen: set[str] = set(_RESERVED)
    for i, band in enumerate(file.bands):
        path: KeyPath = ("bands", i)
        if (band.from_ is None) == (band.over is None):
            yield _wrong(document, path, band.status, Words("from 与 over 二者之一", "either from or over"))
            continue
        if band.status in seen:
            yield _wrong(document, (*path, "status"), band.status, Words("未用过的状态名", "a status not used yet"))
        seen.add(band.status)
        if floor is not None and band.floor < floor:
            yield _wrong(document, path, str(band.floor), Words(f"不小于 {floor}", f"no less than {floor}"))
        floor = band.floor


def _wrong(document: Document, path: KeyPath, found: str, expected: Words | str) -> Problem:
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    return Problem("plan-wrong-value", document.name, document.cell(path), key=key, found=found, expected=expected)


def _unknown(document: Document, path: KeyPath, found: str, known: Iterable[str], *, key: bool = False) -> Problem:
    known = list(known)
    return Problem(
        "plan-unknown-id",
        document.name,
        document.cell(path, key=key),
        found=found,
        suggestion=nearest(found, known) or "",
        expected=listed(known[:30]),
    )
