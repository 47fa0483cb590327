"""A wheel holds all that hyoka needs to run, and to build one leaves nothing behind in the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline import __version__
from tests.pipeline.made import SHEET

ROOT = Path(__file__).parents[1]
KEPT = ("pyproject.toml", "README.md", "LICENSE", "build_backend.py", "schemas", "extract", "normalize", "pipeline")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that was built in a copy of the checkout, which is as it was before."""
    checkout, target = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheel")
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, checkout)
    before = files(checkout)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    without = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, *without, "--wheel-dir", str(target), str(checkout)], check=True, env=bare())
    assert files(checkout) == before
    (found,) = target.iterdir()
    return found


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if "__pycache__" not in path.parts}


def bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_a_wheel_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True, env=bare())
    (tmp_path / "sheet.txt").write_text(SHEET, encoding="utf-8")
    code = (
        "import pipeline, sys; from pipeline.cli import main; print(pipeline.__file__, file=sys.stderr); "
        "sys.exit(main())"
    )
    arguments = ["convert", "sheet.txt", "--out", "out", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env={**bare(), "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(site) in done.stderr
    assert json.loads(done.stdout)["statuses"] == {"converted": 1}


def test_the_versions_that_are_said_are_the_package_s() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == __version__
    assert (
        citation["license"]
        == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    )


def test_the_image_holds_what_the_wheel_is_built_from() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    own = [line for line in text.splitlines() if line.startswith("COPY ") and "--from=" not in line]
    copied = {word for line in own for word in line.split()[1:-1]}
    assert {*KEPT, "requirements.txt"} == copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert not copied & {*ignored}
    assert "--require-hashes" in text
