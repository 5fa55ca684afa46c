"""A sitemap, or an index of sitemaps, as files on disk -> the addresses in it, one by one.

Nothing is ever fetched: a sitemap that an index names is looked for beside
the index. A sitemap may be anybody's, so what it can ask for is bounded: no
document type (and so no entity), so many bytes once unpacked, so many levels
and addresses.
"""

from __future__ import annotations

import gzip
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from geo_optimizer.errors import SiteError
from geo_optimizer.lazy import lazily
from geo_optimizer.site.pages import Skipped

ENDINGS = (".xml", ".xml.gz")
# https://www.sitemaps.org/protocol.html has 50 MB and 50,000 addresses a file. There are larger ones, which are read up to here.
LARGEST = 100 << 20
MOST_URLS = 500_000
_DEEPEST = 64  # elements within elements; a sitemap has 3, its extensions a few more
_LEVELS = 3  # of indexes within indexes; the protocol has one
_LONGEST = 2_048  # characters of an address
_CHUNK = 1 << 16
_TOLD = 5  # of what is left out for one reason, so much is named
_ADDRESS = lazily(r"""https?://(?:www\.)?(?P<host>[\w.-]+(?::\d+)?)(?:[/?#][^\s<>"`]*)?""", re.IGNORECASE)
_NAMESPACES = frozenset(
    {
        "",
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "https://www.sitemaps.org/schemas/sitemap/0.9",
        "http://www.google.com/schemas/sitemap/0.84",
        "http://www.google.com/schemas/sitemap/0.9",
    }
)
_ANEW = "have it written anew by what makes the site"
_CUT_OFF = frozenset(
    expat.errors.codes[said]
    for said in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)
_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}


class Location(NamedTuple):
    """An address as it stands in a file."""

    url: str
    file: Path
    line: int


class Sitemap:
    """The addresses of a sitemap.

    `files`: all that were read. `skipped`: what was left out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: list[Path] = []
        self._left_out: list[tuple[int, float, Skipped]] = []
        self._counts: Counter[str] = Counter()

    def entries(self) -> list[Location]:
        """The addresses of the host that most of them have, in order. Raises SiteError for a file that is none, or that asks for too much."""
        hosts: Counter[str] = Counter()
        found = []
        for entry in self._of(self.path, 0):
            if len(entry.url) <= _LONGEST and (address := _ADDRESS.fullmatch(entry.url)):
                hosts[address["host"].lower()] += 1
                found.append(entry)
                if len(found) > MOST_URLS:
                    raise _wrong(self.path, "sitemap-too-large", f"it has more than {MOST_URLS:,} addresses", "give one part of it")
            else:
                self._leave_out(entry, _unfit(entry.url))
        return self._of_one_host(found, hosts) if len(hosts) > 1 else found

    def _of_one_host(self, found: list[Location], hosts: Counter[str]) -> list[Location]:
        own = hosts.most_common(1)[0][0]
        kept = []
        for entry in found:
            if (address := _ADDRESS.fullmatch(entry.url)) and address["host"].lower() == own:
                kept.append(entry)
            else:
                self._leave_out(entry, f"another host than {own}")
        return kept

    @property
    def skipped(self) -> list[Skipped]:
        return [one for *_, one in sorted(self._left_out, key=itemgetter(0, 1))]

    def _leave_out(self, entry: Location, reason: str) -> None:
        """Keep an address in mind, in the order of the files and lines; those of which there are more stand behind."""
        self._counts[reason] += 1
        file, name = self.files.index(entry.file.resolve()) if self._counts[reason] <= _TOLD + 1 else 0, entry.file.name
        if self._counts[reason] <= _TOLD:
            url = f": {entry.url[:200]}" if entry.url else ""
            self._left_out.append((file, entry.line, Skipped(name, f"line {entry.line}: {reason}{url}")))
        elif self._counts[reason] == _TOLD + 1:
            self._left_out.append((file, math.inf, Skipped(name, f"and more: {reason}")))

    def _of(self, path: Path, level: int) -> Iterator[Location]:
        """The addresses in a file and, if it is an index, in those that it names."""
        self.files.append(path.resolve())
        for kind, entry in _parsed(path):
            if kind == "url":
                yield entry
                continue
            found, reason = self._named(entry, level)
            if found:
                yield from self._of(found, level + 1)
            else:
                self._leave_out(entry, reason)

    def _named(self, entry: Location, level: int) -> tuple[Path | None, str]:
        """The file that an index names, or why it is not read."""
        found = _beside(entry.file, entry.url)
        if found is None:
            return None, "this sitemap is not here (nothing is fetched: put its file beside the index)"
        if found.resolve() in self.files:
            return None, "this sitemap was read already"
        return (found, "") if level < _LEVELS else (None, f"indexes are nested more than {_LEVELS} deep")


def _beside(index: Path, url: str) -> Path | None:
    """The file of a sitemap that an index names: by the path of its address below the index's folder, or by its name alone."""
    try:
        named = unquote(urlsplit(url).path).lstrip("/")
        folder = index.parent
        places = (folder / named, folder / named.rsplit("/", 1)[-1]) if named else ()
        return next((place for place in places if place.is_file() and place.resolve().is_relative_to(folder.resolve())), None)
    except (ValueError, OSError):  # a name that no file can have
        return None


def _unfit(url: str) -> str:
    """Why an address is none of a page."""
    if not url:
        return "no address"
    if len(url) > _LONGEST:
        return f"an address longer than {_LONGEST:,} characters"
    return "not a whole address that begins with http:// or https://"


# ------------------------------------------------------------------ one file


def _parsed(path: Path) -> Iterator[tuple[str, Location]]:
    """What a file lists, and whether it is an address ("url") or a sitemap. It is read in pieces."""
    reader = _Reader(path)
    try:
        for chunk in _chunks(path):
            reader.parser.Parse(chunk, False)
            yield from reader.taken()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code in _CUT_OFF:
            raise _cut_off(path, error.lineno) from None
        said = expat.ErrorString(error.code)
        raise _wrong(path, "sitemap-malformed", f"it is not XML: {said}", _ANEW, error.lineno) from None
    except LookupError:
        raise _wrong(path, "sitemap-malformed", "it is in an encoding that nobody knows", "save it as UTF-8", 1) from None
    yield from reader.taken()


def _cut_off(path: Path, line: int) -> SiteError:
    if path.stat().st_size == 0:
        return _wrong(path, "sitemap-malformed", "it is empty", _ANEW, 1)
    message = "it is cut off: it ends before all of its elements are closed"
    return _wrong(path, "sitemap-malformed", message, f"download or copy it again, to its end, or {_ANEW}", line)


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, unpacked if they are packed."""
    total = 0
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            source = gzip.GzipFile(fileobj=file) if packed else file
            while chunk := source.read(_CHUNK):
                total += len(chunk)
                if total > LARGEST:
                    limit = f"it is larger than {LARGEST >> 20} MiB{' unpacked' if packed else ''}"
                    raise _wrong(path, "sitemap-too-large", limit, "search engines take 50 MB; have it written in parts, with an index")
                yield chunk
    except (gzip.BadGzipFile, zlib.error, EOFError):
        raise _wrong(path, "sitemap-malformed", "it is packed, and damaged", "unpack it, or have it written anew") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _wrong(path, "sitemap-unreadable", f"it cannot be read: {reason}", "check the path") from None


class _Reader:
    """The handlers of one file. `items`: what was found since it was last asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.items: list[tuple[str, Location]] = []
        self.depth = 0
        self.namespace = ""
        self.item = ""
        self.found = ""
        self.line = 1
        self.text: list[str] = []
        self.length = 0

    def taken(self) -> list[tuple[str, Location]]:
        items, self.items = self.items, []
        return items

    def _doctype(self, *_: object) -> None:
        message = "it has a document type, with which a file can ask for more than it holds"
        raise _wrong(
            self.path, "sitemap-doctype", message, "remove the <!DOCTYPE ...>; a sitemap needs none", self.parser.CurrentLineNumber
        )

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        namespace, _, local = name.rpartition(" ")
        if self.depth > _DEEPEST:
            line = self.parser.CurrentLineNumber
            raise _wrong(self.path, "sitemap-malformed", f"its elements are nested more than {_DEEPEST} deep", "no sitemap is so", line)
        if self.depth == 1:
            self._begin(namespace, local)
        elif self.depth == 2 and (namespace, local) == (self.namespace, self.item):
            self.found = ""
            self.line = self.parser.CurrentLineNumber
        elif self.depth == 3 and namespace == self.namespace and local == "loc":
            self.text, self.length = [], 0
            self.parser.CharacterDataHandler = self._said

    def _begin(self, namespace: str, root: str) -> None:
        if root not in _ROOTS:
            message = f"it is no sitemap: its first element is <{root[:40]}>, not <urlset> or <sitemapindex>"
            raise _wrong(self.path, "sitemap-other", message, "give the sitemap.xml of the site", self.parser.CurrentLineNumber)
        if namespace not in _NAMESPACES:
            message = f"its elements are of another vocabulary than a sitemap's: {namespace[:100]}"
            hint = 'write <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            raise _wrong(self.path, "sitemap-other", message, hint, self.parser.CurrentLineNumber)
        self.namespace, self.item = namespace, _ROOTS[root]

    def _said(self, text: str) -> None:
        """Keep no more of a text than shows that it is too long."""
        if self.length <= _LONGEST:
            self.text.append(text[: _LONGEST + 1])
            self.length += len(text)

    def _end(self, name: str) -> None:
        if self.depth == 3 and self.parser.CharacterDataHandler is not None:
            self.parser.CharacterDataHandler = None
            self.found = self.found or "".join(self.text).strip()
        elif self.depth == 2 and name.rpartition(" ")[2] == self.item:
            entry = Location(self.found, self.path, self.line)
            self.items.append((self.item, entry))
            self.found = ""
        self.depth -= 1


def _wrong(path: Path, slug: str, message: str, hint: str, line: int | None = None) -> SiteError:
    return SiteError(slug, message, hint=hint, path=str(path), line=line)
