# The two commands of the house are `make run` and `make test`; README.md says the rest.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export DATABASE_URL
# Compiled once and kept, also where the surroundings say otherwise: the tests start this program a hundred times.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# A stamp for each lock file: nothing is installed again until the lock (or the Python) changes.
RUN := .venv/run.stamp
TEST := .venv/test.stamp
BENCH := .venv/bench.stamp
HTML := .venv/html/stamp
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCK := uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# What judges, plans and words is covered whole, every branch of it, by its own tests. Tracing costs those of the whole
# application two thirds more time and finds nothing that is not covered here.
GUARDED := app/domain/*,app/planner/*
GUARDS := tests/domain tests/planner

.PHONY: run test check bench lock format clean
.DELETE_ON_ERROR:

run: $(RUN)
	@exec $(BIN)/mythmark serve --host $(HOST) --port $(PORT)

test: $(TEST)
	@PYTHON=$(BIN)/python .ci/machine
	@! command -v npm >/dev/null || $(MAKE) --no-print-directory $(HTML)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --cov --cov-report= $(GUARDS)
	$(BIN)/coverage report --include='$(GUARDED)' --fail-under=100 --show-missing --skip-covered
	$(BIN)/pytest -n 2 $(GUARDS:%=--ignore=%)

check: $(TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 -m 'not slow' --ignore=tests/load

bench: $(BENCH)
	$(BIN)/python -m tests.load

format: $(TEST)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: requirements/run.in requirements/test.in requirements/bench.in
	$(LOCK) requirements/run.in --output-file requirements/run.txt
	$(LOCK) requirements/test.in --constraints requirements/run.txt --output-file requirements/test.txt
	$(LOCK) requirements/bench.in --constraints requirements/test.txt --output-file requirements/bench.txt
	cd tests/html && npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* build *.egg-info

$(RUN): requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Mythmark needs Python 3.11 or newer; name one: make run PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making .venv and installing (once, about a minute)" >&2; $(PYTHON) -m venv .venv; }
	@$(INSTALL) --requirement requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST): requirements/test.txt $(RUN)
	@$(INSTALL) --requirement requirements/test.txt
	@touch $@

# html-validate, which judges every page that the tests render.
$(HTML): tests/html/package-lock.json $(RUN)
	@rm -rf .venv/html && mkdir .venv/html && cp tests/html/package.json tests/html/package-lock.json tests/html/.npmrc .venv/html
	@npm ci --prefix .venv/html --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BENCH): requirements/bench.txt $(TEST)
	@$(INSTALL) --requirement requirements/bench.txt
	@touch $@
