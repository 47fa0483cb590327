"""The review on this machine alone: the same pages, and a form that writes corrections.

The server listens on 127.0.0.1 only. It answers only requests that name it as their host, takes corrections only from
its own pages (Origin, a token that changes with every start, JSON), and writes only into the folder of the corrections.
Pages have the token only for who opened the address that the command printed (see `pipeline.review.session`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipeline.console import complain
from pipeline.profiles import read_profiles
from pipeline.review.answer import Answer, as_json, as_text, encoded
from pipeline.review.deciding import correct, give
from pipeline.review.desk import Desk
from pipeline.review.form_views import FormView, form_views
from pipeline.review.forms import save_form, weigh
from pipeline.review.html import form_html, index_html, static_file
from pipeline.review.session import cookie_with_token, has_cookie, is_token, shows_token
from pipeline.sources import UsageError
from schemas.messages import say

ADDRESS = "127.0.0.1"
LONGEST_BODY = 64 * 1024
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
            html = index_html(tuple(snapshot.documents.values()), snapshot.charts, token, _forms(desk))
            return Answer(HTTPStatus.OK, _HTML, encoded(html))
        case ["forms", name] if found := [one for one in _forms(desk) if f"{one.name}.html" == name]:
            return Answer(HTTPStatus.OK, _HTML, encoded(form_html(found[0], desk.token if may_write else None)))
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


def _forms(desk: Desk) -> tuple[FormView, ...]:
    """The forms in the folder of profiles, as it is now."""
    return form_views(desk.snapshot().tables, read_profiles(desk.forms)) if desk.forms is not None else ()


class _Server(ThreadingHTTPServer):
    """Goes on whatever one request does, and keeps nothing of those that hung up."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            complain(f"hyoka: a request failed, which is a defect: {type(error).__name__}: {error}")


_WRITERS: Mapping[str, Callable[[Desk, bytes], Answer]] = {
    "/corrections": correct,
    "/sources": give,
    "/forms/effect": weigh,
    "/forms/save": save_form,
}


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
        write = _WRITERS.get(self._address())
        if write is None:
            self._send(as_text(HTTPStatus.NOT_FOUND, "no such page"))
        elif self.headers.get("Origin") not in {f"http://{host}" for host in self._hosts()}:
            self._send(as_text(HTTPStatus.FORBIDDEN, "corrections are taken from the pages of this server only"))
        elif not is_token(self.headers.get("X-Hyoka-Token", ""), self._desk.token):
            self._send(as_json(HTTPStatus.FORBIDDEN, say("the server was started anew; load the page again")))
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
