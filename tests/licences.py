"""Under which licence each pinned package comes, as its own metadata says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
PICTURES = ROOT / "requirements-ocr.txt"
_LONGEST = 60  # of a field that names a licence; what is longer is its text


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package as a requirements file pins it."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.requirement.name


def read_pinned(path: Path) -> Iterator[Pinned]:
    """The packages of a requirements file, each with its hashes."""
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if entry.strip() and not entry.startswith("#"):
            line, *hashes = entry.split("--hash=")
            yield Pinned(Requirement(line.strip()), tuple(found.strip() for found in hashes))


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence: the expression, the short field, else the classifiers.

    None where it is not installed, as packages for other systems are not.

    >>> licence_of("pytest")
    'MIT'
    """
    try:
        told = metadata(name).json
    except PackageNotFoundError:
        return None
    classifiers = [
        found[1] for value in told.get("classifier", ()) if (found := re.match(r"License :: .* :: (.+)", value))
    ]
    field = str(told.get("license", "")).strip()
    short = field if field.upper() != "UNKNOWN" and len(field) <= _LONGEST and "\n" not in field else ""
    return str(told.get("license_expression", "")) or short or " or ".join(classifiers) or "not said"


def licence_page() -> str:
    """docs/licences.md: every package that is installed everywhere, what for, and its licence."""
    runtime = {pinned.name for pinned in read_pinned(RUNTIME)}
    pictures = {pinned.name for pinned in read_pinned(PICTURES)}
    rows = []
    for pinned in {pinned.name: pinned for pinned in read_pinned(DEVELOPMENT)}.values():
        licence = licence_of(pinned.name)
        if licence is not None and "platform" not in str(pinned.requirement.marker or ""):
            use = "converting" if pinned.name in runtime else "pictures" if pinned.name in pictures else "development"
            rows.append(f"| {pinned.name} | {use} | {licence} |")
    return _HEAD + "\n".join(rows) + "\n"


_HEAD = """# Licences of what is installed

Made from the packages' own metadata by `pytest --update-goldens tests/test_supply_chain.py`, which also refuses a
package under the GPL, the AGPL or a licence that forbids a use. hyoka itself is under the MIT licence.

- `opencv-python-headless`, which camelot needs, brings FFmpeg's libraries under the LGPL 2.1 within its wheel.
- `pypdfium2` brings PDFium (BSD-3-Clause and Apache-2.0) and the libraries in it, under permissive licences.
- `text-unidecode` lets one choose: it is used under the Artistic License. `certifi`, `hypothesis` and `pathspec` are
  under the Mozilla Public License 2.0, which binds changes to their own files only. None of the four is needed to
  convert.
- `shapely`, which rapidocr names and nothing here runs, brings the library GEOS under the LGPL 2.1 within its wheel.
  Of `rapidocr` only the model of PP-OCRv6 is used, which is PaddleOCR's, under the Apache License 2.0.
- Debian's chromium, which draws pages in the tests of the review, and Tableau's Hyper API (extra `compat`, under a
  licence of its own) are used by tests where they are installed, and are not installed by `make`.

| package | for | licence |
| --- | --- | --- |
"""
