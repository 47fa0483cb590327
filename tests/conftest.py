"""What the tests share: the real documents, where this checkout has them beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes says more of the machine than of the code. CI draws the same examples every time: a change
# lands or not by what it changes; new examples are drawn where somebody can look at them.
settings.register_profile("hyoka", deadline=None)
settings.register_profile("ci", settings.get_profile("hyoka"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "hyoka")

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents; tests that need it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("no corpus of real documents beside this checkout (../shared/corpus)")
    return CORPUS


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the goldens anew; read the difference")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out long runs unless they are asked for."""
    if not config.getoption("markexpr"):
        items[:] = [item for item in items if item.get_closest_marker("long") is None]


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether this run writes the goldens instead of comparing with them."""
    return bool(request.config.getoption("--update-goldens"))
