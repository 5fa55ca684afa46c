"""Where a link's destination leads, as far as its letters tell: nowhere as written, or only on the writer's own machine."""

from __future__ import annotations

import re
from functools import cache

from geo_optimizer.lazy import lazily

_WEB = ("http://", "https://")


@cache
def _host_without_scheme() -> re.Pattern[str]:
    """A host name that a browser takes for a file beside the page."""
    return re.compile(
        r"(?!(?:www\.)?example\.)(?:www\.[a-z0-9-]+\.[a-z]{2}|(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|io|dev|co\.uk|de|fr|eu)(?=[/?#]|$))[^\s]*",
        re.IGNORECASE,
    )


@cache
def _misspelt() -> re.Pattern[str]:
    """What was meant for "http://" or "https://"; `rest` is what follows it."""
    return re.compile(
        r"(?:(?:h?t{1,3}ps?|ht{3,}ps?|htp{1,2}s?|hhttps?|htt?sp?|https{2,}|httpd?)\s*:\s*/*\s*(?://)?|https?(?://?|;//))(?P<rest>[^\s/]+\.[^\s]+)",
        re.IGNORECASE,
    )


def repaired(href: str) -> str | None:
    """The address that was meant, where a destination is none as it stands: no scheme, a misspelt or a doubled one, a slash too many."""
    low = href[:9].lower()
    if low.startswith(_WEB):
        return _within(href)
    if low.startswith("//"):
        path = re.fullmatch(r"//+(?P<path>[\w-]+/[^\s{}]*)", href)
        return "/" + path["path"] if path else None  # no host is without a stop
    if low.startswith(("h", "t")) and (slip := _misspelt().fullmatch(href)):
        return "https://" + slip["rest"]
    if "." in href and ":" not in low and _host_without_scheme().fullmatch(href):
        return "https://" + href
    return None


def _within(href: str) -> str | None:
    """The address that follows a scheme given twice, or with too many slashes."""
    scheme, _, rest = href.partition("//")
    if not rest.startswith(("/", "h", "H")):
        return None
    if rest[:8].lower().startswith((*_WEB, "http//", "https//")) and not _is_proxy(rest):
        return rest if "://" in rest[:9] else rest.replace("//", "://", 1)
    if rest.startswith("/") and re.match(r"/+[\w-]+\.[\w.-]+", rest):
        return f"{scheme}//{rest.lstrip('/')}"
    return None


def _is_proxy(rest: str) -> bool:
    """Whether an address in an address is meant: a web archive, a proxy."""
    return rest.count("://") > 1


_LOCAL = lazily(
    r"(?:https?:)?//(?:[^/@\s]*@)?(?P<host>localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]|192\.168(?:\.\d{1,3}){2}|10(?:\.\d{1,3}){3}"
    r"|[\w.-]+\.(?:local|localhost|internal|intranet|corp|lan))(?=[:/?#]|$)",
    re.IGNORECASE,
)


def local_host(href: str) -> str | None:
    """The host that only the writer's machine or network knows; "file" for a file on it."""
    if href[:5].lower() == "file:":
        return "file"
    match = _LOCAL.match(href)
    return match["host"] if match else None
