"""docs/add-a-city.md: its example, done in a copy of the checkout as the page says, gives the golden beside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from normalize.layout import Layout
from schemas.codes import check_digit

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "add-a-city.md"
EXAMPLE = ROOT / "docs" / "example-city"
ROOMS = ("schemas", "extract", "normalize", "pipeline")
TESTS = ("__init__.py", "conftest.py", "goldens.py", "agreement.py", "document_json.py", "test_golden.py")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with the example's city in it, and no document but the example's."""
    copy = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "tests").mkdir()
    for name in TESTS:
        shutil.copy(ROOT / "tests" / name, copy / "tests")
    shutil.copy(EXAMPLE / "mihon.py", copy / "normalize" / "municipalities")
    with (copy / "schemas" / "codes" / "municipalities.csv").open("a", encoding="utf-8") as file:
        file.write("13999,見本市,Mihon\n")  # the list holds real cities only
    raw = copy / "data" / "raw"
    raw.mkdir(parents=True)
    (copy / "data" / "sources" / "office").mkdir(parents=True)
    for path in EXAMPLE.glob("mihon-progress.*"):
        shutil.copy(path, raw)
    return copy


def run(checkout: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_one_file_makes_the_city_known(checkout: Path) -> None:
    run(checkout, "-m", "pipeline", "convert", "data/raw/mihon-progress.pdf", "--out", "out")
    (row,) = pq.read_table(checkout / "out" / "documents.parquet").to_pylist()
    assert (row["layout"], row["status"], row["coverage"]) == ("mihon.progress", "converted", 1.0)
    assert row["municipality_code"] == "13999" + check_digit("13999")


def test_the_switch_writes_the_golden_folder(checkout: Path, update_goldens: bool) -> None:
    golden = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_golden.py"]
    run(checkout, *golden, "-k", "mihon-progress", "--update-goldens")
    if not update_goldens:  # with the switch, the golden is what is looked at next
        run(checkout, *golden)
    for path in sorted((checkout / "tests" / "golden" / "mihon-progress").iterdir()):
        if update_goldens:
            shutil.copy(path, EXAMPLE / "golden")
        assert path.read_text(encoding="utf-8") == (EXAMPLE / "golden" / path.name).read_text(encoding="utf-8")


def test_the_page_shows_the_example_as_it_is() -> None:
    assert (EXAMPLE / "mihon.py").read_text(encoding="utf-8").strip() in PAGE.read_text(encoding="utf-8")


def test_a_code_that_no_municipality_has_is_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"no municipality has the code '139998'.*municipalities\.csv"):
        Layout("mihon.progress", "139998", (), lambda _: iter(()))
