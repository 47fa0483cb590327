"""The command `hyoka`. Nothing that takes long to load is imported before a command needs it."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Literal

from pipeline.grammar import parser
from pipeline.remote import without_secrets
from pipeline.visible import visible
from schemas.limits import Limits, limit_meanings

_GOES_ON = ". `hyoka convert --resume` with the same IN and OUT goes on from here"
_SIGPIPE = 141
"""What shells give for a program whose reader went away: 128 and the number of SIGPIPE."""


class Terminated(KeyboardInterrupt):  # it ends a run as Ctrl-C does, and is no error
    """Somebody, or the system that shuts down, asked this process to end (SIGTERM)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; argparse itself exits with 2 on wrong use."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding (Windows) must not end the run over one character of a file name.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    grammar = parser()
    arguments = grammar.parse_args(argv)
    if arguments.command is None:
        grammar.print_help()
        grammar.exit(2)
    from pipeline.sources import UsageError

    try:
        status = _COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except UsageError as error:
        _complain(str(error))
        return 2
    except BrokenPipeError:  # whoever read the output has had enough, as `head` has
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _SIGPIPE
    except OSError as error:
        _complain(f"{error.filename or arguments.command}: {error.strerror or error}{_advice(error)}")
        return 2
    except KeyboardInterrupt as stop:
        hint = f"no table was changed{_GOES_ON}" if arguments.command == "convert" else "nothing was changed"
        _complain(f"stopped; {hint}")
        return 143 if isinstance(stop, Terminated) else 130
    except Exception:
        _complain(f"this is a defect of hyoka; please report it with what follows\n{traceback.format_exc()}")
        return 3
    return status


def convert_command(arguments: argparse.Namespace) -> int:
    """`hyoka convert`: the batch, its progress on stderr, its summary on stdout."""
    # Arrow reads it when it is imported. Its own allocators keep what many small pieces were in: a tenth of the peak.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    from pipeline.run.pool import load_early

    workers = _workers(arguments.workers)
    if workers and arguments.cluster is None:
        load_early()

    from pipeline.console import language, quiet_libraries, stdout_console, tell, with_progress
    from pipeline.convert import Way, convert
    from pipeline.correction import Correction
    from pipeline.corrections import read_corrections, settled
    from pipeline.manifest import read_manifest
    from pipeline.options import Options
    from pipeline.partition import partition_keys
    from pipeline.profiles import read_profiles
    from pipeline.run.log import with_log
    from pipeline.run.without_pandas import spare_pandas
    from pipeline.summary import exit_status, print_summary, summary_to_json

    spare_pandas()
    quiet_libraries()
    keys = partition_keys(arguments.partition) if arguments.partition is not None else ()
    troubles: list[str] = []
    corrections: tuple[Correction, ...] = ()
    if arguments.corrections is not None:
        corrections = settled(read_corrections(arguments.corrections, troubles), troubles)
    manifest = read_manifest(arguments.sources) if arguments.sources is not None else None
    limits = Limits(**{name: getattr(arguments, f"limit_{name}") for name in limit_meanings()})
    options = Options(
        second_opinion=arguments.second_opinion,
        layouts=arguments.layouts == "all",
        profiles=read_profiles(arguments.forms) if arguments.forms is not None else (),
        corrections=corrections,
        limits=limits,
        ocr=_ocr(arguments.ocr),
    )
    adds = arguments.into is not None
    way = Way(workers, arguments.resume, arguments.follow_links, arguments.cluster, arguments.force, adds)
    progress = None if arguments.quiet else with_progress
    with _ended_by_sigterm(), with_log(arguments.log, progress) as watch:
        summary = convert(
            arguments.inputs, arguments.into if adds else arguments.out, options, watch, keys, way, manifest
        )
    for trouble in troubles:
        _complain(trouble)
    status = exit_status(summary, arguments.fail_on) or int(bool(troubles) and arguments.fail_on != "never")
    if arguments.json:
        tell(summary_to_json(summary, status))
    elif not arguments.quiet or status:
        print_summary(summary, stdout_console(), language(arguments.lang))
    return status


def _ocr(asked: Literal["auto", "always", "never"]) -> Literal["auto", "always", "never"]:
    """Which pages are read from their pictures; where that is not installed, none are. Raises UsageError."""
    from extract import ocr_is_installed
    from pipeline.sources import UsageError

    if asked == "never" or ocr_is_installed():
        return asked
    if asked == "always":
        raise UsageError("--ocr always: character recognition is not installed; run pip install hyoka[ocr] first")
    return "never"


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


def _complain(message: str) -> None:
    print(visible(without_secrets(f"hyoka: {message}")), file=sys.stderr, flush=True)


def _advice(error: OSError) -> str:
    """What to do about an error of the system that a run meets."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ". Free some space, and run `hyoka convert --resume` with the same IN and OUT: it goes on from here"
    if error.errno == errno.ENOENT and "/.hyoka/" in str(error.filename):
        return ". It was removed while the run went on: start the run again, and leave OUT alone until it ends"
    return ""


def merge_command(arguments: argparse.Namespace) -> int:
    """`hyoka merge`: the tables of several folders in one."""
    from pipeline.console import tell
    from pipeline.merge import merge

    with _ended_by_sigterm():
        merged = merge(arguments.tables, arguments.out, force=arguments.force)
    left = f"; {merged.left_out} stood in several and stand there once" if merged.left_out else ""
    tell(f"{merged.documents} documents: {arguments.out}{left}")
    return 0


def inspect_command(arguments: argparse.Namespace) -> int:
    """`hyoka inspect`: one file as it is read, on stdout."""
    from pipeline.console import language, quiet_libraries, stdout_console
    from pipeline.inspection import inspect_file
    from pipeline.options import Options

    quiet_libraries()
    return inspect_file(
        arguments.file, arguments.images, stdout_console(), language(arguments.lang), Options(ocr=_ocr(arguments.ocr))
    )


def verify_command(arguments: argparse.Namespace) -> int:
    """`hyoka verify`: the checks of a snapshot, on stdout."""
    from pipeline.console import stdout_console
    from pipeline.verify.command import verify_snapshot

    return verify_snapshot(arguments.out, stdout_console())


def query_command(arguments: argparse.Namespace) -> int:
    """`hyoka query`: the answer on stdout."""
    from pipeline.query import print_answer, query

    sql = sys.stdin.read() if arguments.sql == "-" else arguments.sql
    print_answer(query(arguments.out, sql, arguments.unsafe), arguments.format)
    return 0


def export_command(arguments: argparse.Namespace) -> int:
    """`hyoka export`: write, and say where, and what a reader of the export should know."""
    from pipeline.console import tell
    from pipeline.export import export

    with _ended_by_sigterm():
        target, notes = export(arguments.tables, arguments.to, arguments.out)
    tell(*notes, f"written: {target}")
    return 0


def review_command(arguments: argparse.Namespace) -> int:
    """`hyoka review`: write the pages and say where, or serve them until interrupted."""
    from pipeline.console import tell
    from pipeline.review.command import serve_review, write_review

    if arguments.serve:
        serve_review(arguments.tables, arguments.inputs, arguments.corrections, arguments.port, arguments.forms)
        return 0
    tell(write_review(arguments.tables, arguments.inputs, arguments.out, arguments.forms))
    return 0


def fetch_command(arguments: argparse.Namespace) -> int:
    """`hyoka fetch`: a line for each file; 1 where one could not be had."""
    from pipeline.console import tell
    from pipeline.fetch import Manners, fetch, read_list

    manners = Manners(arguments.pause, max(arguments.tries, 1), arguments.max_bytes)
    lacking = 0
    with _ended_by_sigterm():
        for one in fetch(read_list(arguments.list.read_bytes()), arguments.into, manners):
            lacking += one.path is None
            tell(without_secrets(f"{one.path or 'not fetched'}: {one.url} ({one.said})"))
    return int(lacking > 0)


def learn_command(arguments: argparse.Namespace) -> int:
    """`hyoka learn`: write the profiles of the forms, and say which sheets each was learnt from."""
    from normalize import FEWEST_SHEETS
    from pipeline.console import language, quiet_libraries, tell
    from pipeline.learning import learn_forms
    from pipeline.review.form_views import meaning_names
    from pipeline.sources import UsageError

    if arguments.meanings:
        named = meaning_names()
        wide = max(map(len, named))
        tell("\n".join(f"{meaning:{wide}}  {getattr(name, language())}" for meaning, name in named.items()))
        return 0
    if not arguments.inputs or arguments.out is None:
        raise UsageError("Give sheets to learn from, and --out with the folder for their profiles.")
    quiet_libraries()
    lesson = learn_forms(arguments.inputs, arguments.out)
    for form in lesson.forms:
        told = len(form.labels) - len(form.unknown)
        tell(f"{form.path}: learnt from {len(form.sheets)} sheets; {told} of {len(form.labels)} labels are told")
        for name in form.sheets:
            tell(f"  {name}")
        if form.unknown:
            tell(f"  not told yet: {'、'.join(' '.join(text.split()) for text in form.unknown)}")
        for change in form.changes:
            tell(f"  {' '.join(change.split())}")
    for name in lesson.alone:
        tell(f"{name}: no {FEWEST_SHEETS} sheets are on its form, so nothing was learnt from it")
    for name in lesson.unread:
        tell(f"{name}: nothing can be read from it")
    return 0 if lesson.forms else 1


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "convert": convert_command,
    "merge": merge_command,
    "inspect": inspect_command,
    "learn": learn_command,
    "verify": verify_command,
    "query": query_command,
    "export": export_command,
    "review": review_command,
    "fetch": fetch_command,
}
