"""The house: which room may import which, where a city may be named, what a wheel must hold.

Everything is read from the source with `ast`, so a breach is found also where no test runs the line.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from normalize.municipalities import LAYOUTS
from schemas.codes import municipality_rows
from schemas.messages import catalogue

ROOT = Path(__file__).parents[1]
ROOMS = ("schemas", "extract", "normalize", "pipeline")  # each may import those before it
CITIES = ROOT / "normalize" / "municipalities"
LONGEST = 420  # about 300 is the aim
ONE_LIST = {"schemas/records.py"}  # nothing but the tables' declarations: a list to look things up in

# Sudachi reads a compiled dictionary only from a file, so the module that makes it is the one that touches files.
TOUCHES_FILES = {"normalize/language/user_dictionary.py"}

# The folders and files inside a room, from the bottom up: each may import those on lines before its own, and itself.
# Those that stand on one line know nothing of each other.
FLOORS = {
    "normalize": (
        ("text",),
        ("language", "document", "grades"),
        ("cells",),
        ("goals", "statements"),
        ("records", "layout"),
        ("checks",),
        ("derived",),
        ("forms",),
        ("municipalities",),
        ("profiles",),
        ("reading",),
        ("proposing", "as_printed"),
    ),
    "normalize/forms": (("sheet", "progress", "summary", "report", "outline", "general", "register"),),
    "extract": (
        ("note_mark", "garbage", "ringed", "kinds", "spent"),
        ("text", "pdf"),
        ("office", "ocr", "fresh"),
        ("read", "second_opinion"),
    ),
    "extract/office": (
        ("package", "date_format", "laid"),
        ("number_format", "book", "span_grid", "colours", "page_setup", "docx_numbering", "docx_styles", "html_styles"),
        (
            "remarks",
            "drawings",
            "covers",
            "form_controls",
            "rich_text",
            "sheet_places",
            "xlsx_styles",
            "conditions",
            "docx_fields",
        ),
        ("sheet_rules", "xlsx", "xls", "ods"),
        ("sheet_regions",),
        ("sheet_items",),
        ("workbook", "docx", "html", "delimited"),
        ("read_office",),
    ),
    "extract/pdf": (
        ("model",),
        ("file", "text"),
        ("engines", "tables"),
        ("page",),
        ("checks",),
        ("contents_to_items",),
        ("read_pdf", "draw_page"),
        ("read_again",),
    ),
    "extract/pdf/engines": (("pdfium", "pdfplumber"), ("oxide",), ("arbiter", "agreement"), ("checked",)),
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
modules = pytest.mark.parametrize("path", MODULES, ids=map(name, MODULES))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imported(tree: ast.Module) -> tuple[str, ...]:
    """The dotted names of all modules that are imported, wherever the import stands."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"line {node.lineno}: imports are absolute here"
            found.append(node.module)
    return tuple(found)


@cache
def words(tree: ast.Module) -> frozenset[str]:
    """The identifiers and strings of the code. Docstrings explain by example, and may name a city."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found.add(node.value)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.alias):
            found.add(node.name)
    return frozenset(found)


@modules
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    allowed = ROOMS[: ROOMS.index(own) + 1]
    found = {module.split(".")[0] for module in imported(parsed(path))}
    assert found & {*ROOMS, "tests"} <= {*allowed}


def breaches(folder: str, module: str, tree: ast.Module) -> Iterator[str]:
    """What a module inside a folder imports of its own floor or of one above. `module` is its path in that folder."""
    floors = {part: number for number, floor in enumerate(FLOORS[folder]) for part in floor}
    own = module.split("/")[0].removesuffix(".py")
    prefix = folder.replace("/", ".") + "."
    for other in imported(tree):
        if other.startswith(prefix):
            part = other.removeprefix(prefix).split(".")[0]
            if part != own and floors[part] >= floors[own]:
                yield f"{folder}/{module} imports {other}"


@pytest.mark.parametrize("folder", FLOORS)
def test_inside_a_room_imports_run_one_way(folder: str) -> None:
    inside = [path for path in MODULES if path.is_relative_to(ROOT / folder) and path != ROOT / folder / "__init__.py"]
    found = [breaches(folder, path.relative_to(ROOT / folder).as_posix(), parsed(path)) for path in inside]
    assert not [breach for each in found for breach in each]


def test_a_breach_inside_a_room_is_found() -> None:
    tree = ast.parse("from normalize.forms.sheet.reader import x\nimport normalize.text.labels")
    assert [*breaches("normalize/forms", "report/cards.py", tree)] == [
        "normalize/forms/report/cards.py imports normalize.forms.sheet.reader"
    ]
    assert [*breaches("normalize", "text/folding.py", tree)] == [
        "normalize/text/folding.py imports normalize.forms.sheet.reader"
    ]


# What another room may import of each room; `schemas` declares, and each of its modules is a door.
DOORS = {"extract", "extract.pdf", "extract.second_opinion", "normalize"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_other_rooms_use_only_doors(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    of_others = {
        module for module in imported(parsed(path)) if module.split(".")[0] in {"extract", "normalize"} - {own}
    }
    assert of_others <= DOORS


@pytest.mark.parametrize("path", [path for path in MODULES if not path.is_relative_to(CITIES)], ids=name)
def test_only_the_cities_room_names_a_city(path: Path) -> None:
    text = "\n".join(words(parsed(path))).casefold()
    assert not [city for city in city_names() if city in text]


@cache
def city_names() -> tuple[str, ...]:
    """The full name of every municipality; of those with a layout also the bare name (武蔵野) and the romanised one."""
    known = {layout.municipality_code for layout in LAYOUTS}
    cities = municipality_rows()
    bare = {city.municipality_name[:-1] for city in cities if city.municipality_code in known}
    romanised = {city.municipality_name_en or "" for city in cities if city.municipality_code in known}
    return tuple(name.casefold() for name in sorted({city.municipality_name for city in cities} | bare | romanised))


def test_cities_with_a_layout_are_known_by_all_their_names() -> None:
    assert {"武蔵野市", "武蔵野", "musashino", "札幌市"} <= {*city_names()}
    assert "" not in city_names()


def test_the_search_for_cities_finds_one() -> None:
    tree = ast.parse('"""あきる野"""\ndef read_akiruno():\n    """昭島"""\n    return "武蔵野市" in Musashino.name')
    found = " ".join(words(tree))
    assert "武蔵野市" in found
    assert "akiruno" in found
    assert "Musashino" in found
    assert "昭島" not in found
    assert "あきる野" not in found


@pytest.mark.parametrize(
    "path", [p for p in MODULES if name(p).startswith("normalize/") and name(p) not in TOUCHES_FILES], ids=name
)
def test_normalize_opens_no_file(path: Path) -> None:
    tree = parsed(path)
    assert not {module.split(".")[0] for module in imported(tree)} & {"os", "io", "pathlib", "shutil", "tempfile"}
    assert not [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "open"]


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) not in ONE_LIST], ids=name)
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def messages(tree: ast.Module) -> Iterator[tuple[str, set[str] | None]]:
    """What a module says in both languages, and the names of the parts that it gives; None where they are unpacked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            given = (
                None if any(part.arg is None for part in node.keywords) else {part.arg or "" for part in node.keywords}
            )
            if isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), given


PLACES = re.compile(r"\{(\w+)\}")


@modules
def test_every_message_is_said_in_japanese_too(path: Path) -> None:
    """A new message is one line more in `schemas/codes/messages.csv`: its English with places, and its Japanese."""
    for message, given in messages(parsed(path)):
        assert message in catalogue()
        assert given is None or given == {*PLACES.findall(message)}, message


def test_messages_are_found_in_the_code() -> None:
    said = {message for path in MODULES for message, _ in messages(parsed(path))}
    assert {"{text} cannot be meant", "there is no {level} {code} {place}"} <= said
    assert len(said) > 100


def test_the_catalogue_of_messages_holds_nothing_that_is_not_said() -> None:
    said = {word for path in MODULES for word in words(parsed(path))}
    for english, japanese in catalogue().items():
        assert english in said
        assert {*PLACES.findall(japanese)} <= {*PLACES.findall(english)}, english


def test_what_the_code_imports_is_what_the_project_asks_for() -> None:
    project = tomllib.loads(pyproject())["project"]
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *optional["cluster"], *optional["ocr"]]
    asked = {normalised(line.split(">=")[0]) for line in lines}
    used = {module.split(".")[0] for path in MODULES for module in imported(parsed(path))}
    outside = used - {*ROOMS, "_typeshed"} - {*sys.stdlib_module_names}  # _typeshed is for type checkers only
    distributions = packages_distributions()
    named = {module: normalised(distributions.get(module, [module])[0]) for module in outside}
    unknown = {module for module, package in named.items() if module not in distributions and package not in asked}
    assert not unknown, "not installed, or no such module"
    assert not {*named.values()} - asked


def normalised(distribution: str) -> str:
    """The one spelling of a distribution's name that PEP 503 gives it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_a_wheel_holds_every_data_file() -> None:
    patterns: dict[str, list[str]] = tomllib.loads(pyproject())["tool"]["setuptools"]["package-data"]
    for room in ROOMS:
        packed = {path for pattern in patterns.get(room, []) for path in (ROOT / room).glob(pattern)}
        files = {path for path in (ROOT / room).rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
        assert files <= packed


def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ["extract", "normalize"])
def test_the_stub_of_a_door_says_what_the_door_gives(room: str) -> None:
    stub = ast.parse((ROOT / room / "__init__.pyi").read_text(encoding="utf-8"))
    said = {
        (str(node.module).removeprefix(f"{room}."), one.name)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    package = import_module(room)
    assert said == {(module, one) for module, names in package.HOMES.items() for one in names}
    assert all(getattr(package, one) is not None for one in package.__all__)


@pytest.mark.parametrize("room", ["extract", "normalize"])
def test_no_name_of_a_door_is_a_module_too(room: str) -> None:
    # `from room import name` would give the module, once somebody has loaded it.
    modules = {path.stem for path in (ROOT / room).iterdir()}
    assert not modules & {*import_module(room).__all__}


def test_the_process_that_leads_a_run_loads_no_reader() -> None:
    asked = "import sys, pipeline.convert; print(*(name for name in sys.modules if name.startswith(%r)))"
    readers = ("normalize.forms", "normalize.municipalities", "extract.text", "extract.office", "extract.pdf", "lxml")
    said = subprocess.run([sys.executable, "-c", asked % (readers,)], capture_output=True, text=True, check=True)
    assert not said.stdout.split()
