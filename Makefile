# Everything runs in .venv, made here with the pinned, hashed requirements. Needs Python 3.11 or later and make.
# Another Python than python3:  make convert PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
PEERS := .venv-bench
LOOPS := extract/pdf/engines/pdfium/loops.c
PEER_SETS := $(basename $(notdir $(wildcard benchmarks/peers/*.in)))
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check install
READERS := schemas extract normalize tests/schemas tests/extract tests/normalize tests/drift tests/forms tests/traps \
	tests/test_corpus.py tests/test_fuzzing.py tests/test_golden.py tests/test_own_facts.py tests/test_round_trip.py
OWN := $(PIP) --no-deps --no-build-isolation --editable .

.PHONY: setup setup-ocr convert notebooks test test-readers test-pipeline test-fast fast-records fast-house roundtrip forms mutants check format bench growth learning fuzz requirements clean

setup: $(VENV)/installed  ## install what converting needs

setup-ocr: $(VENV)/installed-ocr  ## install what reading pictures of pages needs, too

# Exit status 1 says that a document has an error finding; its tables are written all the same, so make goes on.
convert: $(VENV)/installed  ## convert data/raw into data/processed and print the summary
	$(RUN) -m pipeline convert data/raw --out data/processed || [ $$? -eq 1 ]

notebooks: convert $(VENV)/installed-dev  ## run the notebooks on data/processed, into notebooks/run
	$(RUN) -m notebooks.run

test: $(VENV)/installed-dev  ## run the tests, in two halves side by side
	$(MAKE) --jobs=2 test-readers test-pipeline

test-readers: $(VENV)/installed-dev  ## the half that reads documents
	$(RUN) -m pytest --quiet $(READERS)

test-pipeline: $(VENV)/installed-dev  ## the other half
	$(RUN) -m pytest --quiet pipeline benchmarks tests $(addprefix --ignore=,$(filter tests/%,$(READERS)))

test-fast: $(VENV)/installed-dev  ## what tells most in a minute: records, goldens, the house, questions; in two halves
	$(MAKE) --jobs=2 fast-records fast-house

fast-records: $(VENV)/installed-dev
	$(RUN) -m pytest --quiet tests/normalize

fast-house: $(VENV)/installed-dev
	$(RUN) -m pytest --quiet tests/test_architecture.py tests/test_golden.py tests/test_own_facts.py tests/schemas \
		$(addprefix tests/pipeline/test_,$(addsuffix .py,query views summary sources descriptor partition docs))


roundtrip: $(VENV)/installed-dev  ## print and read back thousands of generated documents, for hours
	$(RUN) -m tests.rendering.long_run $(RUNS)

forms: $(VENV)/installed-dev  ## compose forms of cities nobody described, read them, count what is missing and false
	$(RUN) -m tests.forms.run $(RUNS)

mutants: $(VENV)/installed-dev  ## change the readers in small ways, and list the changes that no test notices
	$(RUN) -m tests.mutation.run $(RUNS)

check: $(VENV)/installed-dev  ## lint, formatting, strict types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

format: $(VENV)/installed-dev  ## lay the code out, and mend what lint can mend
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: $(VENV)/installed-dev $(PEER_SETS:%=$(PEERS)/%/installed)  ## measure hyoka beside other readers of tables (tabula needs Java)
	$(RUN) -m benchmarks.compare --peers $(PEERS)
	$(RUN) -m benchmarks.national

growth: $(VENV)/installed-dev  ## measure hyoka over 10 to 10,000 documents, and two workers beside one (half an hour)
	$(RUN) -m benchmarks.growth
	$(RUN) -m benchmarks.national

learning: $(VENV)/installed-dev  ## measure what a form gives that is learnt from 3 to 100 of its sheets (some minutes)
	$(RUN) -m benchmarks.learning

fuzz: $(VENV)/installed-dev  ## break small documents in 220,000 ways, and see what becomes of each (about an hour of a processor)
	$(RUN) -m tests.fuzzing.campaign reading
	$(RUN) -m tests.fuzzing.campaign conversion
	$(RUN) -m tests.fuzzing.meaning --how html

requirements:  ## pin anew what pyproject.toml asks for (needs uv)
	echo 'setuptools>=77' | uv pip compile pyproject.toml - --output-file requirements.txt $(PINNING)
	echo 'setuptools>=77' | uv pip compile pyproject.toml - --extra ocr --constraint requirements.txt \
		--output-file requirements-ocr.txt $(PINNING)
	echo 'setuptools>=77' | uv pip compile pyproject.toml - --extra dev --constraint requirements-ocr.txt \
		--output-file requirements-dev.txt $(PINNING)

	for set in $(PEER_SETS); do \
		uv pip compile benchmarks/peers/$$set.in --constraint requirements-dev.txt \
			--output-file benchmarks/peers/$$set.txt $(PINNING) || exit 1; \
	done

PINNING := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

clean:  ## remove the environment
	rm -rf $(VENV) $(PEERS)

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'hyoka needs Python 3.11 or later; $(PYTHON) is older or missing. Try: make PYTHON=python3.12'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made requirements.txt pyproject.toml $(LOOPS)
	$(PIP) --require-hashes --requirement requirements.txt
	$(OWN)
	@touch $@

$(VENV)/installed-ocr: $(VENV)/made requirements-ocr.txt pyproject.toml $(LOOPS)
	$(PIP) --require-hashes --requirement requirements-ocr.txt
	$(OWN)
	@touch $@

$(VENV)/installed-dev: $(VENV)/made requirements-dev.txt pyproject.toml $(LOOPS)
	$(PIP) --require-hashes --requirement requirements-dev.txt
	$(OWN)
	@touch $@

# What hyoka is measured against wants other versions, and much more room, than hyoka itself; two of them bring a module
# of pdfplumber's name, so each has an environment to itself.
$(PEERS)/%/installed: benchmarks/peers/%.txt
	$(PYTHON) -m venv $(PEERS)/$*
	$(PEERS)/$*/bin/python -m pip --disable-pip-version-check install --require-hashes --requirement $<
	@touch $@
