# Everything runs from .venv, which bootstrap.py makes. `make help` lists the targets.
PYTHON ?= python3
LAB_FLAGS ?=
# More than two cores: tests often wait for a browser or a kernel.
WORKERS ?= 4
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
RUN := $(BIN)/python
TESTS := $(RUN) -m pytest --dist=loadfile --no-loadscope-reorder
# All tests there start a browser, a kernel or a build: to collect them takes seconds.
LEFT_OUT := $(addprefix --ignore=tests/,browser test_docs.py delivery/test_compat.py delivery/test_installed.py \
	delivery/test_wasm.py exercises/test_cycle.py exercises/test_release.py)
# Some containers tell Python to keep no bytecode. Hundreds of Pythons would then compile the same
# libraries anew, which takes longer than all else: a kernel 5 seconds in place of 1.
export PYTHONDONTWRITEBYTECODE =
# They show Python another library, or packages that are not in .venv.
unexport PYTHONHOME PYTHONPATH
COMPILE := $(BIN)/uv pip compile --quiet --universal --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help lab check test compat wasm notebooks exercises ledger balance house times links picture docs lite slides bench data map \
	lint format lock install install-test clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

install:
	@$(PYTHON) bootstrap.py

install-test:
	@$(PYTHON) bootstrap.py test

lab: install ## Install what the course needs and open it in JupyterLab (LAB_FLAGS=--no-browser)
	@$(RUN) -m coursekit lab $(LAB_FLAGS)

check: lint ## Check all that needs no browser, server, kernel or installation
	@$(TESTS) --numprocesses=logical -m "not browser and not slow" --hypothesis-profile=quick $(LEFT_OUT)

test: install-test ## Install what the tests need and run all of them (WORKERS=4)
	@$(TESTS) --numprocesses=$(WORKERS) --nbval --nbval-current-env

compat: install-test ## Run all notebooks with the oldest and the newest packages, in each Python found
	@COURSEKIT_COMPAT=1 $(RUN) -m pytest -q tests/delivery/test_compat.py

wasm: install-test ## Run all notebooks in a Python compiled to WebAssembly, as a browser's is
	@COURSEKIT_WASM=1 $(RUN) -m pytest -q tests/delivery/test_wasm.py

notebooks: install-test ## Run all notebooks and store their outputs
	@$(RUN) -m coursekit notebooks

exercises: install-test ## Run the exercise sources and release them without solutions
	@$(RUN) -m coursekit exercises build

ledger: install-test ## Write anew where each claim is discussed (docs/claims.md)
	@$(RUN) docs/build/claims.py

balance: install-test ## Count attacks, voices, tables and words on each side
	@$(RUN) docs/build/balance.py

house: install-test ## Write anew which rooms the package has (docs/house.md)
	@$(RUN) docs/build/house.py

times: install-test ## Count how long the pages take and write it wherever it is stated
	@$(RUN) docs/build/times.py

links: install-test ## Write the README's badges, Binder links and course map anew
	@$(RUN) -m coursekit links

picture: install-test ## Take the pictures of the README and the guide anew (needs a Chromium)
	@$(RUN) docs/build/picture.py
	@$(RUN) docs/build/class_picture.py

docs: install-test ## Build the site in docs/_build/html
	@$(RUN) -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "The site is in docs/_build/html/index.html"

# Absent or older than what it is made from. Only contributors need it.
node_modules/.package-lock.json: package-lock.json
	@npm ci --silent

lite: install-test node_modules/.package-lock.json ## Build the course's JupyterLite site in lite/_build/site (needs npm)
	@$(BIN)/uv venv --quiet --allow-existing --python $(RUN) lite/_build/env
	@$(BIN)/uv pip install --quiet --python lite/_build/env -r lite/requirements.txt
	@rm -rf lite/_build/dist
	@$(BIN)/uv build --quiet --wheel --out-dir lite/_build/dist .
	@lite/_build/$(subst .venv,env,$(BIN))/python lite/build.py
	@echo "The site is in lite/_build/site; lite/README.md says what to try before it goes online."

slides: install-test ## Make slides of the key figures in slides/
	@$(RUN) -m coursekit slides

bench: install-test ## Measure clicks, sliders, the argument map, a tournament, the record and memory
	@for name in click_to_pixels slider_to_pixels argument_toggle tournament record_load memory; do \
		$(RUN) benchmarks/$$name.py || exit 1; done

data: install-test ## Bring the data package and the codebook up to date with the tables
	@$(RUN) datasets/build/derived.py
	@$(RUN) datasets/build/package.py

map: install-test ## Build the map anew from Natural Earth (needs npm)
	@$(BIN)/uv pip install --quiet --python $(RUN) -e '.[app,map]'
	@$(RUN) datasets/build/europe_map.py
	@$(RUN) datasets/build/distances.py
	@$(MAKE) data

lint: install-test ## Check style, formatting, types, imports and size
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) tests/size.py
	@$(BIN)/lint-imports --no-logo > /dev/null || $(BIN)/lint-imports
	@$(RUN) -m mypy --no-error-summary
	@if command -v npm > /dev/null; then $(MAKE) --silent node_modules/.package-lock.json; fi
	@if command -v npm > /dev/null; then \
		npm run --silent lint; \
	else \
		echo "The JavaScript was not checked: npm was not found. Install Node.js to check it."; \
		test -z "$$COURSEKIT_NO_SKIP"; \
	fi

format: install-test ## Format the code
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .
	@if test -d node_modules; then npm run --silent format; fi

# From jsonschema 4.25 on whatever imports nbformat first spends two seconds on grammars of addresses
# that nothing here checks: https://github.com/python-jsonschema/jsonschema/issues/1428.
lock: install-test ## Resolve the exact versions anew
	@echo "jsonschema<4.25" | $(COMPILE) --upgrade --generate-hashes --extra app -c - pyproject.toml \
		-o requirements.lock
	@$(COMPILE) --upgrade --generate-hashes --extra instructor -c requirements.lock pyproject.toml \
		-o requirements-instructor.lock
	@$(COMPILE) --upgrade --generate-hashes --extra test -c requirements.lock -c requirements-instructor.lock \
		pyproject.toml -o requirements-test.lock
	@$(COMPILE) --no-annotate --extra app -c requirements.lock pyproject.toml -o constraints.txt

clean: ## Remove the environment and caches
	rm -rf .venv node_modules .pytest_cache .ruff_cache .hypothesis dist slides docs/_build lite/_build docs/course docs/exercises
