"""Prompts: Markdown files with a frontmatter, and the text forms of what fills them.

The files are shipped with the package; a project may override them one by one
from a folder of its own. Values are put in by a single pass, so whatever a
draft contains is never read as part of a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal
from unicodedata import category

from geo_optimizer.errors import UsageError
from geo_optimizer.model import Brief, Prose, Sentence, Span, Statistic, Verdict

PromptName = Literal["propose", "revise"]

_FIELDS = ("name", "version", "purpose")
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SECTION = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_JOINERS = "\u200c\u200d"  # without them words of Persian and many Indic scripts are misspelt
_KINDS = {"heading": "heading", "item": "list item", "cell": "table cell", "footnote": "footnote"}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a prompt consists of: its sections, the placeholders it must have, and those it may have."""

    sections: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()


_SHAPES: dict[PromptName, _Shape] = {
    "propose": _Shape(
        sections=("System", "Draft", "Task"),
        required=frozenset({"sentences"}),
        optional=frozenset({"count", "language", "questions", "spelling", "statistics", "taxonomy", "title", "vocabulary"}),
    ),
    "revise": _Shape(sections=("Task",), required=frozenset({"refused"})),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as read from `path`. `sections` are its texts by their headings; `version` changes when their meaning does."""

    name: str
    version: str
    purpose: str
    path: str
    sections: Mapping[str, str]

    def render(self, section: str, values: Mapping[str, str]) -> str:
        """The section with its placeholders replaced, in one pass: braces in a value are left as they are."""
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.sections[section])


def load(name: PromptName, folder: Path | None = None) -> Prompt:
    """The prompt called `name`: from `folder` if that has one, else the package's own.

    Raises `UsageError` for a folder without any prompt, and for a file that
    cannot be read, lacks a field or a section, or has a wrong placeholder.
    """
    source = _shipped() / f"{name}.md"
    if folder is not None:
        if not any((folder / f"{known}.md").is_file() for known in _SHAPES):
            expected = " or ".join(f"{known}.md" for known in _SHAPES)
            raise UsageError("prompts-folder", "no prompts in this folder", path=str(folder), hint=f"it should hold {expected}")
        own = folder / f"{name}.md"
        source = own if own.is_file() else source
    return _parse(name, _read(source), str(source))


def _shipped() -> Traversable:
    installed = files("geo_optimizer") / "prompts"
    # an editable install has no copy of the repository's folder inside the package
    return installed if installed.is_dir() else Path(__file__).parents[3] / "prompts"


def _read(source: Traversable) -> str:
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("prompt-unreadable", "the prompt cannot be read as UTF-8", path=str(source), hint=str(error)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(name: PromptName, text: str, path: str) -> Prompt:
    fields, body_at = _frontmatter(text, path)
    for field in _FIELDS:
        if not fields.get(field):
            raise UsageError("prompt-field", f"the prompt's frontmatter has no {field}", path=path, line=1, hint=f"add `{field}: ...`")
    if fields["name"] != name:
        raise UsageError("prompt-field", f"the prompt calls itself {fields['name']!r}", path=path, line=1, hint=f"write `name: {name}`")
    shape = _SHAPES[name]
    _check_placeholders(text, body_at, shape, path)
    return Prompt(name, fields["version"], fields["purpose"], path, _sections(text, body_at, shape, path))


def _frontmatter(text: str, path: str) -> tuple[dict[str, str], int]:
    """The `key: value` lines between the fences, and where the body begins."""
    found = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not found:
        raise UsageError("prompt-frontmatter", "the prompt has no frontmatter", path=path, line=1, hint="begin with `---`, fields, `---`")
    lines = [line for line in found[1].split("\n") if line.strip() and not line.startswith("#")]
    pairs = [line.partition(":") for line in lines]
    for key, colon, _ in pairs:
        if not colon:
            raise UsageError("prompt-frontmatter", f"not a field: {key!r}", path=path, line=1, hint="write `key: value`, one per line")
    return {key.strip(): _unquoted(value.strip()) for key, _, value in pairs}, found.end()


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _check_placeholders(text: str, body_at: int, shape: _Shape, path: str) -> None:
    found = list(_PLACEHOLDER.finditer(text, body_at))
    known = shape.required | shape.optional
    for place in found:
        if place[1] not in known:
            hint = f"known here: {', '.join(sorted(known))}"
            raise UsageError("prompt-placeholder", f"unknown placeholder {place[0]}", path=path, line=_line(text, place.start()), hint=hint)
    rest = _PLACEHOLDER.sub(lambda place: " " * len(place[0]), text[body_at:])
    if stray := re.search(r"\{\{|\}\}", rest):
        hint = "write {{name}} on one line"
        raise UsageError("prompt-placeholder", "unpaired braces", path=path, line=_line(text, body_at + stray.start()), hint=hint)
    if missing := shape.required - {place[1] for place in found}:
        names = ", ".join(f"{{{{{name}}}}}" for name in sorted(missing))
        raise UsageError("prompt-placeholder", f"the prompt lacks {names}", path=path, hint="without it the model is not told")


def _sections(text: str, body_at: int, shape: _Shape, path: str) -> dict[str, str]:
    heads = list(_SECTION.finditer(text, body_at))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    sections = {head[1]: text[head.end() : end].strip() for head, end in zip(heads, ends, strict=False)}
    lead = text[body_at : heads[0].start() if heads else len(text)].strip()
    if lead or len(heads) != len(sections) or set(sections) != set(shape.sections) or not all(sections.values()):
        hint = f"it needs, once each and not empty: {', '.join(f'`# {name}`' for name in shape.sections)}"
        raise UsageError("prompt-section", "the prompt's sections are not those expected", path=path, hint=hint)
    return sections


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


# ------------------------------------------------------------------ what fills them


def draft_values(brief: Brief) -> dict[str, str]:
    """The values of the `propose` prompt's placeholders. Each item of the draft is one line, whatever it contains."""
    return {
        "count": str(len(brief.sentences)),
        "language": brief.draft.language,
        "questions": _listed(brief.questions),
        "sentences": "\n".join(_numbered(n, s, brief.draft.prose[s.prose]) for n, s in enumerate(brief.sentences, 1)),
        "spelling": brief.spelling or "as in the article",
        "statistics": _figures(brief.statistics, _numbers(brief)),
        "taxonomy": brief.taxonomy,
        "title": "none" if "title" in brief.anew else plain(brief.title or "") or "none",
        "vocabulary": _listed(brief.vocabulary),
    }


def refusal_values(brief: Brief, refused: Sequence[Verdict]) -> dict[str, str]:
    """The value of the `revise` prompt's placeholder: each refused line with what it cited and why it was refused."""
    numbers = _numbers(brief)
    return {"refused": "\n".join(_refusal(verdict, numbers) for verdict in refused)}


def plain(text: str) -> str:
    """The text as a reader sees it, in one line: without control, format and surrogate characters."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or c in _JOINERS or category(c) not in {"Cc", "Cf", "Cs"})
    return " ".join(text.split())


def _numbers(brief: Brief) -> dict[Span, int]:
    return {sentence.span: n for n, sentence in enumerate(brief.sentences, 1)}


def _numbered(n: int, sentence: Sentence, prose: Prose) -> str:
    kind = "quotation" if prose.quoted else _KINDS.get(prose.kind)
    return f"[{n}, {kind}] {plain(sentence.text)}" if kind else f"[{n}] {plain(sentence.text)}"


def _listed(items: Sequence[str]) -> str:
    return "\n".join(f"- {plain(item)}" for item in items) or "- none"


def _figures(statistics: Sequence[Statistic], numbers: Mapping[Span, int]) -> str:
    lines = [_figure(numbers[s.sentence.span], s) for s in statistics if s.sentence.span in numbers]
    return "\n".join(lines) or "- none"


def _figure(n: int, statistic: Statistic) -> str:
    texts = "; ".join(plain(value.text) for value in statistic.values)
    who = statistic.attribution
    source = " (measured by the author)" if who == "self" else f" (according to: {plain(who)})" if who else ""
    return f"- [{n}] {texts}{source}"


def _refusal(verdict: Verdict, numbers: Mapping[Span, int]) -> str:
    line = verdict.enhancement
    cited = ", ".join(str(numbers[span]) for span in line.cites if span in numbers) or "none"
    reasons = [f"    - {reason.kind}: {plain(reason.detail)}" for reason in verdict.reasons] or ["    - the article does not state it"]
    return "\n".join([f"- {line.kind}: {plain(line.text)}", f"  sentences cited: {cited}", "  refused because:", *reasons])
