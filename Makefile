.DEFAULT_GOAL := help
.PHONY: help demo test lint format golden bench mutants more shots burden intake

help: ## list the words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: ## the site, with a year of invented work, in the browser
	./sisiwu demo

test: ## tests, lint, types, house contracts
	./sisiwu test

lint: ## ruff, mypy and the house contracts alone
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

format: ## put the code in order
	.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

golden: ## rewrite the expected files of the golden tests; review the difference
	REGOLD=1 PYTHONPATH=src .venv/bin/python -m pytest tests/engine -k golden -p no:randomly

burden: ## the page of the burden rules, from the tests that hold them
	.venv/bin/python tests/holds.py

bench: ## ratios against a baseline measured in the same run
	./sisiwu bench

intake: ## how long 10,000 organizations and 100,000 members take to come in
	.venv/bin/python tests/scale/import_a_register.py 10000 100000

shots: ## the pictures of the documentation
	./sisiwu shots
	./sisiwu sample --top 1 >/dev/null
	chromium --headless --no-sandbox --hide-scrollbars --window-size=1180,1560 --screenshot=docs/pictures/sample.png "file://$(CURDIR)/sample/结果.html"

more: ## thousands of other random schemes on every database
	SISIWU_EXAMPLES=5000 PYTHONPATH=src .venv/bin/python -m pytest tests/backends -k "sqlite or duckdb or postgres or snapshot or live"

mutants: ## faults planted in the compiler, and how many the tests catch
	.venv/bin/python tests/mutation/mutate.py
