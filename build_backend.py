"""setuptools, from a copy: what it builds in between would lie about in the checkout.

Where a C compiler is at hand, the loops over PDFium are built with it; without one, hyoka loops in Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import (
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

_LOOPS = Path("extract", "pdf", "engines", "pdfium", "loops.c")

_Settings = Mapping[str, object]


def build_wheel(
    wheel_directory: str, config_settings: _Settings | None = None, metadata_directory: str | None = None
) -> str:
    """Build a wheel and give its name (PEP 517). It is for this machine alone where a compiler built the loops."""
    with _copy(wheel_directory) as target:
        settings = dict(config_settings or {})
        if _build_loops():
            settings.setdefault("--build-option", ["--plat-name", sysconfig.get_platform()])
        return str(build_meta.build_wheel(target, settings, metadata_directory))


def build_editable(
    wheel_directory: str, config_settings: _Settings | None = None, metadata_directory: str | None = None
) -> str:
    """Build what leads to the checkout (PEP 660), and the loops within it."""
    _build_loops()
    return str(build_meta.build_editable(wheel_directory, config_settings, metadata_directory))


def _build_loops() -> bool:
    """Build the loops beside their source, with the compiler that `CC` names, else `cc`; False where there is none.

    What cannot be built is no fault: the same loops are there in Python.
    """
    compiler = shutil.which(os.environ.get("CC", "cc"))
    built = _LOOPS.with_name("_loops.so")
    built.unlink(missing_ok=True)
    if compiler is None:
        return False
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(built), str(_LOOPS)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0 and built.exists()


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
                shutil.copytree(part, Path(folder, part), ignore=shutil.ignore_patterns("__pycache__", "*.so"))
            else:
                shutil.copy(part, folder)
        os.chdir(folder)
        try:
            yield str(there)
        finally:
            os.chdir(before)
