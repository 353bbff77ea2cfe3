# Every target works on a bare clone: Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
VENV := .venv/bin
BUILD := $(PYTHON) scripts/build.py
.DEFAULT_GOAL := help
.PHONY: help build demo run test test-spark check fix openapi lock picture clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

build: ## everything that serving needs: packages, Node where it is missing, the web pages
	@$(BUILD) pages

demo: build ## a real grocery chain's year, loaded and served; prints where to look
	@$(VENV)/shuke demo

run: build ## serve the data folder that is there (SHUKE_DATA_DIR, by default ./data)
	@$(VENV)/shuke serve

# Tests start dozens of processes, which need not compile the same modules each.
test test-spark: export PYTHONDONTWRITEBYTECODE :=

test: check build ## all checks and all tests: 25 minutes on two cores
	@$(VENV)/python -m scripts.browser
	@$(VENV)/python -m pytest -n 2 --dist worksteal

test-spark: ## the tests that ask a Spark cluster, which they start; needs Java 17 or newer
	@$(BUILD) spark
	@$(VENV)/python -m pytest tests/spark

check: ## style, types, import contracts, the API's description, the web sources
	@$(BUILD) dev
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy
	@$(VENV)/mypy --strict scripts
	@$(VENV)/lint-imports
	@$(VENV)/shuke openapi | diff -q - openapi.json >/dev/null \
		|| { echo "openapi.json is not what the server describes: run 'make openapi' and look at the difference." >&2; exit 1; }
	@$(BUILD) npm run check --silent

fix: ## let the tools put style right
	@$(BUILD) dev
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .
	@$(BUILD) npm run fix --silent

openapi: ## write openapi.json from the code
	@$(BUILD) dev
	@$(VENV)/shuke openapi > .openapi.new
	@mv .openapi.new openapi.json

LOCK := $(VENV)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(UPGRADE)

lock: ## write the lock files anew from pyproject.toml and web/package.json (UPGRADE=--upgrade for newest versions)
	@$(BUILD) dev
	@$(VENV)/python -m pip install --quiet uv
	@$(LOCK) --extra embedded --extra sample --group build pyproject.toml -o requirements/run.txt
	@$(LOCK) --extra embedded --extra sample --group build --group dev -c requirements/run.txt pyproject.toml \
		-o requirements/dev.txt
	@$(LOCK) --extra embedded --extra sample --extra spark --group build --group dev -c requirements/dev.txt \
		pyproject.toml -o requirements/spark.txt
	@$(LOCK) --group node -o requirements/node.txt
	@$(BUILD) npm install --package-lock-only

picture: build ## take the README's picture from the demo's data
	@$(BUILD) dev
	@$(VENV)/python -m scripts.picture $(SHUKE_DATA_DIR)

clean: ## remove what was built; data folders stay
	rm -rf .venv web/node_modules src/shuke/entrypoints/pages
