# Thin targets over the command line; `make help` lists them.
PYTHON ?= python3
ARTICLES ?= corpus/sample
OUT ?= outputs
VENV := .venv
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: install extract evaluate gate gate-raise lint types test check train train-lines train-parties train-confidence bench-clean bench-graph clean help

install: $(STAMP) ## .venv in this folder with whomet and everything it needs

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("whomet needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 install")'
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(VENV)/bin/python -m pip install --quiet --editable . --group dev
	@touch $@

extract: install ## read ARTICLES (corpus/sample), write OUT (outputs)
	$(VENV)/bin/whomet extract "$(ARTICLES)" --out "$(OUT)"

evaluate: GOLD ?= corpus/gold
evaluate: install ## extract the texts of GOLD (corpus/gold), then score them; write OUT/evaluation.html
	$(VENV)/bin/whomet evaluate "$(GOLD)" --run "$(GOLD)" --html "$(OUT)/evaluation.html"

gate: install ## no figure of the grammar on corpus/gold below its floor; write OUT/gate.html
	$(VENV)/bin/whomet gate corpus/gold --reader rules --html "$(OUT)/gate.html"

gate-raise: install ## raise the floors of corpus/gold to what is reached today
	$(VENV)/bin/whomet gate corpus/gold --reader rules --raise

lint: install ## ruff: rules and format
	$(VENV)/bin/ruff check pipeline tests
	$(VENV)/bin/ruff format --check pipeline tests

types: install ## mypy, strict
	$(VENV)/bin/mypy

test: install ## all tests
	$(VENV)/bin/python -m pytest

check: lint types test ## what CI runs

train-lines: install ## train models/lines on PAGES, labelled lines of pages
	@test -n "$(PAGES)" || { echo "usage: make train-lines PAGES=pages.jsonl.gz" >&2; exit 2; }
	$(VENV)/bin/python -m pip install --quiet --group train
	OPENBLAS_NUM_THREADS=1 $(VENV)/bin/python -m whomet.clean.train "$(PAGES)" --out models/lines

train: install ## train models/parties, then models/reader on GOLD, annotated articles (judged ones in outputs/held_out.jsonl), then models/confidence
	@test -n "$(GOLD)" || { echo "usage: make train GOLD=\"file.jsonl ...\"" >&2; exit 2; }
	$(VENV)/bin/python -m pip install --quiet --group train
	$(VENV)/bin/python -m whomet.teach.parties $(GOLD) --out models/parties
	$(VENV)/bin/python -m whomet.teach.reader $(GOLD) --out models/reader --predictions outputs/held_out.jsonl
	$(VENV)/bin/python -m whomet.calibrate $(GOLD) --out models/confidence

train-parties: install ## fit models/parties on GOLD, annotated articles
	@test -n "$(GOLD)" || { echo "usage: make train-parties GOLD=file.jsonl" >&2; exit 2; }
	$(VENV)/bin/python -m pip install --quiet --group train
	$(VENV)/bin/python -m whomet.teach.parties $(GOLD) --out models/parties

train-confidence: install ## fit models/confidence on GOLD, annotated articles
	@test -n "$(GOLD)" || { echo "usage: make train-confidence GOLD=file.jsonl" >&2; exit 2; }
	$(VENV)/bin/python -m pip install --quiet --group train
	$(VENV)/bin/python -m whomet.calibrate $(GOLD) --out models/confidence

bench-clean: install ## words a second of the line labeller beside the language pipeline
	$(VENV)/bin/python -m whomet.clean.bench "$(ARTICLES)"

bench-graph: install ## time and memory of the graph of many meetings
	$(VENV)/bin/python tests/bench/graph_speed.py

clean: ## remove the environment, caches and outputs
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis outputs/*.jsonl outputs/run.json
	find pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
