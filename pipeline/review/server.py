"""The review on this machine alone: the same pages, and a form that writes corrections.

The server listens on 127.0.0.1 only. It answers only requests that name it as their host, takes corrections only from
its own pages (Origin, a token that changes with every start, JSON), and writes only into the folder of the corrections.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from pipeline.correcting import corrections_of, print_of
from pipeline.corrections import (
    Correction,
    CorrectionError,
    checked,
    decided,
    is_correction_file,
    read_corrections,
    read_file,
    write_file,
)
from pipeline.printed import value_to_text
from pipeline.review.html import Evidence, document_html, index_html, static_file
from pipeline.review.snapshot import Snapshot, evidence_of, load_snapshot, picture_of
from pipeline.sources import UsageError
from schemas.records import record_id

ADDRESS = "127.0.0.1"
LONGEST_BODY = 64 * 1024
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
class Answer:
    """What is sent back."""

    status: HTTPStatus
    content_type: str
    body: bytes


@dataclass(slots=True)
class Desk:
    """What is served, and where corrections go. The snapshot is read again when its files have changed."""

    out: Path
    inputs: Sequence[Path]
    corrections: Path
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    writing: Lock = field(default_factory=Lock)
    _reading: Lock = field(default_factory=Lock)
    _loaded: tuple[tuple[int, ...], Snapshot] | None = None
    _pictures: dict[tuple[str, int], bytes] = field(default_factory=dict)
    _evidence: dict[str, Evidence] = field(default_factory=dict)
    _html: dict[str, tuple[tuple[Correction, ...], str]] = field(default_factory=dict)

    def snapshot(self) -> Snapshot:
        """The snapshot as it is on disk now."""
        with self._reading:
            stamp = tuple(path.stat().st_mtime_ns for path in sorted(self.out.glob("*.parquet")))
            if self._loaded is None or self._loaded[0] != stamp:
                self._loaded = (stamp, load_snapshot(self.out, self.inputs))
                self._evidence.clear()
                self._html.clear()
            return self._loaded[1]

    def picture(self, document_id: str, page: int) -> bytes | None:
        """A page's picture; each is drawn once."""
        key = (document_id, page)
        if key not in self._pictures and (drawn := picture_of(self.snapshot(), document_id, page)):
            self._pictures[key] = drawn
        return self._pictures.get(key)

    def evidence(self, document_id: str) -> Evidence:
        """What a document's source adds to its page; each is looked at once."""
        snapshot = self.snapshot()
        if document_id not in self._evidence:
            self._evidence[document_id] = evidence_of(snapshot, document_id, f"../pages/{document_id}-{{}}.webp")
        return self._evidence[document_id]

    def document(self, document_id: str) -> str:
        """A document's page with the decisions that wait; laid out anew when one of them changes."""
        decisions = self.decisions(document_id)
        made = self._html.get(document_id)
        if made is None or made[0] != decisions:
            view = self.snapshot().documents[document_id]
            by_field = {correction.key: correction for correction in decisions}
            made = (decisions, document_html(view, self.evidence(document_id), by_field, self.token))
            self._html[document_id] = made
        return made[1]

    def decisions(self, document_id: str) -> tuple[Correction, ...]:
        """The corrections of a document that stand in the folder."""
        if not self.corrections.is_dir():
            return ()
        return tuple(corrections_of(self.snapshot().documents[document_id].row, read_corrections(self.corrections)))


def make_server(desk: Desk, port: int) -> ThreadingHTTPServer:
    """A server on the loopback address; port 0 takes a free one. Raises OSError where the port is taken."""
    return ThreadingHTTPServer((ADDRESS, port), partial(_Handler, desk))


def page(desk: Desk, path: str) -> Answer:
    """What stands at an address; nothing but the pages of the review does."""
    parts = path.strip("/").split("/")
    match parts:
        case [""] | ["index.html"]:
            snapshot = desk.snapshot()
            return _html(index_html(tuple(snapshot.documents.values()), snapshot.charts))
        case ["static", name]:
            try:
                return Answer(HTTPStatus.OK, _TYPES[Path(name).suffix], static_file(name))
            except KeyError:
                return _text(HTTPStatus.NOT_FOUND, "no such file")
        case ["documents", name] if (identity := name.removesuffix(".html")) in desk.snapshot().documents:
            return _html(desk.document(identity))
        case ["pages", name] if name.endswith(".webp"):
            identity, _, number = name.removesuffix(".webp").rpartition("-")
            drawn = desk.picture(identity, int(number)) if number.isascii() and number.isdigit() else None
            return Answer(HTTPStatus.OK, "image/webp", drawn) if drawn else _text(HTTPStatus.NOT_FOUND, "no such page")
    return _text(HTTPStatus.NOT_FOUND, "no such page")


def correct(desk: Desk, body: bytes) -> Answer:
    """Write, replace or withdraw the correction that a form sends, and say in which file."""
    try:
        said = json.loads(body)
    except ValueError:
        return _json(HTTPStatus.BAD_REQUEST, "the request is no JSON")
    names = ("document", "table", "record", "field", "decision", "value", "reason", "reviewer")
    if not isinstance(said, dict) or any(not isinstance(said.get(name), str) for name in names):
        return _json(HTTPStatus.BAD_REQUEST, f"expected texts for {', '.join(names)}")
    try:
        "".join(said[name] for name in names).encode()
        return _json(HTTPStatus.OK, _decide(desk, said))
    except (CorrectionError, UsageError) as error:
        return _json(HTTPStatus.BAD_REQUEST, str(error))
    except UnicodeEncodeError:
        return _json(HTTPStatus.BAD_REQUEST, "a text holds half a character")
    except OSError as error:
        return _json(HTTPStatus.INTERNAL_SERVER_ERROR, f"the correction was not written: {error.strerror}")


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
    with desk.writing:
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
    return {c.key for path in paths for c in read_file(path) if c.document_id == identity}


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
        if self._is_ours():
            self._answer(lambda: page(self._desk, urlsplit(self.path).path))

    def do_HEAD(self) -> None:
        """As GET, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """A correction, from a page of this server."""
        if not self._is_ours():
            return
        length = self.headers.get("Content-Length", "")
        if urlsplit(self.path).path != "/corrections":
            self._send(_text(HTTPStatus.NOT_FOUND, "no such page"))
        elif self.headers.get("Origin") not in {f"http://{host}" for host in self._hosts()}:
            self._send(_text(HTTPStatus.FORBIDDEN, "corrections are taken from the pages of this server only"))
        elif not hmac.compare_digest(self.headers.get("X-Hyoka-Token", "").encode(), self._desk.token.encode()):
            self._send(_json(HTTPStatus.FORBIDDEN, "the server was started anew; load the page again / 再読み込み"))
        elif self.headers.get_content_type() != "application/json":
            self._send(_text(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "expected JSON"))
        elif not (length.isascii() and length.isdigit()) or int(length) > LONGEST_BODY:
            self._send(_text(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too long, or does not say how long"))
        else:
            body = self.rfile.read(int(length))
            self._answer(lambda: correct(self._desk, body))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a log of what a reviewer looks at is nobody's business."""

    def _hosts(self) -> tuple[str, str]:
        _, port = self.connection.getsockname()[:2]
        return (f"{ADDRESS}:{port}", f"localhost:{port}")

    def _is_ours(self) -> bool:
        """Whether the request names this server. A page from elsewhere whose name leads here names another host."""
        if self.headers.get("Host") in self._hosts():
            return True
        self._send(_text(HTTPStatus.FORBIDDEN, "this server answers to its own address only"))
        return False

    def _answer(self, make: Callable[[], Answer]) -> None:
        try:
            answer = make()
        except UsageError as error:
            answer = _text(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        except OSError as error:
            answer = _text(HTTPStatus.INTERNAL_SERVER_ERROR, f"the tables cannot be read: {error.strerror or error}")
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.status >= HTTPStatus.BAD_REQUEST:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


def _html(text: str) -> Answer:
    return Answer(HTTPStatus.OK, _HTML, text.encode("utf-8", "replace"))


def _text(status: HTTPStatus, text: str) -> Answer:
    return Answer(status, "text/plain; charset=utf-8", text.encode("utf-8", "replace"))


def _json(status: HTTPStatus, message: str) -> Answer:
    return Answer(status, "application/json", json.dumps({"message": message}).encode())
