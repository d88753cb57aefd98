# For GNU make 3.81 (macOS) and newer. Paths are relative and quoted: the folder's name may
# hold spaces. Python runs as `.venv/bin/python -m ...`, because the scripts in .venv/bin name
# their interpreter by its full path, which breaks where that path holds a space.
#
#   make publish PYTHON=python3.12    uses that Python instead of the newest on PATH
#   make test ARGS="-k witness -x"    gives ARGS to pytest

SHELL = /bin/sh
PY = .venv/bin/python
ARGS =
unexport PYTHONHOME PYTHONPATH
export PYTHON

.PHONY: help publish test test-all bench lint clean venv venv-test

help:
	@echo "make publish    check the edition in tei/ and publish it to build/"
	@echo "make test       run the tests"
	@echo "make test-all   run the tests that take long"
	@echo "make bench      run the benchmarks"
	@echo "make lint       look for mistakes in the code"
	@echo "make clean      remove what these have made"

publish: venv
	@"$(PY)" -m teikit publish tei -o build
	@echo
	@echo "Where to look:"
	@echo "  build/site/index.html    open it in a browser"
	@echo "  build/text/              the same as plain text"

test: venv-test
	"$(PY)" -m pytest -m "not slow" $(ARGS)

# pytest says 5 where no test is slow.
test-all: venv-test
	"$(PY)" -m pytest -m slow $(ARGS) || [ $$? -eq 5 ]

bench: venv-test
	"$(PY)" tests/benchmarks/bench.py $(ARGS)

lint: venv-test
	"$(PY)" -m ruff check .

clean:
	rm -rf .venv build build.old dist .pytest_cache .ruff_cache .hypothesis
	find tools tests -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@sh tools/venv.sh

venv-test:
	@sh tools/venv.sh test
