# Shorthand for dev.py, which needs no make.
PYTHON ?= python3

.PHONY: test check docs data wheel

test: ## set up and run the tests
	$(PYTHON) dev.py test

check: ## formatting, lint, types, documentation, dataset
	$(PYTHON) dev.py check

docs: ## write the generated parts of README and docs again
	$(PYTHON) dev.py docs

data: ## make data RAW=folder: make the shipped dataset from the raw files
	$(PYTHON) dev.py data $(RAW)

wheel: ## build the wheel and try it in a fresh environment
	$(PYTHON) dev.py wheel
