"""Columns that several tables share, so that a heading and a width are chosen once."""

from __future__ import annotations

from mdj_plan.reports.tables.table import EVERYWHERE, ON_PAPER, Column

NUMBER = Column("number", "count", media=ON_PAPER, least=6)
"""A row's own number, counted by the medium that shows it."""
WHO = Column("unit_name", head="who", least=12, most=28, quiet=True)
PERIOD = Column("period", "code", least=10)
FILE = Column("file", "cell", least=24, most=48)
VERSION = Column("version", "count", least=7)
RECEIVED = Column("received", "date", least=13)
FACILITY = Column("name", head="facility", least=20, most=40)
FACILITY_KIND = Column("kind", "code", head="kind", least=12)
CLAIMED_BY = Column("claimed_by", least=16, most=44)
CREDITED_TO = Column("credited_to", media=EVERYWHERE - {"screen"}, least=16, most=44)
