"""What the documents tell people to type is what the project has."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import read_document
from normalize import municipalities, read_records
from pipeline.cli import main
from pipeline.grammar import parser
from schemas.records import TABLES, Block, Observation, Provenance
from schemas.rows import rows_of
from tests.goldens import check_golden
from tests.pipeline.made import SHEET

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def blocks(language: str, document: str = "README.md") -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[list[str]]:
    """Every line that the README tells people to type, cut into words."""
    for language in ("sh", "powershell"):
        for block in blocks(language):
            yield from (shlex.split(line.replace("\\", "/")) for line in block.splitlines() if line)


def named(program: str) -> list[list[str]]:
    return [words for words in commands() if Path(words[0]).name == program]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_readme_says_how_to_set_up_convert_and_test() -> None:
    assert {tuple(words) for words in named("make")} == {("make", "setup"), ("make", "convert"), ("make", "test")}
    known = {"make", "sudo", "py", "python", "hyoka"}
    assert {Path(words[0]).name for words in commands()} <= known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets()


def test_the_commands_are_ones_that_hyoka_takes() -> None:
    assert len(named("hyoka")) == 19
    for words in named("hyoka"):
        parser().parse_args(words[1:])


def test_the_example_runs_after_the_command_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data/raw").mkdir(parents=True)
    Path("data/raw/sheet.txt").write_text(SHEET, encoding="utf-8")
    assert main(next(words for words in named("hyoka") if "convert" in words)[1:]) == 0
    capsys.readouterr()
    (example,) = blocks("python")
    exec(compile(example, "README.md", "exec"), {})
    assert "あきる野市" in capsys.readouterr().out


def test_the_files_that_pip_is_given_exist() -> None:
    given = [words[words.index("--requirement") + 1] for words in named("python") if "--requirement" in words]
    assert given == ["requirements.txt"]
    assert all((ROOT / name).is_file() for name in given)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_paths_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("https://")]
    paths = re.findall(r"`((?:schemas|extract|normalize|pipeline|tests|docs)/[\w/.]*)`", text)
    assert not [path for path in (*links, *paths) if not (ROOT / path).exists()]


@pytest.mark.parametrize("document", ["README.md", "README.ja.md"])
def test_pictures_are_there_in_light_and_dark_and_small(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    pictures = re.findall(r'(?:src|srcset)="([^"]+)"', text)
    assert {path.rpartition("-")[2] for path in pictures} == {"light.webp", "dark.webp"}
    assert all((ROOT / path).stat().st_size < 300_000 for path in pictures)


def test_the_tables_that_the_readme_names_are_tables() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    after = text[text.index("## And then") :]
    names = {declaration.name for declaration in TABLES}
    assert {"results", "passages", "provenance", "findings"} <= names & set(re.findall(r"[`/]([a-z_]+)[`.]", after))


def test_the_changelog_speaks_of_every_city() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").lower()
    cities = {layout.name.partition(".")[0] for layout in municipalities.LAYOUTS}
    assert not {city for city in cities if city not in text}


def helps() -> str:
    """The help of the command and of each of its subcommands, as the documents show it."""
    top = parser()
    (commands,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    every = {"hyoka": top, **{f"hyoka {name}": command for name, command in commands.choices.items()}}
    body = "\n".join(f"## {name}\n\n```\n{each.format_help()}```\n" for name, each in every.items())
    return f"# Commands\n\n{body}"


def test_the_help_is_what_the_documents_show(update_goldens: bool) -> None:
    check_golden(ROOT / "docs" / "commands.md", helps(), update=update_goldens)


def test_version_is_the_package_s(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert re.fullmatch(r"hyoka \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_the_architecture_names_files_that_are_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named_paths = set(re.findall(r"`((?:extract|normalize|pipeline|schemas|tests|data)/[\w./-]*)`", text))
    assert len(named_paths) > 20
    assert [path for path in named_paths if not (ROOT / path).exists()] == []


def test_the_value_that_the_architecture_follows_arrives_as_it_says() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    path = ROOT / "data/raw/akiruno-progress.pdf"
    tables = read_records(read_document(path.read_bytes(), path.name))
    (observation,) = [row for row in rows_of(tables, Observation) if row.observation_id in text]
    assert f"{observation.observation_id}: `baseline`, 2021, 10.0, `10人`, 人" in text
    assert (observation.role, observation.fiscal_year, observation.value) == ("baseline", 2021, 10.0)
    fields = {
        row.field_name: row.block_id
        for row in rows_of(tables, Provenance)
        if row.record_id == observation.observation_id
    }
    assert f"field `value` → block {fields['value']}" in text
    assert f"field `fiscal_year` → block {fields['fiscal_year']}" in text
    (block,) = [row for row in rows_of(tables, Block) if row.block_id == fields["value"]]
    box = f"box {block.x0:.2f}, {block.top:.2f} to {block.x1:.2f}, {block.bottom:.2f}"
    assert f"page {block.page}, row {block.row}, column {block.col}, {box}, text `{block.text}`" in text
