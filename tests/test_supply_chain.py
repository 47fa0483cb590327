"""What is installed is pinned, hashed and permissively licensed; nothing that is read as data can run."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.goldens import check_golden
from tests.licences import DEVELOPMENT, PICTURES, ROOT, RUNTIME, licence_of, licence_page, read_pinned

PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|MPL|Mozilla Public|Unlicense|Artistic License|IPA"
)
FORBIDDEN = re.compile(r"(?<!L)GPL|General Public|Affero|non.?commercial|CC.BY.NC|SSPL|Business Source", re.IGNORECASE)
CHOSEN = {"text-unidecode": "Artistic License"}  # of several licences that are offered, the one it is used under
LOOPS = ROOT / "extract" / "pdf" / "engines" / "pdfium" / "loops.c"
"""The one source in C, which is built when hyoka is installed."""

CODE_FREE = {
    ".csv",
    ".md",
    ".lark",
    ".sql",
    ".html",
    ".css",
    ".toml",
    ".json",
    ".txt",
    ".pdf",
    ".png",
    ".svg",
    ".in",
    ".yaml",
    ".xlsx",  # and .docx: without macros, which stand in files of other suffixes
    ".docx",
}


@pytest.mark.parametrize(
    "path",
    [RUNTIME, PICTURES, DEVELOPMENT, *sorted((ROOT / "benchmarks" / "peers").glob("*.txt"))],
    ids=lambda p: p.name,
)
def test_every_requirement_is_one_version_with_hashes(path: Path) -> None:
    pinned = list(read_pinned(path))
    assert pinned
    for package in pinned:
        assert re.fullmatch(r"==[^*]+", str(package.requirement.specifier)), package.name
        assert package.hashes, package.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in package.hashes), package.name
        assert package.requirement.url is None, package.name


@pytest.mark.parametrize("name", sorted({package.name for package in read_pinned(DEVELOPMENT)}))
def test_every_package_is_permissively_licensed(name: str) -> None:
    licence = CHOSEN.get(name) or licence_of(name)
    if licence is None:
        pytest.skip(f"{name} is not installed on this system")
    assert PERMISSIVE.search(licence), f"{name}: {licence}; see what it is, and name it in CHOSEN or do without it"
    assert not FORBIDDEN.search(licence), f"{name}: {licence}"


def test_a_forbidden_licence_would_be_told() -> None:
    assert all(map(FORBIDDEN.search, ("AGPL-3.0", "GPLv2+", "GNU Affero General Public License v3", "CC-BY-NC-4.0")))
    assert not any(map(FORBIDDEN.search, ("LGPL-2.1", "MIT", "MPL-2.0")))


def test_the_page_of_licences_is_not_stale(update_goldens: bool) -> None:
    check_golden(ROOT / "docs" / "licences.md", licence_page(), update=update_goldens)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_no_module_loads_what_can_run() -> None:
    """No pickle, no eval, and YAML only as plain strings."""
    for path in tracked():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("schemas", "extract", "normalize", "pipeline"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert not imported & {"pickle", "cloudpickle", "marshal", "shelve", "dill"}, path
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                name = ast.unparse(call.func)
                assert name not in {"eval", "exec", "compile", "__import__", "os.system"}, f"{path}: {name}"
                if name.startswith("yaml.load"):
                    given = {ast.unparse(word.value) for word in call.keywords if word.arg == "Loader"}
                    assert given == {"_LOADER"}, path
                    chosen = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign)]
                    assert "_LOADER = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)" in chosen, path


def test_data_files_hold_no_code() -> None:
    rooms = ("schemas", "extract", "normalize", "data")
    for path in tracked():
        parts = path.relative_to(ROOT).parts
        if parts[0] in rooms and path.suffix not in (".py", ".pyi", "") and path.name != ".gitkeep":
            assert path.suffix in CODE_FREE or path == LOOPS, path
            assert not path.stat().st_mode & 0o111, f"{path} is executable"
