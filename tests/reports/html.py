"""A page as its readers and their programs see it: elements in order, with their ancestors and their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "input", "hr"}
SHAPES = {"rect", "line", "circle", "polyline", "use"}
TEXTLESS = {"script", "style", "title"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def up(self) -> list[Element]:
        return [] if self.parent is None else [self.parent, *self.parent.up()]

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        found = []
        for child in self.children:
            if tag in {"", child.tag} and all(child.get(k.replace("_", "-")) == v for k, v in attributes.items()):
                found.append(child)
            found += child.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    def said(self, language: str = "zh-CN") -> str:
        """The text that shows in a language: spans of the other one are hidden."""
        return " ".join("".join(self._said(language)).split())

    def _said(self, language: str) -> list[str]:
        if self.tag in TEXTLESS or ("t" in self.classes and self.get("lang") != language):
            return []
        if self.tag == "#text":
            return [self.text]
        gap = [" "] if self.tag in {"td", "th", "tr", "li", "p", "br", "option", "dd", "dt", "h2", "h3"} else []
        return [*gap, *(piece for child in self.children for piece in child._said(language)), *gap]


class _Reader(HTMLParser):
    """Refuses what is not closed in the order in which it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("#root", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice on <{tag}>: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES, f"<{tag}/> closes itself"
        self.here.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(Element("#text", {}, self.here, data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment in the page: {data[:40]}")


def read(page: bytes) -> Element:
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root
