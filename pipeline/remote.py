"""Files that are named by a URL: in an object store, or wherever else fsspec reaches.

For ``s3://`` Arrow's own client is used, with credentials, region and endpoint from the usual environment
(``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_PROFILE``, ``AWS_REGION``, ``AWS_ENDPOINT_URL``); other schemes
need the package that fsspec names for them. A local file has a path and is never read through here.
"""

from __future__ import annotations

import errno
import os
import re
from argparse import ArgumentTypeError
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

_USER = re.compile(r"(\b[a-zA-Z][a-zA-Z0-9+.-]*://)(?:[^/?#\s@]*|[^/?#\s@:]+:[^\s@]+)@")
_SECRET_NAMES = "key|secret|token|password|passwd|signature|sig|credential"
_SECRET = re.compile(rf"([?&][^=&\s]*(?:{_SECRET_NAMES})[^=&\s]*=)[^&\s#”]+", re.IGNORECASE)
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


class FileSystem(Protocol):
    """What is used of fsspec's file systems."""

    def find(self, path: str) -> list[str]: ...
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
        """The paths of all files below it, sorted; the name of the file itself where it is one. Raises OSError."""
        for path in sorted(_system(self.scheme).find(self.root)):
            yield path.strip("/").removeprefix(self.root.strip("/")).lstrip("/") or path.rpartition("/")[2]

    def is_file(self) -> bool:
        return _system(self.scheme).isfile(self.root)

    def put(self, path: Path, name: str) -> None:
        _system(self.scheme).put_file(str(path), self.below(name))

    def get(self, name: str, path: Path) -> None:
        _system(self.scheme).get_file(self.below(name), str(path))

    def remove(self, name: str) -> None:
        _system(self.scheme).rm_file(self.below(name))


def text_to_place(text: str) -> Path | RemoteFolder:
    """A path or a URL as it is typed; ``file://`` is a path.

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
    return _system(remote.scheme).cat_file(remote.root)


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
        other: FileSystem = fsspec.filesystem(scheme)
    except (ImportError, ValueError) as error:
        said = f"such URLs cannot be read here ({error}). Give a path, or a URL of s3:// or file://"
        raise OSError(errno.EPROTONOSUPPORT, said, f"{scheme}://") from None
    return other
