"""The formats of a check by name, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geo_optimizer.report.result import CheckRun
from geo_optimizer.report.view import PLAIN, View

Renderer = Callable[[CheckRun, View], str]


def _text() -> Renderer:
    from geo_optimizer.report import console

    return console.render


def _json() -> Renderer:
    from geo_optimizer.report import json

    return lambda run, _: json.dumps(json.checked(run), indent=2)


def _jsonl() -> Renderer:
    from geo_optimizer.report import json

    return lambda run, _: "\n".join(json.dumps({"schema": json.SCHEMA, **json.checked_file(file)}) for file in run.files)


def _sarif() -> Renderer:
    from geo_optimizer.report import sarif

    return sarif.render


def _github() -> Renderer:
    from geo_optimizer.report import github

    return github.render


def _gitlab() -> Renderer:
    from geo_optimizer.report import gitlab

    return gitlab.render


def _junit() -> Renderer:
    from geo_optimizer.report import junit

    return junit.render


def _rdjson() -> Renderer:
    from geo_optimizer.report import rdjson

    return rdjson.render


def _markdown() -> Renderer:
    from geo_optimizer.report import markdown

    return markdown.render


def _html() -> Renderer:
    from geo_optimizer.report import html

    return html.render


FORMATS: Mapping[str, Callable[[], Renderer]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "github": _github,
    "gitlab": _gitlab,
    "junit": _junit,
    "rdjson": _rdjson,
    "markdown": _markdown,
    "html": _html,
}


def render(name: str, run: CheckRun, view: View = PLAIN) -> str:
    """A run in the format of that name, without a last line end."""
    return FORMATS[name]()(run, view)
