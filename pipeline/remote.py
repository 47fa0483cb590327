"""Files that are named by a URL: in an object store, or wherever else fsspec reaches.

For ``s3://`` Arrow's own client is used, with credentials, region and endpoint from the usual environment
(``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_PROFILE``, ``AWS_REGION``, ``AWS_ENDPOINT_URL``); other schemes
need the package that fsspec names for them. A local file has a path and is never read through here.
"""

from __future__ import annotations

import errno
import os
import re
import socket
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, signature
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from schemas.declare import Text
from schemas.messages import say

_USER = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]*://)(?:[^/?#\s@]*|[^/?#\s@:]+:[^\s@]+)@")
_SECRET_NAMES = "key|secret|token|password|passwd|signature|sig|credential"
_SECRET = re.compile(rf"([?&][^=&\s]*(?:{_SECRET_NAMES})[^=&\s]*=)[^&\s#”]+", re.IGNORECASE)
_DEAD = re.compile(
    r"NETWORK_CONNECTION|curlCode|resolve host|[Nn]ame or service not known|name resolution|Connection refused|"
    r"unreachable|timed out"
)
_GIVEN = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_NO_ANSWER = "the network, or the server that the URL names, does not answer"
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


class FileSystem(Protocol):
    """What is used of fsspec's file systems."""

    def find(self, path: str, *, on_error: str) -> list[str]: ...
    def isfile(self, path: str) -> bool: ...
    def cat_file(self, path: str) -> bytes: ...
    def pipe_file(self, path: str, value: bytes) -> None: ...
    def put_file(self, lpath: str, rpath: str) -> None: ...
    def get_file(self, rpath: str, lpath: str) -> None: ...
    def rm_file(self, path: str) -> None: ...


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder that is named by a URL, or a single file."""

    url: str

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme

    @property
    def root(self) -> str:
        """Its path within its file system."""
        return self.url.partition("://")[2].rstrip("/")

    def below(self, name: str) -> str:
        return f"{self.root}/{name}"

    def names(self) -> Iterator[str]:
        """The paths of all files below it, sorted; the name of the file itself where it is one; none where it does not
        exist. Raises OSError, also where the store does not answer: left to itself, fsspec calls that an empty folder.
        """
        with _told(self.url):
            system = _system(self.scheme)
            try:
                found = [self.root] if system.isfile(self.root) else sorted(system.find(self.root, on_error="raise"))
            except FileNotFoundError:
                found = []
        for path in found:
            yield path.strip("/").removeprefix(self.root.strip("/")).lstrip("/") or path.rpartition("/")[2]

    def is_file(self) -> bool:
        with _told(self.url):
            return _system(self.scheme).isfile(self.root)

    def put(self, path: Path, name: str) -> None:
        with _told(self.url):
            _system(self.scheme).put_file(str(path), self.below(name))

    def get(self, name: str, path: Path) -> None:
        with _told(self.url):
            _system(self.scheme).get_file(self.below(name), str(path))

    def remove(self, name: str) -> None:
        with _told(self.url):
            _system(self.scheme).rm_file(self.below(name))


@dataclass(frozen=True, slots=True)
class Nowhere:
    """What was given for an input and names no place: as it was typed, and why it is none."""

    said: str
    why: Text


def text_to_input(text: str) -> Path | RemoteFolder | Nowhere:
    """An input as it is typed. A shell gives an empty one for a variable that is not set; a path would take it for the
    folder that one is in."""
    return text_to_place(text) if text.strip() else Nowhere(text, say("is an empty path"))


def text_to_output(text: str) -> Path | RemoteFolder:
    """An output as it is typed. Raises ArgumentTypeError for an empty one."""
    if not text.strip():
        raise ArgumentTypeError("the path is empty")
    return text_to_place(text)


def text_to_place(text: str) -> Path | RemoteFolder:
    """A path or a URL as it is typed; ``file://`` is a path. Raises ArgumentTypeError for a URL with credentials.

    >>> text_to_place("data/raw"), text_to_place("file:///tmp/a%20b"), text_to_place("s3://bucket/in/")
    (PosixPath('data/raw'), PosixPath('/tmp/a b'), RemoteFolder(url='s3://bucket/in'))
    """
    if "://" not in text:
        return Path(text)
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    if without_secrets(text) != text:
        raise ArgumentTypeError(
            f"{without_secrets(text)}: credentials do not belong into a URL, where others can see them. Give them in "
            "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or AWS_PROFILE)"
        )
    return RemoteFolder(text.rstrip("/"))


def without_secrets(text: str) -> str:
    """A text in which what URLs carry of names, passwords and keys is left out.

    >>> without_secrets("s3://key:secret@bucket/in?secret_key=abc&region=eu")
    's3://…@bucket/in?secret_key=…&region=eu'
    """
    return _SECRET.sub(r"\1…", _USER.sub(r"\1…@", text))


def read_url(url: str) -> bytes:
    """The bytes of one file. Raises OSError."""
    remote = RemoteFolder(url)
    with _told(url):
        return _system(remote.scheme).cat_file(remote.root)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What goes wrong with a URL as an OSError in few words, which calls a dead network so and tells no secret."""
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError | PermissionError):
            raise type(error)(
                error.errno, without_secrets(error.strerror or str(error)), without_secrets(url)
            ) from None
        is_dead = isinstance(error, ConnectionError | TimeoutError | socket.gaierror) or _DEAD.search(str(error))
        said = _NO_ANSWER if is_dead else without_secrets(error.strerror or str(error))
        raise OSError(errno.ENETUNREACH if is_dead else error.errno, said, without_secrets(url)) from None


@cache
def _system(scheme: str) -> FileSystem:
    """The file system of a scheme. Raises OSError where none is installed."""
    import fsspec

    if scheme == "s3":
        from fsspec.implementations.arrow import ArrowFSWrapper
        from pyarrow.fs import S3FileSystem

        endpoint = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), None)
        # A small file is then put at once. In parts it takes three requests, and some stores fail at the last.
        system: FileSystem = ArrowFSWrapper(S3FileSystem(endpoint_override=endpoint, allow_delayed_open=True))
        return system
    try:
        kind = fsspec.get_filesystem_class(scheme)
        asks = [
            name
            for name, one in signature(kind.__init__).parameters.items()
            if one.default is one.empty and one.kind in _GIVEN
        ]
        if asks != ["self"]:  # as ftp, which wants a host first
            raise ValueError(asks)
        other: FileSystem = fsspec.filesystem(scheme)
    except (ImportError, ValueError):
        said = "such URLs cannot be read here. Give a path, or a URL of s3:// or file://"
        raise OSError(errno.EPROTONOSUPPORT, said, f"{scheme}://") from None
    return other
