"""The command `hyoka`. Nothing that takes long to load is imported before a command needs it."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline import __version__
from pipeline.remote import text_to_place
from schemas.limits import Limits, limit_meanings, limit_option, limit_to_text, text_to_limit

_WIDTH = 100
_EXIT_STATUS = """\
exit status:
  0  every document was converted, and no finding is an error
  1  some document could not be converted or has an error finding; all others are in the tables
  2  wrong use, or OUT cannot be written or is written by another run; OUT is as it was before
  130, 143  stopped by Ctrl-C or SIGTERM; OUT is as it was before, and --resume goes on from there
"""

_EXIT_STATUS_OF_VERIFY = """\
exit status:
  0  everything that was checked holds
  1  some place breaks a check; each is printed
  2  wrong use, or OUT holds no tables
"""

_EXAMPLES_OF_QUERY = """\
examples:
  hyoka query OUT "FROM grades_by_year"
  hyoka query OUT "SELECT municipality_name, count(*) FROM results GROUP BY ALL"
  hyoka query OUT "DESCRIBE results"
"""

_EXAMPLES_OF_REVIEW = """\
examples:
  hyoka review OUT --in IN
  hyoka review OUT --in IN --serve --corrections DIR
"""


_GOES_ON = ". `hyoka convert --resume` with the same IN and OUT goes on from here"


class Terminated(KeyboardInterrupt):  # it ends a run as Ctrl-C does, and is no error
    """Somebody, or the system that shuts down, asked this process to end (SIGTERM)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; argparse itself exits with 2 on wrong use."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding (Windows) must not end the run over one character of a file name.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    from pipeline.sources import UsageError

    try:
        return _COMMANDS[arguments.command](arguments)
    except UsageError as error:
        print(f"hyoka: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"hyoka: {error.filename or arguments.command}: {error.strerror or error}{_advice(error)}", file=sys.stderr
        )
        return 2
    except KeyboardInterrupt as stop:
        hint = _GOES_ON if arguments.command == "convert" else ""
        print(f"hyoka: stopped; no table was changed{hint}", file=sys.stderr)
        return 143 if isinstance(stop, Terminated) else 130


def parser() -> argparse.ArgumentParser:
    """The command line's grammar and help, laid out the same on every terminal."""

    def layout(prog: str) -> argparse.HelpFormatter:
        return argparse.RawDescriptionHelpFormatter(prog, width=_WIDTH, max_help_position=24)

    top = argparse.ArgumentParser(
        prog="hyoka",
        description="Japanese municipal evaluation sheets (PDF and text) in, tidy Parquet tables out.",
        formatter_class=layout,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"hyoka {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    convert = commands.add_parser(
        "convert",
        help="convert files and folders into one folder of Parquet tables",
        description="Convert files (pdf, txt, tsv, md) and folders of them into Parquet tables of the shared schema,\n"
        "one file each. The tables in OUT are replaced as a whole: they hold what this run read.",
        epilog=_EXIT_STATUS,
        formatter_class=layout,
        allow_abbrev=False,
    )
    convert.add_argument(
        "inputs",
        metavar="IN",
        nargs="+",
        type=text_to_place,
        help="a file, or a folder that is searched (a path or s3:// URL)",
    )
    convert.add_argument(
        "--out",
        metavar="OUT",
        required=True,
        type=text_to_place,
        help="the folder for the tables (a path or s3:// URL)",
    )
    convert.add_argument(
        "--second-opinion",
        action="store_true",
        help="read each ruled table with camelot as well; a difference becomes a readers-disagree finding",
    )
    convert.add_argument(
        "--corrections",
        metavar="DIR",
        type=Path,
        help="apply the corrections in the YAML files there, as `hyoka review OUT --serve` writes them",
    )
    convert.add_argument(
        "--partition",
        metavar="KEYS",
        help="write one file per value of KEYS, in Hive layout: fiscal_year, municipality, or both with a comma",
    )

    convert.add_argument(
        "--workers",
        metavar="N",
        type=int,
        help="processes that convert, each within the limits (default: one per core); 0 converts in this one, without "
        "limits of time and memory",
    )
    convert.add_argument(
        "--resume",
        action="store_true",
        help="do not convert again what an earlier run into OUT, even one that was killed, converted with the same "
        "bytes and options; what this run converts is kept in OUT for the next",
    )
    convert.add_argument(
        "--follow-links", action="store_true", help="follow symbolic links that lead out of a folder that is searched"
    )
    convert.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="convert on the workers of the Dask scheduler there, as tcp://host:8786; see docs/cluster.md",
    )
    limits = convert.add_argument_group(
        "limits", "Limits keep one bad file from costing more than it may. No real document should meet one."
    )
    for name, (meaning, default) in limit_meanings().items():
        limits.add_argument(
            limit_option(name), metavar="N", type=_limit, default=default, dest=f"limit_{name}",
            help=f"{meaning} (default: {limit_to_text(default)})",
        )  # fmt: skip

    inspect = commands.add_parser(
        "inspect",
        help="show how one file is read: its layout and why, its tables, known and unknown labels",
        description="Show how one file is read, without writing tables: the layout and why, the tables, the labels\n"
        "that are known and the text that is not, and what went wrong.",
        formatter_class=layout,
        allow_abbrev=False,
    )
    inspect.add_argument("file", metavar="FILE", type=Path, help="the file to look at")
    inspect.add_argument(
        "--images",
        metavar="DIR",
        type=Path,
        help="save each page as a PNG there, with its rulings, cells and text boxes drawn on it",
    )

    verify = commands.add_parser(
        "verify",
        help="check that a folder of tables holds together, and print what was checked",
        description="Check the tables that `hyoka convert` wrote: keys and references, the evidence of every record,\n"
        "the boxes of every block, and that numbers, tokens, findings and results follow from what was read.",
        epilog=_EXIT_STATUS_OF_VERIFY,
        formatter_class=layout,
        allow_abbrev=False,
    )
    verify.add_argument("out", metavar="OUT", type=Path, help="the folder of the tables")

    query = commands.add_parser(
        "query",
        help="ask the tables a question in SQL",
        description="Ask the tables in OUT a question in DuckDB's SQL. Tables are named like their files; views.sql\n"
        "in OUT lists them, and views for common questions, as grades_by_year, missed_targets and evidence.",
        epilog=_EXAMPLES_OF_QUERY,
        formatter_class=layout,
        allow_abbrev=False,
    )
    query.add_argument("out", metavar="OUT", type=Path, help="the folder of the tables")
    query.add_argument("sql", metavar="SQL", help="the question, in quotes")
    query.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="how to print the answer (default: table)"
    )

    export = commands.add_parser(
        "export",
        help="write the tables as an Excel workbook, as CSV files or as a DuckDB file",
        description="Write the tables in OUT as an Excel workbook (a sheet per table, Japanese headings), as a folder\n"
        "of CSV files (UTF-8 with BOM) or as one DuckDB file (tables, comments, views), in place of an earlier one.",
        formatter_class=layout,
        allow_abbrev=False,
    )
    export.add_argument("tables", metavar="OUT", type=Path, help="the folder of the tables")
    export.add_argument("--to", choices=("xlsx", "csv", "duckdb"), required=True, help="the form to write")
    export.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="the file to write, for csv the folder (default: OUT.xlsx, OUT-csv, OUT.duckdb beside OUT)",
    )

    review = commands.add_parser(
        "review",
        help="write, or serve, pages that show every value beside its place",
        description="Write a folder of pages that show every value in OUT beside its place on the page, to be opened\n"
        "without a server; or serve them on this machine, where values can be accepted and corrected.",
        epilog=_EXAMPLES_OF_REVIEW,
        formatter_class=layout,
        allow_abbrev=False,
    )
    review.add_argument("tables", metavar="OUT", type=Path, help="the folder of the tables")
    review.add_argument(
        "--in",
        dest="inputs",
        metavar="IN",
        nargs="+",
        type=Path,
        default=[],
        help="files and folders that hold the sources; their pages are shown as pictures",
    )
    review.add_argument(
        "--out", metavar="DIR", type=Path, help="the folder for the pages (default: OUT-review beside OUT)"
    )
    review.add_argument(
        "--serve", action="store_true", help="serve the pages on 127.0.0.1 instead of writing them, with a form"
    )
    review.add_argument(
        "--corrections",
        metavar="DIR",
        type=Path,
        default=Path("corrections"),
        help="with --serve: the folder for corrections (default: corrections), for `hyoka convert --corrections DIR`",
    )
    review.add_argument(
        "--port", metavar="N", type=int, default=8765, help="with --serve: the port (default: 8765; 0 takes a free one)"
    )
    return top


def convert_command(arguments: argparse.Namespace) -> int:
    """`hyoka convert`: the batch, its progress on stderr, its summary on stdout."""
    # Arrow reads it when it is imported. Its own allocators keep what many small pieces were in: a tenth of the peak.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    from pipeline.run.pool import load_early

    workers = _workers(arguments.workers)
    if workers and arguments.cluster is None:
        load_early()

    from pipeline.console import stdout_console, with_progress
    from pipeline.convert import Way, convert
    from pipeline.corrections import read_corrections
    from pipeline.document import Options
    from pipeline.partition import partition_keys
    from pipeline.summary import print_summary

    keys = partition_keys(arguments.partition) if arguments.partition is not None else ()
    corrections = read_corrections(arguments.corrections) if arguments.corrections is not None else ()
    limits = Limits(**{name: getattr(arguments, f"limit_{name}") for name in limit_meanings()})
    options = Options(second_opinion=arguments.second_opinion, corrections=corrections, limits=limits)
    way = Way(workers, arguments.resume, arguments.follow_links, arguments.cluster)
    with _ended_by_sigterm():
        summary = convert(arguments.inputs, arguments.out, options, with_progress, keys, way)
    print_summary(summary, stdout_console())
    return summary.exit_status


def _limit(text: str) -> int:
    try:
        return text_to_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _workers(asked: int | None) -> int:
    """The number of processes: as many as this one may use cores, unless it was said."""
    from pipeline.sources import UsageError

    if asked is not None and asked < 0:
        raise UsageError(f"--workers {asked}: give 1 or more, or 0 to convert in this process")
    if asked is not None:
        return asked
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _end(*_: object) -> None:
    raise Terminated


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends what is done here as Ctrl-C does: cleanly. Only the main thread hears of signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _advice(error: OSError) -> str:
    """What to do about an error of the system that a run meets."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ". Free some space, and run `hyoka convert --resume` with the same IN and OUT: it goes on from here"
    if error.errno == errno.ENOENT and "/.hyoka/" in str(error.filename):
        return ". It was removed while the run went on: start the run again, and leave OUT alone until it ends"
    return ""


def inspect_command(arguments: argparse.Namespace) -> int:
    """`hyoka inspect`: one file as it is read, on stdout."""
    from pipeline.console import stdout_console
    from pipeline.inspection import inspect_file

    return inspect_file(arguments.file, arguments.images, stdout_console())


def verify_command(arguments: argparse.Namespace) -> int:
    """`hyoka verify`: the checks of a snapshot, on stdout."""
    from pipeline.console import stdout_console
    from pipeline.verify.command import verify_snapshot

    return verify_snapshot(arguments.out, stdout_console())


def query_command(arguments: argparse.Namespace) -> int:
    """`hyoka query`: the answer on stdout."""
    from pipeline.query import print_answer, query

    print_answer(query(arguments.out, arguments.sql), arguments.format)
    return 0


def export_command(arguments: argparse.Namespace) -> int:
    """`hyoka export`: write, and say where, and what a reader of the export should know."""
    from pipeline.export import export

    target, notes = export(arguments.tables, arguments.to, arguments.out)
    print(*notes, f"written: {target}", sep="\n")
    return 0


def review_command(arguments: argparse.Namespace) -> int:
    """`hyoka review`: write the pages and say where, or serve them until interrupted."""
    from pipeline.review.command import serve_review, write_review

    if arguments.serve:
        serve_review(arguments.tables, arguments.inputs, arguments.corrections, arguments.port)
        return 0
    print(write_review(arguments.tables, arguments.inputs, arguments.out))
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "convert": convert_command,
    "inspect": inspect_command,
    "verify": verify_command,
    "query": query_command,
    "export": export_command,
    "review": review_command,
}
