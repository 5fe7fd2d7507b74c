"""The pages are as the program is: findings, sample of the run, every command named."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = runpy.run_path("scripts/make_docs.py")


def test_the_findings_page_is_made_from_the_catalogue() -> None:
    assert Path("docs/findings.md").read_text("utf-8") == DOCS["findings_page"]()


def test_every_command_is_in_both_readmes() -> None:
    assert DOCS["documented"]() == []
