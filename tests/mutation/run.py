"""Changes modules one by one and counts the changes that no test notices:

python -m tests.mutation.run --room normalize/cells --sample 40 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutation.mutants import Mutant, mutants

ROOT: Final = Path(__file__).parents[2]
_ROOMS: Final = ("normalize", "extract")
_SECONDS: Final = 600
"""The longest that the tests of one change may take; a change that makes a loop endless is noticed."""

_GOLDENS: Final = ("tests/test_golden.py", "tests/test_own_facts.py")

_CHILD: Final = """
import importlib, importlib.abc, importlib.util, sys
NAME, SOURCE = sys.argv[1], sys.stdin.read()
class Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_file_location(name, PATH, loader=self) if name == NAME else None
    def get_filename(self, name): return PATH
    def get_data(self, path): return SOURCE.encode()
    def path_stats(self, path): raise OSError
PATH = sys.argv[2]
sys.dont_write_bytecode = True
sys.meta_path.insert(0, Changed())
importlib.import_module(NAME)  # before pytest, which reads modules with doctests from their files
import pytest
sys.exit(pytest.main(["-q", "-x", "-p", "no:cacheprovider", *sys.argv[3:]]))
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one module of the project."""

    path: Path
    mutant: Mutant

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.mutant.line}  {self.mutant.change}"


def changes_of(room: str) -> list[Change]:
    """Every change of every module of a room."""
    paths = sorted(path for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py")
    return [Change(path, mutant) for path in paths for mutant in mutants(path.read_text(encoding="utf-8"))]


def near_tests(path: Path) -> list[str]:
    """The tests that stand for a module: the doctests in it, the nearest folder of tests of its name."""
    own = path.relative_to(ROOT)
    folder = next(at for at in (ROOT / "tests" / parent for parent in own.parents) if at.is_dir())
    named = folder / f"test_{path.stem}.py"
    return [str(own), *([str(named)] if named.exists() else []), str(folder)]


def is_noticed(change: Change, tests: Sequence[str]) -> bool:
    """Whether one of the tests fails with the change; the files of the project stay as they are."""
    module = ".".join(change.path.relative_to(ROOT).with_suffix("").parts)
    command = [sys.executable, "-c", _CHILD, module, str(change.path), *tests]
    try:
        ended = subprocess.run(
            command, input=change.mutant.source, text=True, capture_output=True, cwd=ROOT, timeout=_SECONDS,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    return ended.returncode != 0


def survivors(changes: Iterable[Change], *, goldens: bool) -> Iterable[tuple[Change, bool]]:
    """Each change, and whether no test noticed it."""
    for change in changes:
        noticed = is_noticed(change, near_tests(change.path)) or (goldens and is_noticed(change, _GOLDENS))
        yield change, not noticed


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each change that no test notices, and their share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", action="append", help="a folder of normalize/ or extract/ (default: both)")
    parser.add_argument("--sample", type=int, default=100, help="so many changes of each room, chosen by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--goldens", action="store_true", help="ask the goldens, too, where the room's tests see nothing"
    )
    chosen = parser.parse_args(arguments)
    for room in chosen.room or _ROOMS:
        every = changes_of(room)
        sample = random.Random(chosen.seed).sample(every, min(chosen.sample, len(every)))
        lived = 0
        for done, (change, has_survived) in enumerate(survivors(sample, goldens=chosen.goldens), 1):
            lived += has_survived
            print(f"{'lives ' if has_survived else 'killed'} {done}/{len(sample)} {change.place}", flush=True)
        print(f"{room}: {lived} of {len(sample)} changes noticed by no test; {len(every)} are possible", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
