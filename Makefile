# Two commands do everything: `make run` starts the app, `make test` passes the tests.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: install install-tests run test lint check bench test-llm decisions

install: .venv/installed

install-tests: .venv/installed-tests

.venv/installed: requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Rehearse needs Python 3.11, 3.12 or 3.13; this is $$($(PYTHON) --version). Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-tests: .venv/installed tests/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

run: install
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: export REHEARSE_LEFT_OUT := $(CURDIR)/test-results/left-out.txt
test: install-tests
	@mkdir -p test-results && rm -f $(REHEARSE_LEFT_OUT)
	$(BIN)/python -m pytest -n auto -m "not browser and not llm"
	$(BIN)/python -m pytest -n auto --dist loadfile -m "browser and not live"
	$(BIN)/python -m pytest -m "browser and live"
	@$(BIN)/python -m tests.left_out $(REHEARSE_LEFT_OUT)

lint: install-tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -q -n auto -m "not slow and not browser and not llm"

bench: install-tests
	$(BIN)/python -m bench

test-llm: install-tests
	$(BIN)/python -m pytest -m llm tests/llm

decisions:
	$(PYTHON) -m upkeep.decisions
