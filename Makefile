# Two commands do all the set-up: `make serve` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What setuptools says of every editable installation is nothing to act upon.
INSTALL := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-compile
# Programs are compiled when they first run, and once, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup serve test clients bench bench-quick mutants soak lint audit lock sbom format screenshots messages united reference docs clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Make the virtual environment and install everything into it

$(READY): setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(INSTALL) --editable '.[dev]'
	@touch $@

# What serves needs none of what tests need; where that is there, it does for both.
SERVES := $(VENV)/.serves
$(SERVES): setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(INSTALL) --editable .
	@touch $@

serve: $(if $(wildcard $(READY)),$(READY),$(SERVES)) ## Serve pages and API on http://127.0.0.1:8000, with the curated glossary
	@$(BIN)/glossary load-fixtures --if-empty
	@exec $(BIN)/glossary serve

test: $(READY) ## Run the whole suite
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --durations 20

clients: $(READY) ## Install the clients of others that the suite tries, as it does itself
	$(BIN)/python -m tests.web.tools.installed

soak: $(READY) ## Ask 100,000 requests, spoil 50,000 files, kill 300 times, and let every fault strike
	FUZZ=50000 FUZZ_FILES=50000 $(BIN)/python -m pytest tests/fuzz --capture no
	$(BIN)/python -m pytest tests/web/pages --door=nginx
	$(BIN)/python -m benchmarks.slow_clients --seconds 60
	$(BIN)/python -m benchmarks.overload --minutes 10
	KILLS=300 $(BIN)/python -m pytest tests/faults/test_kills.py --capture no
	$(BIN)/python -m tests.faults.told
	FAULTS=all $(BIN)/python -m pytest tests/failover --capture no
	FAULTS=all $(BIN)/python -m pytest tests/store/test_upgrades.py
	UNDONE=20000 $(BIN)/python -m pytest tests/curation/test_bulk.py
	HOME_COMING=all $(BIN)/python -m pytest tests/transfer/test_register.py
	CONTRACT=all $(BIN)/python -m pytest tests/web/test_contract_linters.py
	PAGES=all $(BIN)/python -m pytest tests/web/pages/test_browser_safety.py tests/web/pages/test_team_pages.py

PEERS := $(VENV)/.peers
$(PEERS): $(READY)
	$(INSTALL) --editable '.[bench]'
	@touch $@

bench: $(PEERS) ## Measure beside peers and as a store grows, and keep benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.results --rows 20000 --rounds 5 --sizes 1000 10000 100000 1000000

bench-quick: $(PEERS) ## The same in two minutes, against the results that are kept
	$(BIN)/python -m benchmarks.results --rounds 3 --sizes

mutants: $(READY) ## Put small faults into the code, one at a time, and see whether the tests find them
	$(BIN)/python -m tests.mutants --jobs 2

lint: $(READY) ## Check format, style, types, weak spots and the curated entries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m bandit --quiet --recursive glossary
	$(BIN)/glossary lint fixtures/diplomatic.ndjson fixtures/states.ndjson \
	  --sources fixtures/sources.ndjson --issuers fixtures/issuers.ndjson --severity error

audit: $(READY) sbom ## Ask whether a weakness is known of what we run with, and list all of it
	$(BIN)/python deploy/audit.py $(AUDIT)

lock: $(READY) ## Write down the newest version of all that we run with, and its hashes
	$(BIN)/python -m piptools compile --quiet --upgrade --generate-hashes --strip-extras \
	  --extra postgres --extra oidc --extra otel --extra mcp --extra lsp --no-header --no-emit-index-url \
	  --no-emit-find-links --output-file deploy/requirements.txt setup.cfg

sbom: $(READY) ## List all that we run with, as CycloneDX, into dist/sbom.cdx.json
	mkdir -p dist
	$(BIN)/python -m cyclonedx_py requirements deploy/requirements.txt \
	  --output-reproducible --output-file dist/sbom.cdx.json

format: $(READY) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: $(READY) ## Take a picture of every page, into screenshots/
	$(BIN)/python -m tests.screenshots

messages: $(READY) ## Collect messages and merge them into every catalogue
	$(BIN)/pybabel --quiet extract --mapping-file locales/babel.cfg --keyword N_ \
	  --sort-output --no-location --omit-header --output-file locales/messages.pot .
	for locale in zh_Hans zh_Hant; do \
	  $(BIN)/pybabel --quiet update --input-file locales/messages.pot --locale $$locale \
	    --output-file locales/$$locale/LC_MESSAGES/messages.po --no-fuzzy-matching --omit-header; \
	done

united: $(READY) ## List every pair of words that the curated English unites, to be read
	$(BIN)/python -m tests.text.united
	git diff --stat tests/text/united.txt

reference: $(READY) ## Make the reference of the documentation from the program
	$(BIN)/python -m docs.site.reference

docs: $(READY) ## Build the documentation as a site, into build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

clean: ## Remove what was made here
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
