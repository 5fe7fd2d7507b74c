"""A YAML file as plain data with the position of every value, so that a mistake can be pointed at.

Read by ruamel.yaml's composer: it keeps line and column, and lets repeated keys be seen instead of swallowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mdj_plan.plan.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.nodes import MappingNode, Node

KeyPath = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """Plain data (dict, list, str, int, Decimal, bool, None), positions by key path, and problems of the notation.

    A position is (line, column), both counted from 1. The position of a mapping's key is kept under (path, key) too.
    """

    name: str
    data: Any = None
    positions: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def within(self, key: str) -> Document:
        """The document as the value of a key: a list at the top is read like a list in a mapping."""
        data = None if self.data is None else {key: self.data}
        places = {(key, *path): place for path, place in self.positions.items()}
        return Document(self.name, data, places, {(key, *path): p for path, p in self.keys.items()}, self.problems)

    def cell(self, path: KeyPath, *, key: bool = False) -> str:
        """``line:column`` of the value (or key) at `path`, else of its nearest parent."""
        places = self.keys if key else self.positions
        while path and path not in places:
            path, places = path[:-1], self.positions
        line, column = places.get(path, (1, 1))
        return f"{line}:{column}"


def read_yaml(path: Path) -> Document:
    """Read a YAML file. Notation that cannot be read, and repeated keys, become problems of the document."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    document = Document(path.name)
    try:
        text = path.read_text("utf-8-sig")
        node = YAML(typ="safe", pure=True).compose(text)
    except UnicodeDecodeError:
        document.problems.append(Problem("plan-not-utf8", path.name, "1:1"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        document.problems.append(Problem("plan-not-yaml", path.name, at, found=str(error.problem or error.context)))
    except (YAMLError, RecursionError, ValueError) as error:
        document.problems.append(Problem("plan-not-yaml", path.name, "1:1", found=str(error).splitlines()[0]))
    else:
        document.data = None if node is None else _plain(node, (), document, frozenset())
    return document


def _plain(node: Node, path: KeyPath, document: Document, above: frozenset[int]) -> Any:
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    document.positions[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in above:
        document.problems.append(Problem("plan-not-yaml", document.name, document.cell(path), found="recursive alias"))
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, document, above | {id(node)})
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, i), document, above | {id(node)}) for i, item in enumerate(node.value)]
    return _scalar(str(node.tag), str(node.value))


def _mapping(node: MappingNode, path: KeyPath, document: Document, above: frozenset[int]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if key in data:
            first = document.keys[here][0]
            at = f"{mark[0]}:{mark[1]}"
            document.problems.append(Problem("plan-repeated-key", document.name, at, found=key, first=str(first)))
            continue
        document.keys[here] = mark
        data[key] = _plain(value_node, here, document, above)
    return data


def _scalar(full_tag: str, value: str) -> str | int | Decimal | bool | None:
    tag = full_tag.rsplit(":", 1)[-1]
    if tag == "null":
        return None
    if tag == "bool":
        return value.lower() in {"true", "yes", "on"}
    if tag in {"int", "float"}:
        try:
            number = Decimal(value.replace("_", ""))
        except ArithmeticError:
            return value
        return int(number) if tag == "int" else number
    return value
