"""What Typer says of a command line and on its help pages, in the language of the call: it speaks English alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from mdj_plan.names import listed, nearest

if TYPE_CHECKING:
    from mdj_plan.messages import Messages

_SAID = {
    "usage-no-option": r"No such option:? (?P<found>\S+?)\.?(?: .*)?",
    "usage-no-value": r"Option '(?P<found>.+)' requires an argument\.?",
    "usage-a-value": r"Option '(?P<found>.+)' does not take a value\.?",
    "usage-missing": r"Missing (?:argument|option|parameter) '?(?P<found>.+?)'?\.(?: .*)?",
    "usage-no-choice": r"Invalid value for '(?P<option>.+?)': .*?'(?P<found>.*)' is not one of (?P<near>.+?)\.?",
    "usage-unreadable": r"Invalid value for '.+?': .*Path '(?P<found>.+)' is not readable\.?",
    "usage-wrong-value": r"Invalid value for '(?P<option>.+?)': (?P<found>.+?)\.?",
    "usage-too-much": r"Got unexpected extra arguments?(?:\(s\))? \((?P<found>.+)\)\.?",
}
"""How Typer words its objections, each with the key of ours."""
_CHINESE = (
    (r"^Usage: ", "用法："),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"\[default: (.+?)\]", r"[默认：\1]"),
    (r"\[required\]", "[必填]"),
    (r"Show this message and exit\.", "显示帮助后退出。"),
)
"""What Typer writes of its own on a help page."""


def objection(error: Any, texts: Messages) -> str:
    """What is wrong with a command line, from Typer's own exception."""
    said = str(error.format_message()).strip()
    for key, pattern in _SAID.items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            args = {name: value or "" for name, value in found.groupdict().items()}
            if "near" in args:
                return texts(key, **args | {"near": listed(re.findall(r"'([^']+)'", args["near"]))})
            near = sorted(getattr(error, "possibilities", None) or ())
            before = key == "usage-no-option" and isinstance(error.ctx.command, Group)
            told = "usage-option-before" if before else key
            return texts(told, **args) if not near else texts(f"{told}-like", near=listed(near), **args)
    return texts("usage-otherwise", found=said.rstrip("."))


def in_words(page: str, language: str) -> str:
    """A help page in a language, as far as Typer has written it."""
    for english, chinese in _CHINESE if language == "zh" else ():
        page = re.sub(english, chinese, page, flags=re.MULTILINE)
    return page


def _worded(command: Any, language: str) -> None:
    """Put the texts of the catalogue in the place of their keys: of a command, its options and its verbs.

    A text of a command's own for a common option (``check-format``) goes before the common one.
    """
    from mdj_plan.messages import help_texts

    texts = help_texts(language)
    everything = [command, *command.params, *getattr(command, "commands", {}).values()]
    for each in everything:
        text = texts.get(f"{command.name}-{each.name}") or texts.get(getattr(each, "help", None) or "")
        if text is not None:
            each.help = text


class Command(TyperCommand):
    """A command whose help page speaks the language of the call."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        _worded(self, ctx.obj)
        return in_words(super().get_help(ctx), ctx.obj)


class Group(TyperGroup):
    """The commands together, likewise; an unknown one is answered with the nearest."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        _worded(self, ctx.obj)
        return in_words(super().get_help(ctx), ctx.obj)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb asked for. Raises UsageError with what to type instead."""
        from mdj_plan.usage import UsageError

        if args and args[0] not in self.commands:
            near = nearest(args[0], self.commands)
            raise UsageError("no-command", found=args[0], near=near or listed(self.commands))
        return super().resolve_command(ctx, args)
