"""Build our own documents from content/: the text form, the PDF and the facts of each.

    python -m data.sources.build [NAME ...] [--no-pdf]

PDFs are printed by LibreOffice (`soffice` on the path) from a workbook or document made here; see README.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from data.sources import outline, progress, report, sheets, summary
from data.sources.facts import Content, Fact, write_facts

HERE = Path(__file__).parent
RAW = HERE.parent / "raw"
OFFICE = HERE / "office"


@dataclass(frozen=True, slots=True)
class Form:
    """How one form is made of its content: as text, as an office file to print, as facts."""

    text: Callable[[Content], str]
    office: Callable[[Content, Path], None]
    suffix: str
    facts: Callable[[Content], Iterable[Fact]]


FORMS = {
    "akiruno-progress": Form(progress.text, progress.office, ".xlsx", progress.facts),
    "musashino-sheets-r7": Form(sheets.text, sheets.office, ".xlsx", sheets.facts),
    "akishima-report": Form(report.text, report.office, ".docx", report.facts),
    "musashino-summary": Form(summary.text, summary.office, ".docx", summary.facts),
    "nishitokyo-outline": Form(outline.text, outline.office, ".docx", outline.facts),
}


def build(name: str, *, pdf: bool) -> None:
    """Write one document's text form and facts, and its office file, which is printed as PDF."""
    form = FORMS[name]
    content = tomllib.loads((HERE / "content" / f"{name}.toml").read_text(encoding="utf-8"))
    RAW.mkdir(exist_ok=True)
    (RAW / f"{name}.txt").write_text(form.text(content), encoding="utf-8")
    write_facts(form.facts(content), HERE / "facts" / name)
    if pdf:
        OFFICE.mkdir(exist_ok=True)
        office = OFFICE / f"{name}{form.suffix}"
        form.office(content, office)
        with tempfile.TemporaryDirectory() as folder:
            print_pdf(office, RAW, Path(folder))


def print_pdf(office: Path, folder: Path, work: Path) -> None:
    """Convert an office file to a PDF in `folder`; `work` keeps what LibreOffice needs meanwhile.

    Raises CalledProcessError, or FileNotFoundError without LibreOffice.
    """
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("soffice is not on the path: install LibreOffice Calc and Writer")
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(office)]
    subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Build the named documents, or all of them."""
    parser = argparse.ArgumentParser(description="Build our own documents from content/.")
    parser.add_argument("name", nargs="*", help=f"{', '.join(FORMS)}; all of them where none is named")
    parser.add_argument("--no-pdf", action="store_true", help="write the text forms and the facts only")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in FORMS]:
        parser.error(f"no document {', '.join(unknown)}: there are {', '.join(FORMS)}")
    for name in given.name or FORMS:
        build(name, pdf=not given.no_pdf)
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
