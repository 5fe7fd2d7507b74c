"""Whatever stands in whichever cell: a submission comes back, every finding at a place, nothing counted in silence."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdj_plan.findings import CATALOGUE
from mdj_plan.intake.reader import Reader
from mdj_plan.messages import messages
from mdj_plan.plan.load import load_plan
from tests.gallery.examples import EAST, ONE, TWO, table

READER = Reader.of(load_plan(Path("config/targets.yaml")))
RETURN = table("东安区", ONE, TWO).replace("2021年", "2018年")
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "合计",
            "小计",
            "填表人：",
            "载体名称",
            "同上",
            "=1+1",
            "∞",
            "NaN",
            "1e999",
            "²",
            "十二万",
            "万",
            "-",
            "2018年",
            "\u202e",
            "开发区",
        ]
    ),
    st.floats().map(str),
    st.dates().map(str),
)


@settings(max_examples=400)
@given(st.integers(0, 10**9), st.lists(ODD, min_size=1, max_size=4))
def test_any_text_in_any_cell(seed: int, texts: list[str]) -> None:
    rng = random.Random(seed)
    rows = list(csv.reader(io.StringIO(RETURN)))
    for text in texts:
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = text
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    submission = READER.read(out.getvalue().encode("utf-8", "replace"), "东安区_2018Q2.csv")
    for finding in submission.findings:
        assert finding.code in CATALOGUE
        assert messages("zh").message(finding)
    for claim in submission.claims:
        assert claim.tenants is None or claim.tenants >= 0
        assert claim.area_m2 is None or claim.area_m2 >= 0


@pytest.mark.parametrize(
    ("typed", "tenants", "codes"),
    [
        ("20", 20, []),
        ("２０", 20, []),
        (" 20 户 ", 20, ["V118"]),
        ("约20", None, ["V103"]),
        ("20人", None, ["V102"]),
        ("二十", None, ["V102"]),
        ("无", None, []),
        ("0", 0, []),
    ],
)
def test_a_number_is_read_exactly_or_objected_to(typed: str, tenants: int | None, codes: list[str]) -> None:
    data = table("东示区", ONE.replace(",20,", f",{typed},")).replace("东示区", "东安区").encode()
    submission = READER.read(data, EAST)
    assert submission.claims[0].tenants == tenants
    assert [f.code for f in submission.findings if f.at.cell == "L4"] == codes
