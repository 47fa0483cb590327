"""The data dictionary is what the declarations say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from pipeline.columns import DECLARED
from pipeline.data_dictionary import data_dictionary
from tests.goldens import check_golden

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "data-dictionary.md"


def test_the_page_is_not_stale(update_goldens: bool) -> None:
    check_golden(PAGE, data_dictionary(), update=update_goldens)


def test_the_command_prints_the_page() -> None:
    command = [sys.executable, "-m", "pipeline.data_dictionary"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert printed.decode("utf-8") == data_dictionary()


def test_every_column_stands_under_its_table() -> None:
    parts = re.split(r"^## (.+)$", data_dictionary(), flags=re.MULTILINE)[1:]
    found = {
        name: re.findall(r"^\| `(\w+)`", body, re.MULTILINE) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    assert found == {declaration.name: [column.name for column in declaration.columns] for declaration in DECLARED}


def test_rows_have_as_many_cells_as_their_heads() -> None:
    """A bar in a text would part its cell."""
    for table in re.findall(r"(?:^\|.*\|\n)+", data_dictionary(), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
