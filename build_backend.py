"""setuptools, from a copy: what it builds in between would lie about in the checkout."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
]

_PARTS = ("pyproject.toml", "README.md", "LICENSE", "build_backend.py", "schemas", "extract", "normalize", "pipeline")


def build_wheel(
    wheel_directory: str, config_settings: Mapping[str, object] | None = None, metadata_directory: str | None = None
) -> str:
    """Build a wheel and give its name (PEP 517)."""
    with _copy(wheel_directory) as target:
        return str(build_meta.build_wheel(target, config_settings, metadata_directory))


def build_sdist(sdist_directory: str, config_settings: Mapping[str, object] | None = None) -> str:
    """Build a source distribution and give its name (PEP 517)."""
    with _copy(sdist_directory) as target:
        return str(build_meta.build_sdist(target, config_settings))


@contextmanager
def _copy(target: str) -> Iterator[str]:
    """Work in a copy of what a distribution holds; gives the absolute path of the target."""
    before, there = Path.cwd(), Path(target).absolute()
    with tempfile.TemporaryDirectory() as folder:
        for part in map(Path, _PARTS):
            if part.is_dir():
                shutil.copytree(part, Path(folder, part), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(part, folder)
        os.chdir(folder)
        try:
            yield str(there)
        finally:
            os.chdir(before)
