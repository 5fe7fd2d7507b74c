"""Every code is raised by its example, at its cell, and by nothing without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdj_plan.findings import CATALOGUE, Finding
from mdj_plan.messages import messages
from mdj_plan.period import Period
from mdj_plan.plan.load import load_plan
from mdj_plan.run import run
from tests.folders import lay_out
from tests.gallery.examples import EXAMPLES, PLAN, QUOTAS, Example, Files, clean


def judged(
    folder: Path, files: Files, plan: str = PLAN, quotas: str = QUOTAS, receipt: str = "", closed: str = ""
) -> tuple[Finding, ...]:
    path = lay_out(folder, plan, quotas, files)
    if receipt:
        line = f"2021-07-05T08:00:00+08:00,2021Q2/东示区_2021Q2.csv,{receipt}\n"
        (folder / "data" / "receipts.csv").write_text("received_at,file,sha256\n" + line, "utf-8")
    if closed:
        (folder / "data" / "closed").mkdir()
        (folder / "data" / "closed" / "2021Q2.json").write_text(closed, "utf-8")
    return run(load_plan(path), period=Period(2021, 2)).findings


def test_returns_without_a_fault_raise_nothing(tmp_path: Path) -> None:
    assert judged(tmp_path, clean()) == ()


def locked() -> bytes:
    """An old workbook whose first record after BOF says that the rest is encrypted."""
    import io
    import struct

    import xlwt

    book = xlwt.Workbook()
    book.add_sheet("季报").write(0, 0, "x")
    out = io.BytesIO()
    book.save(out)
    data = bytearray(out.getvalue())
    bof = data.index(struct.pack("<HH", 0x0809, 16))
    data[bof + 20 : bof + 22] = struct.pack("<H", 0x2F)
    return bytes(data)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_example(example: Example, tmp_path: Path) -> None:
    files = example.files()
    if "locked" in example.options:
        files["2021Q2/东示区_2021Q2.csv"] = locked()
    beside = {name: example.options.get(name, "") for name in ("receipt", "closed")}
    found = judged(tmp_path, files, example.plan, example.quotas, **beside)
    hits = [f for f in found if f.code == example.code]
    assert hits, f"{example.code} is not raised; raised are {[(f.code, f.at.file, f.at.cell) for f in found]}"
    assert (example.file, example.cell) in [(f.at.file, f.at.cell) for f in hits]
    if example.value is not None:
        assert example.value in [f.value for f in hits]
    for language in ("zh", "en"):
        message, hint = messages(language).message(hits[0]), messages(language).hint(hits[0])
        assert message
        assert hint
        assert "{" not in message + hint


def test_every_code_has_an_example() -> None:
    forgotten = [code for code in CATALOGUE if code not in {example.code for example in EXAMPLES}]
    assert not forgotten, (
        f"add an Example of {forgotten} to tests/gallery/examples.py: a return that raises it, and where"
    )
    assert [example.code for example in EXAMPLES] == list(CATALOGUE), "examples stand in the order of CATALOGUE"
