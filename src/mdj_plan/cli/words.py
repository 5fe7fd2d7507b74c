"""The language of a call, known before its options are read."""

from __future__ import annotations

import sys

from mdj_plan.messages import chosen_language


def language_of(arguments: list[str]) -> str:
    """The language that a command line asks for, before the command or behind it, else that of the environment."""
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            return chosen_language(arguments[i + 1])
        if argument.startswith("--lang="):
            return chosen_language(argument.removeprefix("--lang="))
    return chosen_language(None)


def say(zh: str, en: str) -> str:
    """The text in the language of this run, for help that has no entry in the catalogue yet."""
    return zh if language_of(sys.argv[1:]) == "zh" else en


def interrupted(language: str) -> str:
    """What is said when somebody stops a run: without a catalogue, which may not be read yet."""
    return "已中断" if language == "zh" else "Interrupted."
