"""The page on other tools: the versions that it names are those that are tested, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.grammar import parser
from tests.compat.readers import READERS
from tests.pipeline.example import write_example

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "bi-tools.md").read_text(encoding="utf-8")


def versions() -> dict[str, str]:
    """The first table of the page: reader → version."""
    rows = [line.split("|") for line in PAGE[: PAGE.index("Tried by hand")].splitlines() if line.startswith("| ")]
    return {row[1].strip(): row[2].strip() for row in rows if row[1].strip() not in ("Reader", "---")}


def test_every_reader_of_the_tests_is_on_the_page() -> None:
    assert {name.removeprefix("Tableau ").removesuffix(" API") for name in versions()} == {*READERS, "frictionless"}


@pytest.mark.parametrize("reader", ["DuckDB", "pandas", "pyarrow", "Polars", "frictionless"])
def test_the_version_is_the_one_that_the_tests_are_run_with(reader: str) -> None:
    pinned = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    assert f"{reader.lower()}=={versions()[reader]} " in pinned


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path / "data" / "processed")
    write_example(tmp_path / "OUT", ("fiscal_year",))
    whole, hive = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(whole, "bi-tools.md", "exec"), {})
    assert "document_id" in capsys.readouterr().out
    found: dict[str, object] = {}
    exec(compile(hive, "bi-tools.md", "exec"), found)
    assert len(found["results"]) == 4  # type: ignore[arg-type]


def test_the_commands_are_ones_that_hyoka_takes() -> None:
    commands = re.findall(r"`hyoka ((?:convert|export|query) [^`]+)`", PAGE)
    assert len(commands) >= 4
    for command in commands:
        parser().parse_args(re.findall(r'"[^"]*"|\S+', command))
