"""Who may write: whoever opened the address that the command printed, and nobody else on this machine.

The address holds a token that changes with every start. Opening it gives the browser a cookie; pages have the form for
corrections, and the token that it sends, only for a browser that shows the cookie.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit


def address_with_token(host: str, port: int, token: str) -> str:
    """The address to open first."""
    return f"http://{host}:{port}/?token={token}"


def shows_token(path: str, token: str) -> bool:
    """Whether the path of a request holds the token.

    >>> shows_token("/?token=abc", "abc"), shows_token("/?token=", "abc"), shows_token("/", "abc")
    (True, False, False)
    """
    try:
        given = parse_qs(urlsplit(path).query).get("token", [""])[0]
    except ValueError:
        return False
    return is_token(given, token)


def cookie_with_token(port: int, token: str) -> str:
    """The header that gives a browser the token. Cookies know no ports, so its name does."""
    return f"{_name(port)}={token}; Path=/; HttpOnly; SameSite=Strict"


def has_cookie(header: str | None, port: int, token: str) -> bool:
    """Whether a request shows the cookie.

    >>> has_cookie("a=b; hyoka-8765=abc", 8765, "abc"), has_cookie("hyoka-8766=abc", 8765, "abc")
    (True, False)
    """
    try:
        found = SimpleCookie(header or "").get(_name(port))
    except CookieError:
        return False
    return found is not None and is_token(found.value, token)


def is_token(given: str, token: str) -> bool:
    """Whether a text is the token; how alike the two are cannot be told from the time that it takes."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _name(port: int) -> str:
    return f"hyoka-{port}"
