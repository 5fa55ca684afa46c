"""Addresses that lead on to others, as a project's files say: they are other names of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.frontmatter.errors import Unreadable
from geo_optimizer.site.addresses import Origin, host_of, url_key, without_query
from geo_optimizer.site.permalinks.mkdocs import plugins
from geo_optimizer.site.permalinks.rule import Reader, Rule

_FOLDERS = ("", "static", "public", "src", "docs")
_MOVED = lazily(r"30[1278]!?")
_QUOTED = lazily(r"""["'`]([^"'`\n]+)["'`]""")
_LIST = lazily(r"""\bfrom\s*:\s*\[([^\]]*)\]""")
_MOST = 50_000
_PATTERN = frozenset("*:{(")  # a source or target of more than one address

Pair = tuple[str, str]


def redirects(reader: Reader, rule: Rule, origin: Origin) -> dict[str, tuple[str, ...]]:
    """The key of an address (`url_key`) -> the addresses that lead on to it, from the path on that the site is put below."""
    found: dict[str, list[str]] = {}
    for source, target in islice(_pairs(reader, rule, origin), _MOST):
        if source.startswith("/") and target and not _PATTERN & {*source, *target}:
            found.setdefault(_key(target), []).append(source)
    return {target: tuple(dict.fromkeys(sources)) for target, sources in found.items()}


def leading_to(found: Mapping[str, tuple[str, ...]], addresses: Iterable[str]) -> tuple[str, ...]:
    """The addresses that lead on to one of these, be it by way of others."""
    reached = {_key(address): address for address in addresses} if found else {}
    todo = list(reached)
    given = len(todo)
    for key in todo:  # which grows
        for source in found.get(key, ()):
            if (other := _key(source)) not in reached:
                reached[other] = source
                todo.append(other)
    return tuple(reached.values())[given:]


def _key(address: str) -> str:
    return without_query(url_key(address))


def _pairs(reader: Reader, rule: Rule, origin: Origin) -> Iterator[Pair]:
    """Of this site. The host's files have whole paths; a generator's own settings mostly leave out what all its pages are put below."""
    for source, target in _of_host(reader):
        yield origin.path_of(source) or "", origin.path_of(target) or ""
    for source, target in _of_project(reader, rule):
        whole = host_of(target) != ""
        yield source, (origin.path_of(target) or "") if whole else target


def _of_host(reader: Reader) -> Iterator[Pair]:
    for folder in _FOLDERS:
        yield from _of_lines(reader.text(f"{folder}/_redirects".lstrip("/")))
    yield from _of_tables(_told(reader, "netlify.toml"), "from", "to")
    yield from _of_tables(_told(reader, "vercel.json"), "source", "destination")


def _of_project(reader: Reader, rule: Rule) -> Iterator[Pair]:
    if reader.config is None:
        return
    if reader.config.suffix in (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"):
        yield from _of_script(reader)
    elif reader.config.name.startswith("mkdocs"):
        yield from _of_mkdocs(reader, rule)


def _told(reader: Reader, name: str) -> Mapping[str, Any]:
    try:
        return reader.data(name)
    except Unreadable:  # the host says so when the site is put there
        return {}


def _of_lines(text: str) -> Iterator[Pair]:
    """Netlify's and Cloudflare's file, https://docs.netlify.com/routing/redirects/: `/old /new 301`; without a number it is 301."""
    for line in text.splitlines():
        parts = line.split(" #")[0].split()
        code = next((part for part in parts[2:] if "=" not in part), "301")
        if len(parts) >= 2 and "=" not in parts[1] and _MOVED.fullmatch(code):
            yield parts[0], parts[1]


def _of_tables(said: Mapping[str, Any], source: str, target: str) -> Iterator[Pair]:
    rows = said.get("redirects")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("status") != 200:
            yield str(row.get(source, "")), str(row.get(target, ""))


def _of_script(reader: Reader) -> Iterator[Pair]:
    """Docusaurus' plugin-client-redirects (`from`, `to`) and Next.js (`source`, `destination`)."""
    script = reader.script()
    for _, code in script.objects("to"):
        listed = _LIST.search(code)
        sources: Iterable[str] = _QUOTED.findall(listed[1]) if listed else [script.text("from", code) or ""]
        yield from ((source, script.text("to", code) or "") for source in sources)
    for _, code in script.objects("destination"):
        yield script.text("source", code) or "", script.text("destination", code) or ""


def _of_mkdocs(reader: Reader, rule: Rule) -> Iterator[Pair]:
    """https://github.com/mkdocs/mkdocs-redirects: from file to file."""
    said = _settings(reader)
    docs = str(said.get("docs_dir") or "docs")
    for name, about in plugins(said):
        maps = about.get("redirect_maps")
        if name == "redirects" and isinstance(maps, dict):
            for source, target in maps.items():
                url = target if "://" in str(target) else rule(f"{docs}/{str(target).split('#')[0]}", {})
                yield rule(f"{docs}/{source}", {}) or "", str(url or "")


def _settings(reader: Reader) -> Mapping[str, Any]:
    try:
        return reader.settings()
    except Unreadable:  # it is told with the rule
        return {}
