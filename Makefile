# Two commands matter: `make run` and `make test`. Both build .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A folder of wheels (made by `make wheels` on a machine with a package index) serves an intranet.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(wildcard wheels),--no-index --find-links wheels,) --require-hashes

.PHONY: help run check test bench lock wheels backup clean

help:
	@echo "make run     serve the dashboard on http://localhost:8501 (builds .venv, prepares sample data)"
	@echo "make test    format, lint, types, plan data, then all tests, a real browser included"
	@echo "make check   format, lint, types and plan data only"
	@echo "make bench   what things cost, as ratios"
	@echo "make backup  copy the database and the kept originals to backups/ (stop the server first)"
	@echo "make wheels  download all packages into wheels/ for a machine without a package index"
	@echo "make lock    renew the locks after a change of pyproject.toml"

run: $(VENV)/run.stamp
	$(BIN)/python server.py

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m loaders check

# The files in their own order, the slow browser's first: xdist would begin with those of many quick tests.
test: check
	$(BIN)/python tests/browser/prepare.py
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

bench: $(VENV)/dev.stamp
	$(BIN)/python tests/bench.py

backup: $(VENV)/run.stamp
	$(BIN)/python -m store backup

wheels: $(VENV)/run.stamp
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --dest wheels --requirement requirements.lock

lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet pip-tools
	build/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links --extra dev --output-file requirements-dev.lock pyproject.toml
	build/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --no-annotate --no-header --no-emit-index-url --no-emit-find-links --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)

# Built again only when the lock changes.
$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	$(PIP) --requirement requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(BIN)/python
	$(PIP) --requirement requirements-dev.lock
	@touch $@
