"""The indicators that are known by their words: those of the shipped plan, and how else cities write them."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from mdj_plan.names import Words, folded
from mdj_plan.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE = Path(__file__).parent / "indicators.toml"
_BEFORE = re.compile(r"^(?:建设|建成|建立|培育|打造|争创|创建|创办|完成|达到|发展|认定|拥有)(?=.{2})")
_BEHIND = re.compile(r"(?<=.{2})(?:建设|个数|家数|户数|总数|总量|数量|数目|数|目标值|目标|任务|指标|情况)$")
_GROWTH = re.compile(r"^(?:新增|新建|新认定|新培育|净增)(?=.{2})")
_HEADING = re.compile(
    r"(?:主要|具体|量化|约束性|预期性|核心|重点|总体)?(?:科技|创新|创业|双创|孵化)*(?:载体|平台|体系|机构)?"
    r"(?:建设|培育|发展|孵化|服务)*(?:年度)?(?:任务|目标|指标|内容|情况|项目|类)*(?:分解)?"
)
"""A heading over several indicators that narrows none of them: 载体建设任务."""


class Known(NamedTuple):
    """An indicator of the shipped plan: what its entry in a plan file says. `words` are its further names."""

    id: str
    name: Words
    unit: str
    counted: str | None
    summed: str | None
    where: Mapping[str, Sequence[str]]
    over: str | None
    words: tuple[str, ...]


class Found(NamedTuple):
    """What a phrase names. `growth`: it asks for new ones (新建孵化器), where the indicator counts all there are."""

    known: Known
    growth: bool = False


@functools.cache
def known_indicators() -> Mapping[str, Known]:
    """The indicators by id, in the order of the shipped plan."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        name: Known(
            name,
            Words(**each["name"]),
            each["unit"],
            each.get("count"),
            each.get("sum"),
            each.get("where", {}),
            each.get("over"),
            tuple(each["words"]),
        )
        for name, each in told.items()
    }


@functools.cache
def _by_word() -> dict[str, Known]:
    return {
        folded(word): each
        for each in known_indicators().values()
        for word in (each.id, each.name.zh, each.name.en, *each.words)
    }


def indicator_of(phrases: Sequence[str]) -> Found | None:
    """The indicator that headings name together, the widest first: 国家级 over 孵化器, 孵化器 over 国家级.

    None where they name none that we know: what narrows an indicator makes another one of it, never a guess.
    """
    return next((found for phrase in _together(phrases) if (found := _of_phrase(phrase)) is not None), None)


def subject_of(titles: Iterable[str]) -> Found | None:
    """The one indicator that titles name, as in 众创空间建设任务分解表; None where they name several or none."""
    text = folded("".join(titles))
    named = {word: known for word, known in _by_word().items() if word in text}
    widest = {k.id: k for word, k in named.items() if not any(word in other for other in named if other != word)}
    return Found(next(iter(widest.values()))) if len(widest) == 1 else None


def _together(phrases: Sequence[str]) -> Iterator[str]:
    told = [phrase for phrase in phrases if phrase]
    while len(told) > 1 and _HEADING.fullmatch(told[0]):
        told = told[1:]
    yield "".join(told)
    if len(told) > 1:
        yield "".join(reversed(told))
        yield "".join(phrase.removesuffix("载体").removesuffix("类") for phrase in told)


def _of_phrase(phrase: str) -> Found | None:
    for word in _ever_shorter(phrase):
        if known := _by_word().get(folded(word)):
            return Found(known)
    bare = _GROWTH.sub("", phrase)
    found = _of_phrase(bare) if bare != phrase else None
    return found and Found(found.known, growth=True)


def _ever_shorter(phrase: str) -> Iterator[str]:
    """A phrase without verbs before it and without 数, 总数 or 任务 behind it, one after the other."""
    yield phrase
    while (shorter := _BEHIND.sub("", _BEFORE.sub("", phrase))) != phrase:
        phrase = shorter
        yield phrase
