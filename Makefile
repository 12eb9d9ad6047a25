# Every target works on a fresh clone: it creates .venv and installs what it needs, once.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# One thread a process: on few, busy cores OpenMP's threads wait for each other longer than they work, and training on
# one thread gives the same models again.
export OMP_NUM_THREADS ?= 1

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/address-match
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-warn-script-location
# Every package is the very file whose hash stands in the lock; `make lock` writes the locks anew.
LOCKED := $(PIP) --require-hashes --requirement requirements/
BUNDLE := models/bundle/default

# Where an Elasticsearch can run, its tests must: 1 makes them fail instead of being left out; 0 leaves them out anyway.
export ADDRESS_MATCH_REQUIRE_ELASTICSEARCH ?= $(shell docker/elasticsearch/can-run 2>/dev/null && echo 1)

# The first Python that is new enough; override with `make PYTHON=/path/to/python`.
PYTHON ?= $(shell for name in python3.11 python3 python3.13 python3.12; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

DEMO := demo
DEMO_PREMISES := 20000
DEMO_QUERIES := 500
DEMO_SEED := 2026
LIVING_DEMO := living-demo
INDEX ?= $(DEMO)/index

# What `make up` starts: one node to try, three to rehearse failures, with a GPU or without.
REFERENCE ?= $(DEMO)/reference.csv
COMPOSE = docker compose --file docker/compose$(if $(filter 3,$(NODES)),.three).yaml $(if $(CUDA),--file docker/compose.cuda.yaml)

.PHONY: help install demo up down test test-all fuzz check docs pictures wheel-check lock audit sbom bench serve bundle bundle-check clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# ---------------------------------------------------------------- installation

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none was found (Debian, Ubuntu: apt-get install python3.11 python3.11-venv); or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) could not make a virtual environment (Debian, Ubuntu: apt-get install python3.11-venv)" >&2; exit 1; }
	@touch $@

$(VENV)/.core: $(VENV)/.created pyproject.toml requirements/core.txt
	@echo "Installing address-match into $(VENV) ..."
	@$(LOCKED)core.txt
	@$(PIP) --no-deps -e .
	@$(BIN)/python -m compileall -q address_match parser indexer models service
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements/dev.txt
	@echo "Installing what training and the checks need (torch among it: some minutes the first time) ..."
	@$(LOCKED)dev.txt
	@touch $@

install: $(VENV)/.core ## Install what the commands need (EXTRAS=train: torch too, to train and to use a GPU)
	@test -z "$(EXTRAS)" || $(LOCKED)$(EXTRAS).txt

# ------------------------------------------------------------------- using it

demo: $(VENV)/.core ## Match 500 messy made-up addresses against 20,000 premises, and show how well it went
	@rm -rf $(DEMO)
	@echo; echo "1. A made-up reference of $(DEMO_PREMISES) premises, and $(DEMO_QUERIES) messy addresses"
	@$(RUN) synth --size $(DEMO_PREMISES) --queries $(DEMO_QUERIES) --seed $(DEMO_SEED) --out $(DEMO)
	@echo; echo "2. An index of the reference"
	@$(RUN) index build $(DEMO)/reference.csv --out $(DEMO)/index
	@echo; echo "3. The addresses matched"
	@$(RUN) match $(DEMO)/queries.csv --columns address --index $(DEMO)/index --out $(DEMO)/answers.csv
	@echo; echo "4. Some of the answers"
	@$(BIN)/python -m address_match.service.cli.demo --answers $(DEMO)/answers.csv
	@echo; echo "5. How many are right: these addresses come with their truth"
	@$(RUN) evaluate --index $(DEMO)/index --queries $(DEMO)/queries.csv --json > $(DEMO)/evaluation.json
	@$(BIN)/python -m address_match.service.cli.demo --measured $(DEMO)/evaluation.json --next-steps $(DEMO)/index

living-demo: $(VENV)/.core ## The life of a model: served, watched, labelled, learned anew, promoted by two persons, rolled back
	@rm -rf $(LIVING_DEMO)
	@$(BIN)/python -m address_match.service.cli.living_demo $(LIVING_DEMO)

serve: $(VENV)/.core ## Serve an index over HTTP (INDEX=DIR; the demo's by default)
	@test -e $(INDEX) || { echo "there is no index at $(INDEX): run 'make demo' first, or name one with INDEX=DIR" >&2; exit 1; }
	@$(RUN) serve --index $(INDEX) --jobs $(DEMO)/jobs

up: ## Start Elasticsearch and the service in containers, with an index of REFERENCE (ELASTIC_PASSWORD=…, NODES=3, CUDA=1)
	@test -f $(REFERENCE) || { echo "there is no reference at $(REFERENCE): run 'make demo' first, or name one with REFERENCE=FILE" >&2; exit 1; }
	@$(COMPOSE) build service
	@$(COMPOSE) up --detach --wait $(if $(filter 3,$(NODES)),elasticsearch-1 elasticsearch-2 elasticsearch-3,elasticsearch)
	@$(COMPOSE) run --rm --no-deps --volume "$(abspath $(REFERENCE)):/reference.csv:ro" service es build /reference.csv $(if $(filter 3,$(NODES)),--replicas 1)
	@$(COMPOSE) up --detach --wait service
	@echo "The service answers at http://127.0.0.1:8000 (documentation at /docs); 'make down' stops it all."

down: ## Stop the containers of `make up` (NODES=3 for three); indices and models stay in their volumes
	@ELASTIC_PASSWORD=unused $(COMPOSE) down

# ------------------------------------------------------------------- working on it

test: $(VENV)/.dev ## Run the tests, without the slow ones
	@$(BIN)/python -m pytest -n auto --dist loadfile -q -m "not slow"

test-all: $(VENV)/.dev ## Run all tests
	@$(BIN)/python -m pytest -n auto --dist loadfile -q

EXAMPLES ?= 750
fuzz: $(VENV)/.dev ## Ask the service more than 50,000 requests that schemathesis makes of its documents, and say how many (EXAMPLES=750 of each kind)
	@ADDRESS_MATCH_TEST_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -q -s tests/fuzz/test_schemathesis.py

check: $(VENV)/.dev ## Format, lint, types, dependency rule, the tests, then the documents
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(MAKE) test
	@$(MAKE) docs

docs: $(VENV)/.dev ## Write the documents as a site, build/docs/index.html; fails on a link or a page that leads nowhere
	@$(BIN)/python docs/generate.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	@echo "The documents are at build/docs/index.html"

pictures: $(VENV)/.dev ## Take the pictures of the pages that the documents show (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots

wheel-check: $(VENV)/.dev ## Build the wheel, install it apart, and use it beside folders of the names that it is made of
	@$(BIN)/python -m tests.wheel.check

$(VENV)/.release: $(VENV)/.core requirements/release.txt
	@$(LOCKED)release.txt
	@touch $@

# Of which extras each lock is made; the versions are those of constraints.txt where it names one.
EXTRAS_OF_core :=
EXTRAS_OF_train := --extra transformer --extra train --extra minilm
EXTRAS_OF_dev := $(EXTRAS_OF_train) --extra dev
EXTRAS_OF_release := --extra release

lock: $(VENV)/.release ## Write the locks with the hash of every package anew, after a change of pyproject.toml or constraints.txt
	@for lock in core train dev release; do \
		$(MAKE) .lock LOCK=$$lock || exit 1; \
	done

.PHONY: .lock
.lock:
	@$(BIN)/uv pip compile pyproject.toml $(EXTRAS_OF_$(LOCK)) --universal --python-version 3.11 --generate-hashes \
		--constraint constraints.txt --no-annotate --no-header --quiet --output-file requirements/$(LOCK).txt

audit: $(VENV)/.release ## Look every locked package up among the known vulnerabilities; fails where one has any, or cannot be looked up
	@$(BIN)/pip-audit --requirement requirements/train.txt --disable-pip --no-deps --strict \
		|| { echo "Where it says 'could not be audited', no advisories could be reached from here, and nothing was audited." >&2; exit 1; }

sbom: $(VENV)/.release ## Write what an installation consists of, as a CycloneDX bill of materials, into build/sbom.json
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements/core.txt --output-format JSON --output-file build/sbom.json
	@echo "build/sbom.json names $$($(BIN)/python -c 'import json; print(len(json.load(open("build/sbom.json"))["components"]))') packages"

bench: $(VENV)/.dev ## Measure build, latency, throughput, HTTP, accuracy and encoders (about an hour); fails on a loss of accuracy
	@$(BIN)/python -m benchmarks.build
	@$(BIN)/python -m benchmarks.latency
	@$(BIN)/python -m benchmarks.throughput
	@$(BIN)/python -m benchmarks.http_load
	@$(BIN)/python -m benchmarks.comparison
	@$(BIN)/python -m benchmarks.accuracy
	@$(BIN)/python -m benchmarks.absence
	@$(BIN)/python -m benchmarks.near_misses
	@$(BIN)/python -m benchmarks.ablation
	@$(BIN)/python -m benchmarks.parser
	@$(BIN)/python -m benchmarks.encoders --million

bundle: $(VENV)/.dev ## Train every part of the bundle that ships with the project anew
	@$(RUN) train bundle --out $(BUNDLE) --force

bundle-check: $(VENV)/.dev ## Fit the calibration of the shipped bundle again, and compare every part (minutes)
	@mkdir -p build
	@$(RUN) train bundle --calibrate $(BUNDLE) --out build/default --force
	@$(RUN) model compare default build/default --exact

clean: ## Remove .venv, the demo, results and caches
	rm -rf $(VENV) $(DEMO) $(LIVING_DEMO) build dist benchmarks/results benchmarks/cache *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
