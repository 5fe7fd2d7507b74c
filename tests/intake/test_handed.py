"""What is handed over: names of files that are no returns."""

import pytest

from mdj_plan.intake.handed import ignorable


@pytest.mark.parametrize("name", ["~$a.xlsx", ".~lock.a.xlsx#", "._a.xlsx", "Thumbs.db", "desktop.ini", ".hidden"])
def test_what_is_passed_over(name: str) -> None:
    assert ignorable(name)


@pytest.mark.parametrize("name", ["a.xlsx", "a~$.xlsx", "thumbs.db.xlsx"])
def test_what_may_be_a_return(name: str) -> None:
    assert not ignorable(name)
