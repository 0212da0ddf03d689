# Two commands do everything: `make run` starts the app, `make test` passes the tests.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
UPKEEP := .venv-upkeep
PIP := pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: install install-optional install-server install-tests run test lint check bench bench-scale bench-faults test-llm decisions questions lock audit replicas release-check

install: .venv/installed .venv/optional

# Tries again what `make install` went on without.
install-optional:
	@rm -f .venv/optional && $(MAKE) --no-print-directory .venv/optional

# What a server for many people needs besides: the driver for PostgreSQL, and recordings in a bucket.
install-server: .venv/installed-server

install-tests: .venv/installed-tests

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Rehearse needs Python 3.11, 3.12 or 3.13; this is $$($(PYTHON) --version). Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(BIN)/$(PIP) -r requirements.lock
	@touch $@

.venv/optional: .venv/installed requirements-optional.lock
	@$(BIN)/$(PIP) -r requirements-optional.lock || echo "Going on without the program that runs language models here; \`make install-optional\` tries again."
	@$(BIN)/python -m analysis.models base || echo "Going on without a speech model; Settings and \`make install-optional\` try again."
	@touch $@

.venv/installed-server: .venv/installed requirements-server.lock
	$(BIN)/$(PIP) -r requirements-server.lock
	@touch $@

.venv/installed-tests: .venv/installed .venv/optional tests/requirements.lock
	$(BIN)/$(PIP) -r tests/requirements.lock
	@touch $@

run: install
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: export REHEARSE_LEFT_OUT := $(CURDIR)/test-results/left-out.txt
test: install-tests
	@mkdir -p test-results && rm -f $(REHEARSE_LEFT_OUT)
	$(BIN)/python -m pytest -n logical --dist loadgroup -m "not browser and not llm"
	$(BIN)/python -m pytest -n logical --dist loadfile -m "browser and not live"
	$(BIN)/python -m pytest -m "browser and live"
	@$(BIN)/python -m tests.left_out $(REHEARSE_LEFT_OUT)

lint: install-tests
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

check: lint
	$(BIN)/python -m pytest -q -n logical -m "not slow and not browser and not llm"

bench: install-tests
	$(BIN)/python -m bench

# Eight writers, dashboards over ten million answers on both engines, a batch: an hour, and 25 GB of disk meanwhile.
bench-scale: install-server
	$(BIN)/python -m bench scale

# Five hundred days of which each has its faults: killed processes, full disks, cut networks, wrong clocks. Half an hour.
bench-faults: install-server install-tests
	$(BIN)/python -m bench.fault_days

test-llm: install-tests
	$(BIN)/python -m pytest -m llm tests/llm

decisions:
	$(PYTHON) -m upkeep.decisions

# Everything about the shipped questions that a machine can check; `make questions ONLY="url-shortener lru-cache"`.
questions: install
	$(BIN)/python -m analysis.authoring $(ONLY)

# The tools below live apart from the app and its tests.
$(UPKEEP)/installed: upkeep/requirements.lock
	$(PYTHON) -m venv $(UPKEEP)
	$(UPKEEP)/bin/$(PIP) -r upkeep/requirements.lock
	@touch $@

# Writes the hashes of requirements.txt and the others anew; `make lock UPGRADE=--upgrade` takes newer versions.
lock: $(UPKEEP)/installed
	$(UPKEEP)/bin/python -m upkeep.lock $(UPGRADE)

# Licences of the default install, its parts as CycloneDX JSON, and known vulnerabilities of everything locked. Fails
# on a licence or a vulnerability that must not be there, and where the advisory service gave no answer.
audit: install $(UPKEEP)/installed
	@$(BIN)/python -m upkeep.licences
	@mkdir -p test-results
	@$(UPKEEP)/bin/python -W ignore -m cyclonedx_py requirements requirements.lock \
		--pyproject pyproject.toml --output-reproducible -o test-results/sbom.json
	@echo "Parts, with hashes: test-results/sbom.json"
	@$(UPKEEP)/bin/python -m upkeep.vulnerabilities $(AUDIT_OPTIONS)

# Two servers behind nginx on one PostgreSQL (Debian: nginx-light, postgresql), on loopback, until Ctrl-C.
replicas: install-server
	$(BIN)/python -m upkeep.replicas --port $(PORT)

release-check:
	$(PYTHON) -m upkeep.release
