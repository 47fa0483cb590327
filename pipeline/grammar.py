"""The command line's grammar and help. Nothing that takes long to load is imported here."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, Protocol

from pipeline import __version__
from pipeline.remote import text_to_input, text_to_output
from pipeline.visible import visible
from schemas.limits import limit_meanings, limit_option, limit_to_text, text_to_limit

_WIDTH = 100

_LIKE = 0.5
"""How like a known word is to one that was typed, of 1, to be what was meant."""

FAIL_ON = ("error", "partial", "warning", "never")
"""What a run may be told to end with 1 for: each, and all that stand before it; `never` is none of them."""

FORMS = ("xlsx", "csv", "duckdb", "sqlite")
"""What an export may be."""

_EXIT_STATUS = """\
exit status:
  0  every document was converted as --fail-on asks for it
  1  some was not; all that was read is in the tables
  2  wrong use, or OUT cannot be written or is written by another run; OUT is as it was before
  3  a defect of hyoka itself: what is printed belongs into a report
  130, 143  stopped by Ctrl-C or SIGTERM; OUT is as it was before, and --resume goes on from there

--fail-on says which documents a run ends with 1 for:
  error    one that was not converted at all, or has an error finding
  partial  as error, and one that was converted in part (the default)
  warning  as partial, and one that has a warning
  never    none
"""

_EXIT_STATUS_OF_VERIFY = """\
exit status:
  0  everything that was checked holds
  1  some place breaks a check; each is printed
  2  wrong use, or OUT holds no tables, or some that cannot be read
"""

_EXIT_STATUS_OF_FETCH = """\
exit status:
  0  every file is there
  1  some could not be had; each is named
  2  wrong use, or DIR cannot be written
"""

_EXAMPLES_OF_QUERY = """\
examples:
  hyoka query OUT "FROM grades_by_year"
  hyoka query OUT "SELECT municipality_name, count(*) FROM results GROUP BY ALL"
  hyoka query OUT "DESCRIBE results"
  hyoka query OUT - < question.sql
"""

_EXAMPLES_OF_LEARN = """\
examples:
  hyoka learn data/raw --out forms
  hyoka convert data/raw --out data/processed --forms forms
"""

_EXAMPLES_OF_REVIEW = """\
examples:
  hyoka review OUT --in IN
  hyoka review OUT --in IN --serve --corrections DIR
  hyoka review OUT --in IN --serve --forms DIR
"""


class _Sink(Protocol):
    def write(self, text: str, /) -> object: ...


class Parser(argparse.ArgumentParser):
    """The parser of the command, or of one of its subcommands: laid out the same on every terminal."""

    def __init__(self, **given: object) -> None:
        super().__init__(formatter_class=_layout, allow_abbrev=False, **given)  # type: ignore[arg-type]

    def parse_args(  # type: ignore[override]  # nobody gives it a namespace of another kind
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> argparse.Namespace:
        """As argparse does it, but a word that is not known is told by the command that it stands behind."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            parsers = _commands(self)
            parsers.get(getattr(found, "command", None) or "", self).refuse(unknown)
        return found

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """End with 2, and say which option may have been meant."""
        options = [option for action in self._actions for option in action.option_strings]
        hints = [near for word in unknown if word.startswith("-") for near in _near(word.partition("=")[0], options)]
        self.error(f"unrecognized arguments: {' '.join(unknown)}{_hint(hints)}")

    def error(self, message: str) -> NoReturn:
        """End with 2 and say why; of a command that does not exist, which may have been meant."""
        if chosen := re.search(r"invalid choice: '([^']*)'", message):
            offered = [*_commands(self), *(str(c) for action in self._actions for c in _choices(action))]
            message += _hint(_near(chosen[1], offered)) if "mean" not in message else ""
        super().error(message)

    def _print_message(self, message: str, file: _Sink | None = None) -> None:
        if message:
            (file or sys.stderr).write(visible(message))


def parser() -> Parser:
    """The command line: `hyoka COMMAND …`."""
    top = Parser(
        prog="hyoka", description="Japanese municipal evaluation sheets (PDF and text) in, tidy Parquet tables out."
    )
    top.add_argument("-V", "--version", action="version", version=f"hyoka {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _add_convert(commands)
    _add_learn(commands)
    _add_merge(commands)
    _add_inspect(commands)
    _add_verify(commands)
    _add_query(commands)
    _add_export(commands)
    _add_review(commands)
    _add_fetch(commands)
    return top


def _add_convert(commands: argparse._SubParsersAction[Parser]) -> None:
    convert = commands.add_parser(
        "convert",
        help="convert files and folders into one folder of Parquet tables",
        description="Convert files (pdf, xlsx, docx, html, csv, txt and others) and folders of them into Parquet\n"
        "tables of the shared schema, one file each. With --out the tables hold what this run read, with --into\n"
        "also what they held before: the same tables as of one run over all.",
        epilog=_EXIT_STATUS,
    )
    convert.add_argument(
        "inputs", metavar="IN", nargs="+", type=text_to_input,
        help="a file, or a folder that is searched (a path or s3:// URL)",
    )  # fmt: skip
    where = convert.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--out", metavar="OUT", type=text_to_output,
        help="the folder for the tables (a path or s3:// URL); those that stand there are replaced as a whole",
    )  # fmt: skip
    where.add_argument(
        "--into", metavar="OUT", type=text_to_output,
        help="a folder of tables that the documents are added to; those of the same names are replaced, all others "
        "stay, and their sources are not needed",
    )  # fmt: skip
    convert.add_argument(
        "--force", action="store_true",
        help="write into OUT even where it is a folder of inputs, or holds tables that are not hyoka's",
    )  # fmt: skip
    convert.add_argument(
        "--forms", metavar="DIR", type=Path, help="read by the profiles in this folder, which `hyoka learn` wrote"
    )
    convert.add_argument(
        "--layouts", choices=("all", "none"), default="all",
        help="whether the forms that are described in code are used (default: all)",
    )  # fmt: skip
    convert.add_argument(
        "--second-opinion", action="store_true",
        help="read each ruled table with camelot as well; a difference becomes a readers-disagree finding",
    )  # fmt: skip
    _add_ocr(convert)
    convert.add_argument(
        "--corrections", metavar="DIR", type=Path,
        help="apply the corrections in the YAML files there, as `hyoka review OUT --serve` writes them",
    )  # fmt: skip
    convert.add_argument(
        "--sources", metavar="FILE",
        help="what is known of the files and they may not print: a table with the columns path, municipality, plan, "
        "fiscal_year, url, date, or a rule such as {municipality}/{fiscal_year}/ (default: sources.csv in IN)",
    )  # fmt: skip
    convert.add_argument(
        "--partition", metavar="KEYS",
        help="write one file per value of KEYS, in Hive layout: fiscal_year, municipality, or both with a comma",
    )  # fmt: skip
    convert.add_argument(
        "--workers", metavar="N", type=int,
        help="processes that convert, each within the limits (default: one per core); 0 converts in this one, without "
        "limits of time and memory",
    )  # fmt: skip
    convert.add_argument(
        "--resume", action="store_true",
        help="do not convert again what an earlier run into OUT, even one that was killed, converted with the same "
        "bytes and options; what this run converts is kept in OUT for the next",
    )  # fmt: skip
    convert.add_argument(
        "--follow-links", action="store_true", help="follow symbolic links that lead out of a folder that is searched"
    )
    convert.add_argument(
        "--cluster", metavar="ADDRESS",
        help="convert on the workers of the Dask scheduler there, as tcp://host:8786; see docs/cluster.md",
    )  # fmt: skip
    said = convert.add_argument_group("what is said")
    said.add_argument(
        "--fail-on", choices=FAIL_ON, default="partial", help="what to end with 1 for (default: partial); see below"
    )
    said.add_argument("--json", action="store_true", help="print the summary as JSON instead of a table")
    said.add_argument(
        "--log", metavar="FILE", type=Path,
        help="write a line of JSON there as each document ends: document, status, findings, seconds, reader; in place "
        "of an earlier log",
    )  # fmt: skip
    said.add_argument("--quiet", action="store_true", help="print no progress, and no summary where all is well")
    _add_language(said)
    limits = convert.add_argument_group(
        "limits", "Limits keep one bad file from costing more than it may. No real document should meet one."
    )
    for name, (meaning, default) in limit_meanings().items():
        limits.add_argument(
            limit_option(name), metavar="N", type=_limit, default=default, dest=f"limit_{name}",
            help=f"{meaning} (default: {limit_to_text(default)})",
        )  # fmt: skip


def _add_learn(commands: argparse._SubParsersAction[Parser]) -> None:
    learn = commands.add_parser(
        "learn",
        help="learn forms from their own sheets",
        description="Learn forms from their own sheets: what stands on nearly all of them is a label. One TOML file\n"
        "for each form is written into DIR, to be looked at and corrected; `hyoka convert --forms DIR` reads by it.\n"
        "Learning again keeps what was corrected, and says what is new.",
        epilog=_EXAMPLES_OF_LEARN,
    )
    learn.add_argument("inputs", metavar="IN", nargs="*", type=text_to_input, help="sheets, or folders of them")
    learn.add_argument("--out", metavar="DIR", type=Path, help="the folder of the profiles")
    learn.add_argument("--meanings", action="store_true", help="list the meanings that a label may have, and end")


def _add_merge(commands: argparse._SubParsersAction[Parser]) -> None:
    merge = commands.add_parser(
        "merge",
        help="put several folders of tables together into one",
        description="Put the documents of several folders of tables together, without their sources: the tables are\n"
        "those of one run over all of them. Of two documents with one name, that of the later folder stands.",
    )
    merge.add_argument("tables", metavar="OUT", nargs="+", type=Path, help="the folders of tables")
    merge.add_argument("--out", metavar="OUT", required=True, type=Path, help="the folder for the tables of all")
    merge.add_argument(
        "--force", action="store_true", help="write into it even where it holds tables that are not hyoka's"
    )


def _add_inspect(commands: argparse._SubParsersAction[Parser]) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="show how one file is read: its layout and why, its tables, known and unknown labels",
        description="Show how one file is read, without writing tables: the layout and why, the tables, the labels\n"
        "that are known and the text that is not, and what went wrong.",
    )
    inspect.add_argument("file", metavar="FILE", type=Path, help="the file to look at")
    inspect.add_argument(
        "--images", metavar="DIR", type=Path,
        help="save each page as a PNG there, with its rulings, cells and text boxes drawn on it",
    )  # fmt: skip
    _add_ocr(inspect)
    _add_language(inspect)


def _add_verify(commands: argparse._SubParsersAction[Parser]) -> None:
    verify = commands.add_parser(
        "verify",
        help="check that a folder of tables holds together, and print what was checked",
        description="Check the tables that `hyoka convert` wrote: keys and references, the evidence of every record,\n"
        "the boxes of every block, and that numbers, tokens, findings and results follow from what was read.",
        epilog=_EXIT_STATUS_OF_VERIFY,
    )
    verify.add_argument("out", metavar="OUT", type=Path, help="the folder of the tables")


def _add_query(commands: argparse._SubParsersAction[Parser]) -> None:
    query = commands.add_parser(
        "query",
        help="ask the tables a question in SQL",
        description="Ask the tables in OUT a question in DuckDB's SQL. Tables are named like their files; views.sql\n"
        "in OUT lists them, and views for common questions, as grades_by_year, missed_targets and evidence.\n"
        "A question reads these tables and nothing else: no other file, no network, no extension; it writes nothing.",
        epilog=_EXAMPLES_OF_QUERY,
    )
    query.add_argument("out", metavar="OUT", type=Path, help="the folder of the tables")
    query.add_argument("sql", metavar="SQL", help="the question, in quotes; - takes it from standard input")
    query.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="how to print the answer (default: table)"
    )
    query.add_argument(
        "--unsafe", action="store_true", help="let the question read and write files and use DuckDB's extensions"
    )


def _add_export(commands: argparse._SubParsersAction[Parser]) -> None:
    export = commands.add_parser(
        "export",
        help="write the tables as an Excel workbook, as CSV files, as a DuckDB or an SQLite file",
        description="Write the tables in OUT as an Excel workbook (a sheet per table, Japanese headings), as a folder\n"
        "of CSV files (UTF-8 with BOM), as one DuckDB file (tables, comments, views; DuckDB 1.0 and later open it) or\n"
        "as one SQLite file, in place of an earlier one.",
    )
    export.add_argument("tables", metavar="OUT", type=Path, help="the folder of the tables")
    export.add_argument("--to", choices=FORMS, required=True, help="the form to write")
    export.add_argument(
        "--out", metavar="FILE", type=Path,
        help="the file to write, for csv the folder (default: OUT.xlsx, OUT-csv, OUT.duckdb, OUT.sqlite beside OUT)",
    )  # fmt: skip


def _add_review(commands: argparse._SubParsersAction[Parser]) -> None:
    review = commands.add_parser(
        "review",
        help="write, or serve, pages that show every value beside its place",
        description="Write a folder of pages that show every value in OUT beside its place on the page, to be opened\n"
        "without a server; or serve them on this machine, where values can be accepted and corrected.",
        epilog=_EXAMPLES_OF_REVIEW,
    )
    review.add_argument("tables", metavar="OUT", type=Path, help="the folder of the tables")
    review.add_argument(
        "--in", dest="inputs", metavar="IN", nargs="+", type=Path, default=[],
        help="files and folders that hold the sources; their pages are shown as pictures",
    )  # fmt: skip
    review.add_argument(
        "--out", metavar="DIR", type=Path, help="the folder for the pages (default: OUT-review beside OUT)"
    )
    review.add_argument(
        "--serve", action="store_true", help="serve the pages on 127.0.0.1 instead of writing them, with a form"
    )
    review.add_argument(
        "--corrections", metavar="DIR", type=Path, default=Path("corrections"),
        help="with --serve: the folder for corrections (default: corrections), for `hyoka convert --corrections DIR`",
    )  # fmt: skip
    review.add_argument(
        "--forms", metavar="DIR", type=Path,
        help="show the profiles that `hyoka learn` wrote there; with --serve, change what their labels mean",
    )  # fmt: skip
    review.add_argument(
        "--port", metavar="N", type=int, default=8765, help="with --serve: the port (default: 8765; 0 takes a free one)"
    )


def _add_fetch(commands: argparse._SubParsersAction[Parser]) -> None:
    fetch = commands.add_parser(
        "fetch",
        help="fetch the files of a list of web addresses, with where and when in sources.csv",
        description="Fetch the files of a list of web addresses into DIR, politely: as robots.txt allows, a second or\n"
        "more between requests to a host, with a few tries. DIR/sources.csv says address, day and digest of each,\n"
        "and `hyoka convert DIR` reads it. No file is written over; a run that was stopped goes on where it was.",
        epilog=_EXIT_STATUS_OF_FETCH,
    )
    fetch.add_argument("list", metavar="LIST", type=Path, help="a table with a column url, or one address a line")
    fetch.add_argument("--into", metavar="DIR", type=Path, required=True, help="the folder for the files")
    fetch.add_argument(
        "--pause", metavar="SECONDS", type=float, default=1.0, help="between requests to one host (default: 1)"
    )
    fetch.add_argument("--tries", metavar="N", type=int, default=4, help="for each file (default: 4)")
    fetch.add_argument("--max-bytes", metavar="N", type=_limit, default=512 * 2**20, help="of a file (default: 512M)")


def _add_ocr(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ocr", choices=("auto", "always", "never"), default="auto",
        help="read pages from their pictures: those without text that can be read (auto, where `hyoka[ocr]` is "
        "installed), all, or none (default: auto)",
    )  # fmt: skip


def _add_language(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--lang", choices=("ja", "en"),
        help="the language of findings (default: that of the locale, Japanese or English)",
    )  # fmt: skip


def _limit(text: str) -> int:
    try:
        return text_to_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _layout(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH, max_help_position=24)


def _commands(parser: argparse.ArgumentParser) -> dict[str, Parser]:
    """The subcommands of a parser, by their names."""
    return {
        name: command
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, command in action.choices.items()
    }


def _choices(action: argparse.Action) -> Sequence[object]:
    return () if isinstance(action, argparse._SubParsersAction) else tuple(action.choices or ())


def _near(word: str, offered: Sequence[str]) -> list[str]:
    """What may have been meant: a word that another begins with, else the nearest one.

    >>> _near("--worker", ["--workers", "--out"]), _near("covnert", ["convert"]), _near("--zzz", ["--out"])
    (['--workers'], ['convert'], [])
    """
    longer = [other for other in offered if other.startswith(word) and len(word) > len("--")]
    return longer[:1] or get_close_matches(word, offered, n=1, cutoff=_LIKE)


def _hint(near: Sequence[str]) -> str:
    return f". Did you mean {' '.join(near)}?" if near else ""
