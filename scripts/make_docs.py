"""Write docs/findings.md and docs/glossary.md from catalogues and gallery, docs/return.md from the declared rows.

Also writes, or compares, what commands are shown to print in both READMEs, and checks that they name every command.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.gallery.examples import EXAMPLES, Example  # noqa: E402 - the same

from mdj_plan.fields import COVER, DUTY_FIELDS, FIELDS, PARTS, REQUIRED, Field  # noqa: E402 - the same
from mdj_plan.findings import CATALOGUE, Rule  # noqa: E402 - the gallery's folder must be importable first
from mdj_plan.messages import messages  # noqa: E402 - the same
from mdj_plan.rounding import plain  # noqa: E402 - the same

GLOSSARY = ROOT / "docs" / "glossary.md"
FINDINGS = ROOT / "docs" / "findings.md"
RETURN = ROOT / "docs" / "return.md"
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
STAGES = {
    "file": "文件 File",
    "layout": "版式 Layout",
    "values": "数值 Values",
    "return": "报送 Returns",
    "across": "跨报表、跨期 Across returns and periods",
    "plan": "计划 The plan",
}


def findings_page() -> str:
    """The page as text: a table of contents, then each code in both languages with its example of the gallery."""
    lines = [
        "# 问题代码 Findings",
        "",
        "Made by `python scripts/make_docs.py` from the catalogue, the messages and the gallery in `tests/gallery`.",
        "",
        "| code | rule | severity | 含义 |",
        "|---|---|---|---|",
    ]
    zh = messages("zh")
    lines += [
        f"| [{code}](#{code.lower()}) | {rule.rule} | {rule.severity.value} | {zh.about(code, 'title')} |"
        for code, rule in CATALOGUE.items()
    ]
    for stage, title in STAGES.items():
        lines += ["", f"## {title}"]
        for code, rule in CATALOGUE.items():
            if rule.stage == stage:
                lines += _entry(code, rule)
    return "\n".join(lines) + "\n"


_TYPES = {
    "text": "文本 text",
    "code": "统一社会信用代码 credit code",
    "choice": "选项 one of",
    "choices": "选项，可多选 any of",
    "unit": "单位名称 a unit's name",
    "date": "日期 date",
    "number": "数字 number ≥ 0",
    "whole": "整数 whole number ≥ 0",
}


def return_page() -> str:
    """The columns of a return as text, from their declaration."""
    lines = [
        "# 报表 The return",
        "",
        "Made by `python scripts/make_docs.py` from `mdj_plan.fields`, as are the blank return, the words of headers",
        "and `config/return.schema.json`. A plan may add columns of its own",
        "(`fields:` in [the plan file](plan-file.md)).",
    ]
    tables = {"载体 Facilities": FIELDS, "任务 Duties": DUTY_FIELDS, "封面 Cover": COVER}
    for title, fields in tables.items():
        lines += ["", f"## {title}", "", "| 表头 header | id | 内容 holds | |", "|---|---|---|---|"]
        lines += [_column(field) for field in fields.values()]
    return "\n".join(lines) + "\n"


def _column(field: Field) -> str:
    """One line of such a table: header, id, type with its words, what else holds."""
    words = "，".join(f"{word} `{kept}`" for word, kept in field.choices)
    notes = [field.label.en]
    if field.id in REQUIRED and field.id in FIELDS:
        notes.append("必填 required")
    whole = dict(PARTS).get(field.id)
    if whole is not None:
        notes.append(f"≤ {FIELDS[whole].header}")
    holds = _TYPES[field.type] + ("：" + words if words else "")
    return f"| {field.label.zh} | `{field.id}` | {holds} | {'; '.join(notes)} |"


def _where(example: Example) -> str:
    return " › ".join(part for part in (example.file, example.cell) if part) or "—"


def _entry(code: str, rule: Rule) -> list[str]:
    zh, en = messages("zh"), messages("en")
    example = next((f"{each.says} → `{_where(each)}`" for each in EXAMPLES if each.code == code), "—")
    limits = [
        f"`{name}` {plain(value)} ({', '.join(each.about(code, f'limit_{name}') for each in (zh, en))})"
        for name, value in rule.limits.items()
    ]
    return [
        "",
        f"### {code}",
        "",
        f"**{zh.about(code, 'title')} · {en.about(code, 'title')}** (`{rule.rule}`, {rule.severity.value})",
        "",
        zh.about(code, "meaning"),
        zh.about(code, "remedy"),
        "",
        en.about(code, "meaning"),
        en.about(code, "remedy"),
        "",
        *([f"Limits (`rules:` in [the plan file](plan-file.md)): {'; '.join(limits)}", ""] if limits else []),
        f"Gallery: {example}",
    ]


def glossary_page() -> str:
    """The words that all media share, one each in both languages: first those that are explained."""
    zh, en = messages("zh"), messages("en")
    told = [key.removeprefix("meaning-") for key in catalogue_order("glossary")]
    explained = [key if key.startswith(("status-", "submission-")) else f"head-{key}" for key in told]
    lines = [
        "# 用语 Glossary",
        "",
        "Made by `python scripts/make_docs.py` from the message catalogues: one word for one thing, in every medium.",
        "",
        "| 用语 | word | 含义 | meaning |",
        "|---|---|---|---|",
    ]
    for name, key in zip(told, explained, strict=True):
        meanings = f"{zh(f'meaning-{name}')} | {en(f'meaning-{name}')}"
        lines.append(f"| **{bare(zh(key))}** | **{bare(en(key))}** | {meanings} |")
    heads = [key for area in ("tables", "words") for key in catalogue_order(area)]
    rest = [key for key in heads if key.startswith(("head-", "status-", "submission-")) and key not in explained]
    others = dict.fromkeys(f"- {bare(zh(key))} {bare(en(key))}" for key in rest)
    return "\n".join([*lines, "", "## 其他 Others", "", *others]) + "\n"


def bare(text: str) -> str:
    """A word that stands behind another one, without its brackets."""
    return re.sub(r"^ ?[（(](.*)[）)]$", r"\1", text)


def catalogue_order(area: str) -> list[str]:
    """The keys of a catalogue as they stand in its file."""
    return list(tomllib.loads((ROOT / f"src/mdj_plan/locale/{area}.zh.toml").read_text("utf-8")))


def with_samples(page: str, language: str) -> str:
    """A README with what its commands say now.

    The monthly run stands in a block of text, down to the section before the departments'; others in blocks of
    their own, a console's, each below the line that was typed.
    """
    out = _said("check", language)
    end = {"zh": "\n市直部门", "en": "\nDepartments"}[language]
    sample = out[: out.index(end)].rstrip()
    page = re.sub(r"(?s)```text\n.*?```", lambda _: f"```text\n{sample}\n```", page, count=1)
    return re.sub(r"(?s)```console\n\$ mdj-plan ([^\n]*)\n.*?```", lambda block: _console(block[1], language), page)


def _console(typed: str, language: str) -> str:
    return f"```console\n$ mdj-plan {typed}\n{_said(typed, language)}\n```"


def _said(typed: str, language: str) -> str:
    """What a command of ours prints for the example data, without blanks at the ends of lines."""
    env = {"PATH": "", "PYTHONPATH": str(ROOT / "src"), "MDJ_PLAN_LANG": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "mdj_plan", *typed.split()]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False)  # noqa: S603 - our own command
    if done.returncode > 1:
        raise SystemExit(f"mdj-plan {typed}: {done.stderr.decode('utf-8')}")
    return "\n".join(line.rstrip() for line in done.stdout.decode("utf-8").strip("\n").splitlines())


def documented() -> list[str]:
    """Commands that the README does not name."""
    from mdj_plan.cli.app import COMMANDS

    missing = []
    for page in ("README.md", "README.zh-CN.md"):
        text = (ROOT / page).read_text("utf-8")
        missing += [f"{page}: mdj-plan {name}" for name in COMMANDS if not re.search(rf"mdj-plan {name}\b", text)]
    return missing


def main() -> int:
    """Write, or compare and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    pages = {FINDINGS: findings_page(), RETURN: return_page(), GLOSSARY: glossary_page()}
    if parser.parse_args().check:
        stale = [path.name for path, page in pages.items() if path.read_text("utf-8") != page]
        wrong = [*(f"docs/{name} is not as scripts/make_docs.py writes it" for name in stale), *documented()]
        wrong += [
            f"{name}: a sample is not what its command prints" for name in READMES if _fresh(name) != _stored(name)
        ]
        print("\n".join(wrong) or "docs: as they should be")
        return int(bool(wrong))
    for path, page in pages.items():
        path.write_text(page, "utf-8")
    for name in READMES:
        (ROOT / name).write_text(_fresh(name), "utf-8")
    return 0


def _stored(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _fresh(name: str) -> str:
    return with_samples(_stored(name), READMES[name])


if __name__ == "__main__":
    sys.exit(main())
