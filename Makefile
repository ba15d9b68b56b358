# Every task of this repository, for people and for CI alike. `make` alone lists them.
#
# A target sets up what it needs: the stamp files in .venv say what is installed there, and they are older than the
# lock files and pyproject.toml exactly when something has to be installed again. Nothing outside this folder is
# touched, except by `test-browser`, which may install a browser.

PYTHON ?= python3
BIN := .venv/bin

# Hashes make an altered download an error. The locks are complete, so there is nothing to resolve (--no-deps).
# Twice quiet: errors are shown, and pip's remarks on this machine's settings are not.
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps

# Material for MkDocs announces its own end at each build. We know; our pages can be built by its successors too.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help handbook handbook-public check serve proposal release publish-comment publish-release test test-browser lint generate bench bench-history bench-site locks clean chromium npm

help:
	@awk -F ':.*## ' '/^## / { sub("## ", "\n"); print } \
	  /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

## For everyone who works on the handbook

# Not --quiet: MkDocs then counts no warnings, and a strict build with a broken link succeeds.
handbook: check ## Check the handbook, write its release notes and build its site
	@mkdir -p build
	$(BIN)/handbook notes --out build/release-notes.md
	@$(BIN)/mkdocs build --strict > build/site.log 2>&1 || { cat build/site.log >&2; exit 1; }
	@echo "Built: the site is site/index.html, the release notes are build/release-notes.md"

handbook-public: check ## Build the site of what everybody may read
	@mkdir -p build
	@HANDBOOK_VISIBILITY=public $(BIN)/mkdocs build --strict --site-dir build/public-site > build/public-site.log 2>&1 \
	  || { cat build/public-site.log >&2; exit 1; }
	@echo "Built: the public site is build/public-site/index.html"

# The last line is the summary of `handbook check` itself: what it found is on the screen and nowhere else.
check: .venv/.site ## Check the records and pages
	$(BIN)/handbook check

# Some releases of the library under `mkdocs` lose the default of --livereload, so it is spelled out.
serve: .venv/.site ## Show the site while you write, at the address it prints
	$(BIN)/mkdocs serve --livereload

proposal: .venv/.site ## Say what the changes since BASE mean: make proposal BASE=origin/main
	$(BIN)/handbook diff $(BASE) --format markdown $(if $(DESCRIPTION),--description $(DESCRIPTION)) --out build/proposal.md

release: .venv/.site ## Name, note and tag what has changed since the last release
	@mkdir -p build && rm -f build/release-tag build/release-notes.md
	$(BIN)/handbook release --out build/release-notes.md
	@if [ -e build/release-notes.md ]; then git tag --points-at HEAD | head -n 1 > build/release-tag; fi

# What publishes has the right to write, so nothing that was installed runs beside it: the engine needs nothing for this.
publish-comment: ## Put build/proposal.md under a pull request: make publish-comment NUMBER=47
	PYTHONPATH=scripts $(PYTHON) -m handbook publish comment "$(NUMBER)" build/proposal.md

publish-release: ## Publish build/release-notes.md at GitHub: make publish-release TAG=v2026.11.0 COMMIT=...
	PYTHONPATH=scripts $(PYTHON) -m handbook publish release "$(TAG)" build/release-notes.md $(if $(COMMIT),--commit "$(COMMIT)")

## For everyone who works on the engine

# The last line is pytest's. Choose tests with, for example, `make test ARGS="-k calendar"`.
# Two processes begin at both halves of the list, and whoever is done first takes tests from the end of the other's:
# what tests of one file share, such as a built site, is so made once. `ARGS="-n 0"` runs all in one process.
TWO := -n 2 --dist worksteal
test: .venv/.dev ## Run all tests; those in a browser where one is installed
	$(BIN)/python -m pytest $(TWO) $(ARGS)

test-browser: .venv/.dev chromium ## Run only the tests in a browser, installing one where that is possible
	$(BIN)/python -m pytest $(TWO) -m browser $(ARGS)

lint: .venv/.dev ## Check style, types, workflows, schemas and generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/rumdl check --quiet docs README.md CONTRIBUTING.md
	$(BIN)/python scripts/generate.py --check
	$(BIN)/check-jsonschema --quiet --check-metaschema schemas/*.json schemas/output/*.json
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms \
	  $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
	$(BIN)/zizmor --offline --quiet .github/workflows
	@echo "Linted: nothing to improve in scripts, tests, docs, schemas and .github"

generate: .venv/.dev ## Write the generated files anew
	$(BIN)/python scripts/generate.py
	@echo "Generated: see what changed with git diff"

bench: .venv/.dev ## Measure speed and memory against other tools
	@mkdir -p build
	$(BIN)/python tests/bench/run.py $(ARGS)
	@echo "Measured: the figures are in build/bench.json"

bench-history: .venv/.dev ## Measure the reading of histories against git and other tools
	$(BIN)/python tests/bench/history.py $(ARGS)

bench-site: .venv/.dev ## Measure the building of the site against Material for MkDocs alone
	$(BIN)/python tests/bench/site.py $(ARGS)

# Keeps each pin that still fits; UPGRADE=1 moves all of them to the newest releases that pyproject.toml allows.
# The site's lock takes its versions from the other one, so both can live in one environment.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command "make locks" --group pyproject.toml:install $(if $(UPGRADE),--upgrade) pyproject.toml
locks: .venv/.dev ## Resolve the pinned dependencies anew from pyproject.toml
	$(LOCK) --extra dev --output-file .ci/locks/dev.txt
	$(LOCK) --extra site --constraints .ci/locks/dev.txt --output-file .ci/locks/site.txt
	@echo "Locked: the pins are in .ci/locks"

clean: ## Remove everything that these targets made, the virtual environment included
	rm -rf .venv build dist site .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .rumdl_cache
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Removed: what is left is in git, or is yours"

# What the targets above stand on

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'The handbook needs Python 3.11 or newer, and "$(PYTHON)" is not. Name another one: make PYTHON=python3.13' >&2; \
	  exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
	  rm -rf .venv; \
	  echo 'Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv' >&2; \
	  exit 1; }
	@touch $@

# The project itself is installed in editable mode: a change in scripts/ or schemas/ is there at once.
.venv/.site: .venv/.python .ci/locks/site.txt pyproject.toml
	$(INSTALL) --require-hashes --requirement .ci/locks/site.txt
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

# After .site, not beside it: two pips at work in one environment under `make -j` would break it.
.venv/.dev: .venv/.site .ci/locks/dev.txt
	$(INSTALL) --require-hashes --requirement .ci/locks/dev.txt
	@touch $@

chromium:
	@for browser in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$browser >/dev/null; then exit 0; fi; \
	done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo 'Installing Chromium for the tests in a browser'; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	else \
	  echo 'The tests in a browser need Chromium or Chrome, and neither is installed. On Debian: apt install chromium' >&2; \
	  exit 1; \
	fi

# The tests of what is published at GitHub ask a server made from GitHub's own description, and those of BPMN the tools
# that read it; all of them come from npm.
npm:
	@if command -v npm >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo 'Installing npm for the tests of publishing and of BPMN'; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -qq --no-install-recommends npm >/dev/null; \
	else \
	  echo 'The tests of publishing and of BPMN need npm, and it is not installed. On Debian: apt install npm' >&2; \
	  exit 1; \
	fi
