"""The review on this machine alone: the same pages, and a form that writes corrections.

The server listens on 127.0.0.1 only. It answers only requests that name it as their host, takes corrections only from
its own pages (Origin, a token that changes with every start, JSON), and writes only into the folder of the corrections.
Pages have the token only for who opened the address that the command printed (see `pipeline.review.session`).
"""

from __future__ import annotations

import json
import secrets
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

from pipeline.console import complain
from pipeline.correcting import corrections_of, print_of
from pipeline.corrections import (
    Correction,
    CorrectionError,
    checked,
    decided,
    is_correction_file,
    read_corrections,
    read_file,
    read_or_note,
    write_file,
)
from pipeline.manifest_file import write_line
from pipeline.printed import value_to_text
from pipeline.review.answer import Answer, as_json, as_text, encoded
from pipeline.review.html import document_html, index_html, static_file
from pipeline.review.session import cookie_with_token, has_cookie, is_token, shows_token
from pipeline.review.snapshot import Snapshot, evidence_of, load_snapshot, picture_of, second_script_of
from pipeline.review.writing import only_writer
from pipeline.run.replace import MANIFEST, refuse_half
from pipeline.snapshot import snapshot_files
from pipeline.sources import UsageError
from schemas.records import record_id

ADDRESS = "127.0.0.1"
LONGEST_BODY = 64 * 1024
_MOST_PICTURES = 100
_LONGEST_NUMBER = 9
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_HTML = "text/html; charset=utf-8"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A snapshot, the files that it was read from, and what these looked like before that."""

    paths: tuple[Path, ...]
    stamp: _Stamp
    snapshot: Snapshot


_Stamp = tuple[tuple[int, int] | None, ...]


def _stamp(paths: Sequence[Path]) -> _Stamp:
    """What tells whether files are the same as before: their times and sizes; None for one that is not there."""

    def looked_at(path: Path) -> tuple[int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return (found.st_mtime_ns, found.st_size)

    return tuple(map(looked_at, paths))


@dataclass(slots=True)
class Desk:
    """What is served, and where corrections go. The snapshot is read again when its files have changed."""

    out: Path
    inputs: Sequence[Path]
    corrections: Path
    manifest: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    writing: Lock = field(default_factory=Lock)
    _reading: Lock = field(default_factory=Lock)
    _loaded: _Loaded | None = None
    _drawing: Lock = field(default_factory=Lock)
    _reading_again: Lock = field(default_factory=Lock)
    _pictures: OrderedDict[tuple[str, int], bytes] = field(default_factory=OrderedDict)

    def snapshot(self) -> Snapshot:
        """The snapshot as it is on disk now."""
        with self._reading:
            refuse_half(self.out)
            if self._loaded is None or self._loaded.stamp != _stamp(self._loaded.paths):
                paths = tuple(self.out / path for files in snapshot_files(self.out) for path in files.paths)
                watched = (self.out / MANIFEST, *paths)
                self._loaded = _Loaded(watched, _stamp(watched), load_snapshot(self.out, self.inputs))
            return self._loaded.snapshot

    def picture(self, document_id: str, page: int) -> bytes | None:
        """A page's picture; the last ones that were drawn are kept."""
        key = (document_id, page)
        snapshot = self.snapshot()
        with self._drawing:  # who asks for what is being drawn waits for it, and draws it no second time
            if key not in self._pictures and (drawn := picture_of(snapshot, document_id, page)):
                self._pictures[key] = drawn
                if len(self._pictures) > _MOST_PICTURES:
                    self._pictures.popitem(last=False)
            return self._pictures.get(key)

    def warm_up(self) -> None:
        """Do once what the first page would wait for: compile the templates, load fonts and the codec of pictures."""
        snapshot = self.snapshot()
        for identity in list(snapshot.sources or snapshot.documents)[:1]:
            self.picture(identity, 1)
            for _ in self.document(identity):
                pass

    def document(self, document_id: str, may_write: bool = False) -> Iterator[str]:
        """A document's page with the decisions that wait, piece by piece.

        The first picture is drawn before the rest is laid out: it is in the first piece, and looked at first.
        """
        snapshot = self.snapshot()
        evidence = evidence_of(
            snapshot, document_id, f"../pages/{document_id}-{{}}.webp", f"../second/{document_id}.js"
        )
        by_field = {correction.key: correction for correction in self.decisions(document_id)}
        token = self.token if may_write else None
        pieces = document_html(snapshot.documents[document_id], evidence, by_field, token)

        def in_order() -> Iterator[str]:
            yield next(pieces)
            for page in list(evidence.pictures)[:1]:
                self.picture(document_id, page)
            yield from pieces

        return in_order()

    def second(self, document_id: str) -> bytes | None:
        """The script with a document's second reading; None without its source."""
        with self._reading_again:  # it takes seconds: no two at a time
            return second_script_of(self.snapshot(), document_id)

    def decisions(self, document_id: str) -> tuple[Correction, ...]:
        """The corrections of a document that stand in the folder."""
        if not self.corrections.is_dir():
            return ()
        row = self.snapshot().documents[document_id].row
        return tuple(corrections_of(row, read_corrections(self.corrections, troubles=[])))


def make_server(desk: Desk, port: int) -> ThreadingHTTPServer:
    """A server on the loopback address; port 0 takes a free one. Raises OSError where the port is taken."""
    return _Server((ADDRESS, port), partial(_Handler, desk))


def page(desk: Desk, path: str, may_write: bool = False) -> Answer:
    """What stands at an address; nothing but the pages of the review does. With `may_write`, they have the form."""
    parts = path.strip("/").split("/")
    match parts:
        case [""] | ["index.html"]:
            snapshot = desk.snapshot()
            token = desk.token if may_write and desk.manifest else None
            html = index_html(tuple(snapshot.documents.values()), snapshot.charts, token)
            return Answer(HTTPStatus.OK, _HTML, encoded(html))
        case ["static", name]:
            try:
                return Answer(HTTPStatus.OK, _TYPES[Path(name).suffix], static_file(name))
            except KeyError:
                return as_text(HTTPStatus.NOT_FOUND, "no such file")
        case ["documents", name] if (identity := name.removesuffix(".html")) in desk.snapshot().documents:
            return Answer(HTTPStatus.OK, _HTML, map(encoded, desk.document(identity, may_write)))
        case ["second", name] if name.endswith(".js") and (script := desk.second(name.removesuffix(".js"))):
            return Answer(HTTPStatus.OK, _TYPES[".js"], script)
        case ["pages", name] if name.endswith(".webp"):
            identity, _, number = name.removesuffix(".webp").rpartition("-")
            drawn = desk.picture(identity, int(number)) if _is_number(number) else None
            return (
                Answer(HTTPStatus.OK, "image/webp", drawn) if drawn else as_text(HTTPStatus.NOT_FOUND, "no such page")
            )
    return as_text(HTTPStatus.NOT_FOUND, "no such page")


_CORRECTION = ("document", "table", "record", "field", "decision", "value", "reason", "reviewer")
_GIVEN = ("document", "municipality")


def correct(desk: Desk, body: bytes) -> Answer:
    """Write, replace or withdraw the correction that a form sends, and say in which file."""
    return _written(body, _CORRECTION, lambda said: _decide(desk, said))


def give(desk: Desk, body: bytes) -> Answer:
    """Write into the manifest which city a document is of, where it prints none, and say in which file."""
    return _written(body, _GIVEN, lambda said: _give(desk, said))


def _give(desk: Desk, said: Mapping[str, str]) -> str:
    document = desk.snapshot().documents.get(said["document"])
    if document is None or desk.manifest is None:
        raise CorrectionError("there is no such document in OUT; load the page again")
    with desk.writing:
        write_line(desk.manifest, document.row.source_name, {"municipality": said["municipality"]})
    return f"saved; convert again / 保存（変換し直すと反映）: {desk.manifest.name}"


def _written(body: bytes, names: Sequence[str], write: Callable[[Mapping[str, str]], str]) -> Answer:
    """What a form sends, written, and what is said of it."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return as_json(HTTPStatus.BAD_REQUEST, "the request is no JSON, or none that a form sends")
    if not isinstance(said, dict) or any(not isinstance(said.get(name), str) for name in names):
        return as_json(HTTPStatus.BAD_REQUEST, f"expected texts for {', '.join(names)}")
    try:
        "".join(said[name] for name in names).encode()
        return as_json(HTTPStatus.OK, write(said))
    except (CorrectionError, UsageError) as error:
        return as_json(HTTPStatus.BAD_REQUEST, str(error))
    except UnicodeEncodeError:
        return as_json(HTTPStatus.BAD_REQUEST, "a text holds half a character")
    except OSError as error:
        return as_json(HTTPStatus.INTERNAL_SERVER_ERROR, f"nothing was written: {error.strerror}")


def _decide(desk: Desk, said: Mapping[str, str]) -> str:
    snapshot = desk.snapshot()
    identity = said["document"]
    if identity not in snapshot.documents:
        raise CorrectionError("there is no such document in OUT; load the page again")
    tables = snapshot.tables[identity]
    printed = print_of(tables, said["table"], said["record"], said["field"])
    if printed is None:
        raise CorrectionError("there is no such record; load the page again")
    key = (said["table"], said["record"], said["field"])
    with desk.writing, only_writer(desk.corrections):
        kept = read_file(own) if (own := desk.corrections / f"{identity}.yaml").is_file() else ()
        if key in _decided_elsewhere(desk, identity):
            raise CorrectionError("another file of the folder, written by hand, decides this value; change it there")
        if said["decision"] == "withdraw":
            path = write_file(desk.corrections, identity, [c for c in kept if c.key != key])
            return f"withdrawn / 取消: {path.name}"
        record = next(row for row in tables[said["table"]] if record_id(row) == said["record"])
        made = Correction(
            document_id=identity, source_name=snapshot.documents[identity].row.source_name, table=said["table"],
            record=said["record"], field=said["field"], printed=printed,
            decision="accept" if said["decision"] == "accept" else "correct", value=said["value"].strip(),
            reason=said["reason"].strip(), reviewer=said["reviewer"].strip(),
        )  # fmt: skip
        if said["decision"] not in ("accept", "correct"):
            raise CorrectionError(f"decision: expected accept, correct or withdraw, met {said['decision']!r}")
        checked(made)
        if made.decision == "accept":
            made = replace(made, value=value_to_text(getattr(record, made.field)))
        path = write_file(desk.corrections, identity, decided(kept, made))
    return f"saved / 保存: {path.name}"


def _decided_elsewhere(desk: Desk, identity: str) -> set[tuple[str, str, str]]:
    """The fields of a document that other files than its own decide."""
    if not desk.corrections.is_dir():
        return set()
    own = f"{identity}.yaml"
    paths = (path for path in desk.corrections.iterdir() if path.name != own and is_correction_file(path))
    found = (c for path in paths for c in read_or_note(path, []))
    return {c.key for c in found if c.document_id == identity}


class _Server(ThreadingHTTPServer):
    """Goes on whatever one request does, and keeps nothing of those that hung up."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            complain(f"hyoka: a request failed, which is a defect: {type(error).__name__}: {error}")


class _Handler(BaseHTTPRequestHandler):
    """Passes what is allowed on to `page` and `correct`, and refuses the rest."""

    server_version = "hyoka"
    sys_version = ""
    timeout = 30

    def __init__(self, desk: Desk, *arguments: object) -> None:
        self._desk = desk
        super().__init__(*arguments)  # type: ignore[arg-type]  # as socketserver calls it

    def do_GET(self) -> None:
        """A page, a picture, the style sheet or the script."""
        if not self._is_ours():
            return
        _, port = self.connection.getsockname()[:2]
        if shows_token(
            self.path, self._desk.token
        ):  # on to the page itself, so that the token is in no bar and history
            self._send(
                as_text(HTTPStatus.SEE_OTHER, ""),
                Location="/",
                Set_Cookie=cookie_with_token(port, self._desk.token),
            )
            return
        may_write = has_cookie(self.headers.get("Cookie"), port, self._desk.token)
        self._answer(lambda: page(self._desk, self._address(), may_write))

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """A correction, from a page of this server."""
        if not self._is_ours():
            return
        length = self.headers.get("Content-Length", "")
        write = {"/corrections": correct, "/sources": give}.get(self._address())
        if write is None:
            self._send(as_text(HTTPStatus.NOT_FOUND, "no such page"))
        elif self.headers.get("Origin") not in {f"http://{host}" for host in self._hosts()}:
            self._send(as_text(HTTPStatus.FORBIDDEN, "corrections are taken from the pages of this server only"))
        elif not is_token(self.headers.get("X-Hyoka-Token", ""), self._desk.token):
            self._send(as_json(HTTPStatus.FORBIDDEN, "the server was started anew; load the page again / 再読み込み"))
        elif self.headers.get_content_type() != "application/json":
            self._send(as_text(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "expected JSON"))
        elif not _is_number(length) or int(length) > LONGEST_BODY:
            self._send(
                as_text(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too long, or does not say how long")
            )
        else:
            body = self.rfile.read(int(length))
            self._answer(lambda: write(self._desk, body))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a log of what a reviewer looks at is nobody's business."""

    def _address(self) -> str:
        return self.path.partition("?")[0]

    def _hosts(self) -> tuple[str, str]:
        _, port = self.connection.getsockname()[:2]
        return (f"{ADDRESS}:{port}", f"localhost:{port}")

    def _is_ours(self) -> bool:
        """Whether the request names this server, and comes from its pages or from a person who followed a link.

        A page from elsewhere whose name leads here names another host; one that asks for our pictures or scripts says
        so, in browsers that tell (Fetch Metadata).
        """
        if self.headers.get("Host") not in self._hosts():
            self._send(as_text(HTTPStatus.FORBIDDEN, "this server answers to its own address only"))
            return False
        is_foreign = self.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if is_foreign and self.headers.get("Sec-Fetch-Mode") != "navigate":
            self._send(as_text(HTTPStatus.FORBIDDEN, "this server answers to its own pages only"))
            return False
        return True

    def _answer(self, make: Callable[[], Answer]) -> None:
        try:
            answer = make()
        except UsageError as error:
            answer = as_text(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except OSError as error:
            answer = as_text(HTTPStatus.INTERNAL_SERVER_ERROR, f"the tables cannot be read: {error.strerror or error}")
        self._send(answer)

    def _send(self, answer: Answer, **more: str) -> None:
        """Send an answer; one whose client has hung up meanwhile is nobody's."""
        with suppress(ConnectionError, TimeoutError):
            self._sent(answer, more)

    def _sent(self, answer: Answer, more: Mapping[str, str]) -> None:
        self.send_response(answer.status)
        for name, value in {**_HEADERS, **more}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", answer.content_type)
        pieces = iter((answer.body,)) if isinstance(answer.body, bytes) else answer.body
        if isinstance(answer.body, bytes):  # else the end of the connection is the end of the page (HTTP/1.0)
            self.send_header("Content-Length", str(len(answer.body)))
        if answer.status >= HTTPStatus.BAD_REQUEST:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            for piece in pieces:
                self.wfile.write(piece)


def _is_number(text: str) -> bool:
    """Whether a text is a number of a size that anything here can have."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
