"""Credit codes that somebody has kept from becoming numbers: objected to in words that fit, with what is inside."""

from __future__ import annotations

import pytest

from mdj_plan.sheets.values.parsers import credit_code

CODE = "91990000MAXX00001R"


@pytest.mark.parametrize("typed", [f'="{CODE}"', f'= "{CODE}" ', f"'{CODE}", f"’{CODE}"])
def test_a_guarded_code(typed: str) -> None:
    reading = credit_code(typed)
    assert (reading.value, reading.code, reading.variant, dict(reading.args)) == (
        *(None, "V108", "guarded"),
        {"inner": CODE},
    )


@pytest.mark.parametrize("typed", [CODE, f" {CODE.lower()} ", "91990000 MAXX 00001R"])
def test_a_code(typed: str) -> None:
    assert credit_code(typed).value == CODE
