# Two commands for newcomers: `make demo` and `make test`. Both set everything up; a second run takes seconds to do so.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PEOPLE ?= 17551
SEEDS  ?= 101,102,103
ROWS   ?= 1000000
FUZZ_SECONDS ?= 60
SEED   ?= 1

.PHONY: help dev packages test-packages demo test test-all check lint format types layers schema schema-check docs-check bench bench-detection bench-negatives bench-start bench-tables bench-parts bench-cores bench-files bench-s3 bench-ssh fuzz clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv, or brew install python@3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON) (a minute or two, once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

dev: $(STAMP) ## make .venv with the auditor command in it
	@echo "Ready: $(BIN)/auditor --help"

packages: $(STAMP)
	@$(BIN)/python -m testbed.packages

test-packages: $(STAMP)
	@$(BIN)/python -m testbed.packages --tests

demo: packages ## audit a made-up vendor on real servers; says where the report is (PEOPLE=17551)
	@$(BIN)/python -m testbed.demo --people $(PEOPLE) --output demo-output

test: test-packages ## set everything up and run all tests
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

test-all: test-packages ## the same with longer campaigns
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest

check: lint types layers schema-check test ## everything a commit must pass

lint: $(STAMP) ## ruff: style and mistakes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(STAMP) ## let ruff rewrite the style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(STAMP) ## mypy, strict
	@$(BIN)/mypy

layers: $(STAMP) ## import-linter: the flow goes one way
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

schema: $(STAMP) ## write anew what is generated: JSON Schemas, compiled rules and report texts
	@$(BIN)/python -m auditor.schemas

schema-check: $(STAMP)
	@$(BIN)/python -m auditor.schemas --check

bench: $(STAMP) ## compare with plain Presidio (benchmarks/README.md)
	@$(BIN)/python -m benchmarks.gate

bench-detection: $(STAMP) ## what is found in made-up leftovers, beside its peers (SEEDS=101,102,103 HAWK_PATTERNS=fingerprint.yml)
	@$(BIN)/python -m benchmarks.detection --seeds $(SEEDS) --tools auditor,presidio,hawk $(if $(HAWK_PATTERNS),--hawk-patterns $(HAWK_PATTERNS))

bench-negatives: $(STAMP) ## false alarms in real public trees
	@$(BIN)/python -m benchmarks.detection.negatives

bench-tables: $(STAMP) ## long tables from end to end, beside reading them alone (ROWS=1000000)
	@$(BIN)/python -m benchmarks.tables --rows $(ROWS)

bench-parts: $(STAMP) ## parts alone: encodings, fingerprints and bulk values, distinct people, columns
	@for part in encodings values people columns; do $(BIN)/python -m benchmarks.$$part; done

bench-s3: packages ## one large object and many small ones on the real S3 server, beside boto3, curl and obstore
	@$(BIN)/python -m benchmarks.s3

bench-files: $(STAMP) ## 20,000 and 200,000 small files
	@$(BIN)/python -m benchmarks.small_files

bench-ssh: packages ## one file of 1 GiB and 20,000 small ones over SSH, beside OpenSSH's own clients
	@$(BIN)/python -m benchmarks.ssh

bench-cores: $(STAMP) ## one long file and many short ones with 1, 2, … processes, and on a local cluster (ROWS=1000000)
	@$(BIN)/python -m benchmarks.cores --rows $(ROWS) --cluster

fuzz: $(STAMP) ## damage files of every format; what breaks the reading is kept in fuzz-output/ (FUZZ_SECONDS=60 SEED=1)
	@$(BIN)/python -m benchmarks.fuzz --seconds $(FUZZ_SECONDS) --seed $(SEED)

bench-start: $(STAMP) ## what a start costs
	@$(BIN)/python -m benchmarks.start

clean: ## remove everything that make made
	rm -rf $(VENV) demo-output audit-output fuzz-output dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
