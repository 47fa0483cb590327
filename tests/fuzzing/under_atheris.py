"""Try a seam with atheris, which looks for inputs that take new ways through our code.

    python -m tests.fuzzing.under_atheris words -max_total_time=600

atheris is no requirement of hyoka: install it beside what `make setup` installs, where there is a wheel for the Python
at hand (`pip install atheris`). What follows the name of a seam goes to libFuzzer. It ends at the first input that is a
defect, and leaves it in the working folder as `crash-…`.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path


def main(seam: str, *options: str) -> None:
    """Try the seam of that name, from our own documents on."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["extract", "normalize"]):
        seams = importlib.import_module("tests.fuzzing.seams")
    take, seeds = seams.SEAMS[seam]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *options, folder], take)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
