"""Texts in both languages at once, for a page whose reader may switch. The switch itself is the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdj_plan.messages import messages
from mdj_plan.names import Words
from mdj_plan.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from mdj_plan.findings import Argument
    from mdj_plan.messages import Messages

TAGS = {"zh": "zh-CN", "en": "en"}
"""Our languages as HTML names them."""


class Bilingual:
    """Both catalogues as one: what `Messages` says in a language, this says in both. `texts` is the page's own one."""

    def __init__(self, texts: Messages) -> None:
        self.texts = texts

    def __call__(self, key: str, /, **args: Argument | int) -> Words:
        """The text of `key` in both languages, its placeholders filled."""
        return self.each(lambda texts: texts(key, **args))

    def each(self, said: Callable[[Messages], str]) -> Words:
        """What a function says in either language."""
        return Words(said(messages("zh")), said(messages("en")))


def spoken(words: Words) -> Markup:
    """The words as HTML: one span a language, of which the page shows one; a single span where there is one wording.

    What the words hold is escaped; control and direction characters are made visible.
    """
    from markupsafe import Markup, escape

    zh, en = visible(words.zh), visible(words.en)
    if zh == en:
        return escape(zh)
    if not zh or not en:
        return Markup('<span lang="{}">{}</span>').format(TAGS["zh" if zh else "en"], zh or en)
    pair = '<span class="t" lang="zh-CN">{}</span><span class="t" lang="en">{}</span>'
    return Markup(pair).format(zh, en)  # noqa: S704 - the pair is ours, and Markup.format escapes what fills it
