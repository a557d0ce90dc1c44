# Every target makes .venv first where it is missing or older than pyproject.toml.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test coverage lint bench docs clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

$(VENV)/.prepared: $(VENV)/.installed tests/prepare.py tests/web/scripts/package-lock.json
	$(BIN)/python tests/prepare.py
	touch $@

demo: $(VENV)/.installed
	$(BIN)/framework-coder demo --out demo

test: $(VENV)/.prepared
	$(BIN)/python -m pytest -n auto

coverage: $(VENV)/.prepared
	$(BIN)/python -m pytest -n auto --cov=framework_coder --cov-report=term:skip-covered

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed
	$(BIN)/python tests/benchmarks/run.py
	$(BIN)/python tests/benchmarks/exchanging.py
	$(BIN)/python tests/benchmarks/browser_matrix.py
	$(BIN)/python tests/benchmarks/browser_reader.py
	$(BIN)/python tests/benchmarks/browser_pages.py
	$(BIN)/python tests/benchmarks/browser_search.py

docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
