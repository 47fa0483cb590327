"""The notebooks run from a clean state, show what they say, hold no logic of their own, and stay small."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from notebooks import run as runner
from pipeline.convert import convert
from pipeline.options import Options
from tests.goldens import own_documents

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_BYTES, MOST_PICTURE = 120_000, 60_000
SCORES = [85, 84, 87, 73, 93]

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def outputs(path: Path) -> list[Any]:
    return [output for cell in cells(path) for output in cell.outputs]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own documents of `data/raw`, converted."""
    out = tmp_path_factory.mktemp("notebooks") / "out"
    convert([*own_documents(ROOT / "data" / "raw")], out, Options())
    return out


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return monkeypatch


def values(path: Path, *expressions: str) -> list[Any]:
    """Run a notebook and give what expressions are worth at its end."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(f"import json; print(json.dumps([{', '.join(expressions)}]))"))
    found = runner.run_notebook(notebook).cells[-1].outputs[0]["text"]
    return list(json.loads(found))


@notebooks
def test_a_notebook_runs_from_a_clean_state_and_shows_what_is_committed(
    path: Path, own: Path, on: pytest.MonkeyPatch
) -> None:
    """The same tables and pictures, cell by cell; the numbers in them follow the documents in `data/raw`."""
    on.setenv("HYOKA_OUT", str(own))
    fresh = runner.run_notebook(nbformat.read(path, as_version=4))
    ran = [[kinds(output) for output in cell.outputs] for cell in fresh.cells if cell.cell_type == "code"]
    assert ran == [[kinds(output) for output in cell.outputs] for cell in cells(path)], "run notebooks.run --keep"


def kinds(output: Any) -> set[str]:
    return set(output["data"])


@notebooks
def test_what_is_committed_is_small_and_names_no_place_on_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    pictures = [output["data"]["image/png"] for output in outputs(path) if "image/png" in output.get("data", {})]
    assert pictures
    assert all(len(picture) < MOST_PICTURE for picture in pictures)
    assert not [word for word in ("/home/", "/root/", "/Users/", "/tmp/", "Traceback") if word in text]
    assert not [output for output in outputs(path) if output.output_type in ("error", "stream")]


@notebooks
def test_a_notebook_has_no_logic_of_its_own(path: Path) -> None:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda)
    found = [type(node).__name__ for cell in cells(path) for node in ast.walk(ast.parse(cell.source))]
    assert not set(found) & {kind.__name__ for kind in kinds}


def test_the_scores_of_our_own_document_are_recomputed(own: Path, on: pytest.MonkeyPatch) -> None:
    on.setenv("HYOKA_OUT", str(own))
    scores, agree, all_judged = values(
        ROOT / "notebooks" / "02-scores.ipynb",
        "[int(score) for score in recomputed.round()]",
        "bool((matched.grade == matched.grade_by_ratio).all())",
        "len(matched) == len(judged)",
    )
    assert scores == SCORES
    assert agree
    assert all_judged


def test_the_scores_of_the_real_document_are_recomputed(corpus: Path, tmp_path: Path, on: pytest.MonkeyPatch) -> None:
    names = ("musashino-dai2-summary.txt", "akiruno-r7-progress.txt")
    convert([corpus / "text" / name for name in names], tmp_path / "out", Options())
    on.setenv("HYOKA_OUT", str(tmp_path / "out"))
    scores, grades = values(
        ROOT / "notebooks" / "02-scores.ipynb",
        "[int(score) for score in recomputed.round()]",
        "[len(judged), int((matched.grade == matched.grade_by_ratio).sum())]",
    )
    assert scores == SCORES
    assert grades == [42, 42]
