# Verbs: setup core demo test bench validate shots lint clean

PYTHON ?= python3
BIN    := .venv/bin
# Two makes at once must not install over each other.
LOCKED := mkdir -p build && $(if $(shell command -v flock),flock build/lock) $(MAKE) --no-print-directory
CORE_SOURCES := $(wildcard src/contingent/core/*.cpp src/contingent/core/*.h src/contingent/core/*/*.h \
                src/contingent/core/*.py src/contingent/reference/layout.py src/contingent/reference/tables.py)

.PHONY: setup core demo test bench validate shots lint clean browser
.DELETE_ON_ERROR:

setup:
	@$(LOCKED) .venv/core.stamp

# The extension alone, incrementally, moved into place in one step so that running programs keep theirs.
core: setup

.venv/packages.stamp: requirements.lock
	@command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null || { \
	  echo "No C++17 compiler: apt install g++ (or xcode-select --install), then retry." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed: make setup PYTHON=python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/project.stamp: pyproject.toml CMakeLists.txt .venv/packages.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/core.stamp: .venv/project.stamp $(CORE_SOURCES)
	@build=$$(ls -dt build/cp*/CMakeCache.txt | head -1 | xargs dirname) && \
	$(BIN)/cmake --build "$$build" && \
	target=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("platlib"))')/contingent/core && \
	for module in "$$build"/_core*.so; do \
	  cp "$$module" "$$target/.incoming" && mv -f "$$target/.incoming" "$$target/$$(basename "$$module")"; \
	done
	@touch $@

demo: setup
	$(BIN)/contingent run palmyra-2016 --futures 2000 --seed 1

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Browser tests need Debian's Chromium; where it cannot be installed they skip themselves.
browser:
	@if [ -d tests/web ] && ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 || \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || \
	  echo "Chromium could not be installed: browser tests will be skipped." >&2; \
	fi

# The engines' own tests run without tracing; the rest counts its lines.
ENGINES := tests/reference tests/equal tests/core

test: setup lint browser
	$(BIN)/python -m pytest -q -n 2 $(ENGINES)
	$(BIN)/python -m pytest -q -n 2 --cov --cov-report=term:skip-covered --cov-fail-under=95 \
	  $(ENGINES:%=--ignore=%)

bench: setup
	$(BIN)/python -m bench
	$(BIN)/python -m bench.slider
	$(BIN)/python -m bench.page

validate: setup
	$(BIN)/python -m validation
	$(BIN)/python -m validation.conditioning

# The pictures of the page that the documentation shows.
shots: setup browser
	$(BIN)/python docs/shots.py

clean:
	rm -rf .venv build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
