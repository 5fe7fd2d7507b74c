# `make` runs every check there is; .ci/run does the same from nothing.
VENV ?= .venv
PY := $(VENV)/bin/python

.PHONY: check format lint types test docs bench release
check: lint types docs test

format:
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

lint:
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .

types:
	$(VENV)/bin/mypy

docs:
	$(PY) scripts/make_docs.py --check

test:
	$(PY) -m pytest --cov --cov-report=term:skip-covered

bench:
	$(PY) bench/run.py
	$(PY) bench/growth.py

# Wheel and sdist in dist/, built twice to the same bytes, installed and tried in an empty environment.
release:
	.ci/release dist
