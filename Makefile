PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test check assets bench clean dev

help: ## Show these lines
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' Makefile | expand -t 16

demo: ## Set up what is missing and serve a demo school on http://127.0.0.1:5000 (PORT=… for another)
	@$(PYTHON) -m tools.demo

test: dev assets ## Run every test, on SQLite and then on PostgreSQL, the browser tests included
	@$(VENV_PYTHON) -m tools.suite

check: dev ## Check style, types, templates and lock files
	@$(VENV_PYTHON) -m tools.check

assets: ## Build schoolapp/static and compile the translations, where the sources have changed
	@$(PYTHON) -m tools.assets

bench: dev assets ## Measure what must be fast
	@$(VENV_PYTHON) -m bench

dev: # .venv with what tests and checks need
	@$(PYTHON) -m tools.environment dev

clean: ## Delete what can be made again (.venv, node_modules, built files); the database in instance/ stays
	rm -rf .venv node_modules build schoolapp/static schoolapp/documents/fonts .artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find schoolapp tests tools bench -name __pycache__ -prune -exec rm -rf {} +
	find schoolapp -name '*.mo' -delete
