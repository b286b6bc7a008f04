# `make help` lists what can be made. Everything is installed into .venv; nothing outside the folder is touched but caches.

PYTHON ?= python3
SERVE ?= 1
PAPERS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test check test-all lint schema lock bench model learn clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready ## Install the project and its exact dependencies into .venv

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sotagraph needs Python 3.11 or newer; name one with: make setup PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## Load a sample (or PAPERS=path), answer three questions, serve until Ctrl-C (SERVE=0: don't)
	$(BIN)/sotagraph demo $(if $(PAPERS),--papers "$(PAPERS)") $(if $(filter 0,$(SERVE)),--no-serve)

test: setup ## Run the tests, with a real Neo4j (needs Java 17 and Maven, or Docker)
	$(BIN)/pytest -q -m "not long"

test-all: setup ## Run the tests and those that take long
	$(BIN)/pytest -q

lint: setup ## Linters, strict types, import rules, licences of what is installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python bench/licences.py

check: lint test ## Everything that must hold before a change lands

schema: setup ## Write schema/schema.graphql from the code
	$(BIN)/python -c 'from api import sdl; print(sdl(), end="")' > schema/schema.graphql

bench: setup ## Measure writing, and extracting from ABSTRACTS=papers.jsonl; prints ratios of one run
	$(BIN)/python -m bench.upsert
	$(if $(ABSTRACTS),$(BIN)/python -m bench.extract "$(ABSTRACTS)")

lock: ## Write requirements.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
		pyproject.toml --extra py2neo --extra otel --group dev -o requirements.lock

model: setup ## Train the encoder anew, in resumable stages of at most an hour (needs Debian's python3-torch)
	$(BIN)/python -m extractors.model.train

learn: setup ## Fit the scorers of roles, links, scores and claims anew, after the encoder
	$(BIN)/python -m extractors.learn ../shared/gold/train.jsonl --parts build/model/parts.npz
	$(BIN)/python -m extractors.learn.claims ../shared/gold/train.jsonl

clean: ## Remove what was built and installed
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
