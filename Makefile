# Everything here may be run on a fresh clone: each target sets up what it needs.

SWIFT ?= swift
PREFIX ?= $(if $(filter 0,$(shell id -u)),/usr/local,$(HOME)/.local)
DESTDIR ?=
PYTHON := .deps/venv/bin/python
BREW := .build/release/brew

# Two configurations and no more: debug for tests and lint, release for the product. A flag that differed between two
# targets would rebuild the whole package each time one follows the other.
DEBUG := -Xswiftc -warnings-as-errors
RELEASE := --configuration release --static-swift-stdlib

.PHONY: demo test test-slow lint bench build install uninstall setup setup-dev reference clean help

help:
	@echo "make demo       apply recipes/attendance.yaml to its fixture and show what came out"
	@echo "make test       all tests but the slow ones"
	@echo "make test-slow  the slow ones, on the release build, and fuzzing (FUZZ_SECONDS each, or 60)"
	@echo "make lint       formatting, warnings as errors, generated files up to date"
	@echo "make reference  docs/reference and docs/schema from the code and its cases"
	@echo "make bench      brew beside its peers (ROWS=1m or 10m)"
	@echo "make build      .build/release/brew"
	@echo "make install    brew, and databrew beside it, into PREFIX/bin (now: $(PREFIX))"

setup:
	@scripts/setup

setup-dev:
	@scripts/setup --dev

build: setup
	$(SWIFT) build $(RELEASE) --product brew

demo: build
	@scripts/demo $(BREW)

test: setup
	$(SWIFT) test $(DEBUG)

# Slow suites have a name that ends in `Slow` and are off unless BREW_SLOW is set; they run the release binary.
test-slow: build
	BREW_SLOW=1 BREW_BINARY=$(CURDIR)/$(BREW) $(SWIFT) test $(DEBUG) --no-parallel --filter 'Slow'
	Tests/fuzz/run

lint: setup
	$(SWIFT) format lint --strict --parallel --recursive Sources Plugins Tests Package.swift
	$(SWIFT) build --build-tests $(DEBUG)
	$(PYTHON) fixtures/generate.py --check

# What is made from the code is written by the tests that compare it; where they had to write, the first of the two fails.
GENERATED := ReferenceTests|SchemaTests
reference: setup
	-BREW_RECORD=1 $(SWIFT) test $(DEBUG) --filter '$(GENERATED)' > /dev/null 2>&1
	$(SWIFT) test $(DEBUG) --filter '$(GENERATED)'

ROWS ?= 1m
bench: setup-dev build
	$(PYTHON) bench/run.py --rows $(ROWS)

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BREW) "$(DESTDIR)$(PREFIX)/bin/brew"
	ln -sf brew "$(DESTDIR)$(PREFIX)/bin/databrew"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/brew" "$(DESTDIR)$(PREFIX)/bin/databrew"

clean:
	rm -rf .build out
