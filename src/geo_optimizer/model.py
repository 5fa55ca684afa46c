"""The nouns of the program. Standard library only; every value is frozen.

There is one coordinate: a `Span` of characters of `Draft.source`. Lines and
columns are computed from it, and only by what prints them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

Newline = Literal["\n", "\r\n", "\r"]
Dialect = Literal["markdown", "mdx", "myst", "obsidian"]
FrontmatterFormat = Literal["yaml", "toml", "json", "other"]
ProseKind = Literal["heading", "paragraph", "item", "cell", "footnote"]
BlockKind = Literal[
    "heading", "paragraph", "image", "list", "quote", "code", "html", "comment", "table", "rule", "footnote", "definition", "opaque"
]
KnownKind = Literal["tldr", "takeaways", "links"]
HeadingKind = Literal["question", "declarative", "label"]
EnhancementKind = Literal["title", "description", "slug", "category", "tldr", "takeaway", "line"]
VerdictState = Literal["supported", "unsupported", "unverifiable"]
ReasonKind = Literal["number", "unit", "scale", "entity", "scope", "negation", "direction", "modality", "date", "attribution", "other"]
Severity = Literal["error", "warning", "info"]
Spelling = Literal["british", "american"]
LinkKind = Literal["inline", "reference", "autolink"]
CodeKind = Literal["fenced", "indented", "inline"]

# Stands in plain text for what a reader sees but the draft does not say: the value of a template, a formula, a component.
OBJECT = "\ufffc"


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Half-open range `[start, end)` of characters of a draft's decoded source."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"not a span: [{start}, {end})")
        _set_start(self, start)
        _set_end(self, end)

    def of(self, source: str) -> str:
        """The characters of `source` in this span."""
        return source[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """An empty span is a place as good as any other."""
        return True


# A draft has more spans and pieces than anything else, and these are the shortest way to set a field of a frozen value.
_set_start, _set_end = (Span.__dict__[name].__set__ for name in ("start", "end"))

# ------------------------------------------------------------------ the draft


class Template(NamedTuple):
    """A frontmatter value that is made elsewhere: by a template (`{{ page.title }}`) or a tag of the site's own (`!include x`).

    It counts as a value, and is never a text: nobody's title or description. `text` shows what is known of it.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """A draft's metadata block.

    `span` covers the fences and the closing fence's newline; `content` what is
    between the fences. `values` are as the format's own loader reads them,
    a `Template` where the value is made elsewhere. `problem`, where there is
    one, says why nothing in it may be changed: a second block follows (`span`
    then covers both), or a language that is not read (`format` "other").
    """

    format: FrontmatterFormat
    span: Span
    content: Span
    values: dict[str, Any]
    problem: Note | None = None


class Block(NamedTuple):
    """A top-level block of the body: its outermost kind and its characters, without trailing blank lines."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True, init=False)
class Piece:
    """Where a stretch of a `Prose.text` came from: `text[at:]` up to the next piece is `source[span]`.

    Of equal length they agree character by character (a soft break and OBJECT aside);
    otherwise (an entity, a line break with its indent) the piece is one whole.
    """

    at: int
    length: int
    span: Span

    def __init__(self, at: int, length: int, span: Span) -> None:
        _set_at(self, at)
        _set_length(self, length)
        _set_span(self, span)


_set_at, _set_length, _set_span = (Piece.__dict__[name].__set__ for name in ("at", "length", "span"))
_AT = attrgetter("at")


class Prose(NamedTuple):
    """A run of text that a reader reads as one: a heading, a paragraph, a list item's text, a table cell.

    `text` has no markup, soft line breaks as single spaces, and OBJECT for
    what is shown but not written here; `pieces` lead
    back to the source. `fixed` are ranges of `text` that nothing may be
    wrapped around (links, code, URLs). `heading` is the index in
    `Draft.headings` of the section it stands in; `parent` the index in
    `Draft.prose` of the text that introduces its list. `quoted`: inside a
    block quote. `known`: inside a generated (or equivalent) part.
    """

    kind: ProseKind
    span: Span
    text: str
    pieces: tuple[Piece, ...]
    fixed: tuple[tuple[int, int], ...] = ()
    heading: int | None = None
    parent: int | None = None
    quoted: bool = False
    known: KnownKind | None = None

    def source_span(self, start: int, end: int) -> Span:
        """The span of the source from which `text[start:end]` (not empty) was read."""
        return Span(self._place(start, first=True), self._place(end - 1, first=False))

    def _place(self, at: int, *, first: bool) -> int:
        piece = self.pieces[bisect_right(self.pieces, at, key=_AT) - 1]
        if piece.length != len(piece.span):
            return piece.span.start if first else piece.span.end
        return piece.span.start + (at - piece.at) + (not first)


class Sentence(NamedTuple):
    """A sentence of a `Prose`: `text == draft.prose[prose].text[start:end]`, read from `source[span]`."""

    span: Span
    text: str
    prose: int
    start: int
    end: int


class Heading(NamedTuple):
    """`text` without markup or attributes (`{#id .class}`), empty if it is only an image.

    `span`: from the first `#` (or the text, if underlined) to the end of its last line.
    """

    level: int
    text: str
    span: Span
    prose: int


class Item(NamedTuple):
    """A list item: `span` from its marker to the end of its last line that is not blank, nested lists included.

    `prose`: the indices of the texts it holds itself, not those of lists in it. `depth`: how many lists it is in beside its own.
    """

    span: Span
    ordered: bool
    depth: int
    prose: tuple[int, ...] = ()


class Link(NamedTuple):
    """A Markdown link or image. `span` is all of it; `text` what is shown (of an image: its alternative text).

    `kind`: how the destination is given, of images too. `text_span`: between
    the brackets. `href_span`: the destination as written, without `<>`; None
    where it stands elsewhere (a reference) or is not known. `href` is
    unescaped and percent-encoded, or as written if it holds template syntax.
    `prose`: the index of the text it stands in; None if no words stand there.
    """

    span: Span
    text: str
    href: str
    prose: int | None
    image: bool = False
    kind: LinkKind = "inline"
    text_span: Span | None = None
    href_span: Span | None = None


class Code(NamedTuple):
    """A code block or span. `content`: the code line by line, without line ends and what containers put before it.

    A tab that a container cuts in two belongs to the container. `info`: what follows the opening fence.
    """

    kind: CodeKind
    span: Span
    content: tuple[Span, ...]
    info: str = ""


class Footnote(NamedTuple):
    """A footnote's definition, or a mark that refers to one; without a label it is all written at its mark (`^[...]`)."""

    span: Span
    label: str | None
    definition: bool


class Definition(NamedTuple):
    """A link reference definition. `label` and the characters of `href_span` (without `<>`) as written; None if not known."""

    span: Span
    label: str
    href: str
    href_span: Span | None


class Known(NamedTuple):
    """A part of the draft that the tool would otherwise add: a TL;DR, takeaways, the link comment.

    `of_text`: a summary that is a section of the author's own ("Highlights",
    "Findings"): none is added beside it, but what it says belongs to the text.
    `lines`: where its lines stand as a list under a label of its own, and can
    be replaced; empty right after a label without lines, None in another form.
    """

    kind: KnownKind
    span: Span
    of_text: bool = False
    lines: Span | None = None


@dataclass(frozen=True, eq=False)
class Draft:
    """A decoded source and its parts, in source order. Two drafts are equal only if they are the same object.

    `language` is an ISO 639-1 code. `line_starts` are the offsets at which lines begin.
    `given_title` stands in where the author stated none in Markdown: an HTML `<h1>`, or what an engine found.
    """

    source: str
    path: str
    language: str
    dialect: Dialect
    newline: Newline
    frontmatter: Frontmatter | None
    body: Span
    blocks: tuple[Block, ...]
    prose: tuple[Prose, ...]
    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]
    known: tuple[Known, ...]
    line_starts: tuple[int, ...]
    given_title: str | None = None
    items: tuple[Item, ...] = ()
    code: tuple[Code, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    definitions: tuple[Definition, ...] = ()
    facts: dict[object, Any] = field(default_factory=dict, repr=False)

    def text(self, span: Span) -> str:
        return span.of(self.source)

    def line(self, offset: int) -> int:
        """The 1-based line of a character; lines end in `\\n`, `\\r\\n` or a lone `\\r`."""
        return bisect_right(self.line_starts, offset)

    def column(self, offset: int) -> int:
        """The 1-based column of a character, in characters."""
        return offset - self.line_starts[self.line(offset) - 1] + 1

    def knows(self, kind: KnownKind) -> bool:
        return any(part.kind == kind for part in self.known)

    @property
    def generated(self) -> tuple[Known, ...]:
        """The known parts that are no text of the article: left out of analysis, and of what engines see."""
        return tuple(part for part in self.known if not part.of_text)

    @property
    def title(self) -> str | None:
        """The author's title: the frontmatter's, else the first H1's; else the one it was given."""
        stated = self.frontmatter.values.get("title") if self.frontmatter else None
        if isinstance(stated, str) and stated.strip():
            return stated.strip()
        return next((h.text for h in self.headings if h.level == 1 and h.text and OBJECT not in h.text), self.given_title)


T = TypeVar("T")


def measured(measure: Callable[[Draft], T]) -> Callable[[Draft], T]:
    """Measure once per draft: the result is kept in `Draft.facts`, and goes when the draft goes."""

    @wraps(measure)
    def once(draft: Draft) -> T:
        if measure not in draft.facts:
            draft.facts[measure] = measure(draft)
        result: T = draft.facts[measure]
        return result

    return once


# ------------------------------------------------------------------ what is measured


Direction = Literal["up", "down"]
SourcePlace = Literal["sentence", "footnote", "lead-in", "sentence before"]
Lack = Literal["subject", "population", "source", "time"]


class Value(NamedTuple):
    """A measured figure: as written ("$2.3 trillion"), normalised (2.3e12), its unit ("$", "%" or the counted noun).

    `high`: the upper end of a range, normalised. `scale`: what the number
    written was multiplied by (1e12). `comparison`: "more than", "at least",
    "less than", "up to", "about", "nearly", "only", "average". `direction`:
    where it is a change or what one came to. `population`: of whom or what it
    is a share or a number; `measures`: what is said of them, with "…" for the
    figure; both in the words of the sentence, None where it does not say or
    is not in English.
    """

    text: str
    value: float | None
    unit: str | None
    span: Span
    kind: str = "count"
    high: float | None = None
    scale: float = 1.0
    comparison: str | None = None
    direction: Direction | None = None
    population: str | None = None
    measures: str | None = None


class Statistic(NamedTuple):
    """A measured quantity about the world, in one sentence.

    `quotable`: it says what it measures; `why` says why (not). `attribution`:
    the words that name who measured it ("self" for our/we), and where they
    stand; `source_url`: a link that carries the source, and where it stands.
    `time`: the first year or date that the sentence, or else what it leans
    on, gives. `lacks`: what a reader of the sentence alone would miss.
    `confidence` 0..1.
    """

    sentence: Sentence
    values: tuple[Value, ...]
    quotable: bool
    why: str
    attribution: str | None
    source_url: str | None
    confidence: float
    attribution_place: SourcePlace | None = None
    source_place: SourcePlace | None = None
    time: str | None = None
    lacks: tuple[Lack, ...] = ()

    @property
    def span(self) -> Span:
        return self.sentence.span


class LinkSuggestion(NamedTuple):
    """`source[span]` is `anchor`, verbatim in the prose; `target` exists and is another page. `score` 0..1.

    `use_when`: a person's word on when to link to that page, which the reason says too.
    """

    anchor: str
    span: Span
    target: str
    title: str
    reason: str
    score: float
    recommended: bool
    use_when: str = ""


class Backlink(NamedTuple):
    """Words of a page that could link to the draft: `span` and `line` are of the page's file, `path` below the site's root; `page` is its URL.

    `sentence`: before the words, they themselves, and what follows them. `score` 0..1.
    """

    page: str
    path: str
    title: str
    line: int
    span: Span
    anchor: str
    sentence: tuple[str, str, str]
    reason: str
    score: float
    recommended: bool


class WrittenLink(NamedTuple):
    """A suggestion as this draft writes it: `to` is the address, or in a wikilink the page's name."""

    suggestion: LinkSuggestion
    to: str
    wiki: bool = False


# ------------------------------------------------------------------ what is judged


# Kinds of edit that only write around words that are there.
LINKED: frozenset[str] = frozenset({"link"})


class Edit(NamedTuple):
    """Replace `source[span]` by `text`; an empty span inserts, an empty text deletes. `kind` names the announced change."""

    span: Span
    text: str
    kind: str


class Fix(NamedTuple):
    """A change that would settle a finding; `title` says what it does.

    `safe`: nothing that the author wrote for readers is changed, so it may be
    made unseen (`--fix`). Any other is a suggestion for an editor to take.
    """

    edit: Edit
    title: str
    safe: bool = False


class Finding(NamedTuple):
    """A rule's judgement about a span; `whole`: about the draft as a whole, and the span is only where that can be shown."""

    code: str
    name: str
    severity: Severity
    span: Span
    message: str
    fix: Fix | None = None
    whole: bool = False


class Enhancement(NamedTuple):
    """One generated line, and the spans of the draft that its author claims as evidence."""

    kind: EnhancementKind
    text: str
    cites: tuple[Span, ...] = ()


class Reason(NamedTuple):
    """Why a line is not supported, as a sentence an editor understands.

    `firm`: it holds however the line is worded (a figure moved to another
    population, a word that strengthens the draft's), so that it is worth
    telling of lines that a person wrote.
    """

    kind: ReasonKind
    detail: str
    firm: bool = False


class Verdict(NamedTuple):
    """Whether the draft supports a line. `score` 0..1: how likely it does; `evidence`: the sentences found."""

    enhancement: Enhancement
    state: VerdictState
    score: float
    evidence: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def supported(self) -> bool:
        return self.state == "supported"


class Note(NamedTuple):
    """Something left out of a part of the work, why, and where in the draft, for the editor."""

    part: str
    message: str
    span: Span | None = None


# ------------------------------------------------------------------ what an engine may know


class Manner(NamedTuple):
    """How the descriptions of a site's pages are written: the length in characters that half of them keep to, the shares that say "we" and "you"."""

    shortest: int
    longest: int
    we: float
    you: float


class Brief(NamedTuple):
    """All that an engine is told.

    `sentences` are the draft's own (known parts left out); an answer cites
    them by their place here, from 1. `vocabulary` are the site's terms for
    `taxonomy` ("categories" or "tags"), likeliest first, `chances` how likely
    the site files the draft under each, if that is known. `spelling`: the
    variant of English that the draft keeps to, if it shows one. `anew`: what
    the draft has and the editor wants another of; `title` is then its H1, if
    it has one. `manner`: how the site's own descriptions are written.
    """

    draft: Draft
    title: str | None
    spelling: Spelling | None
    sentences: tuple[Sentence, ...]
    statistics: tuple[Statistic, ...]
    taxonomy: str = "categories"
    vocabulary: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()
    questions: tuple[str, ...] = ()
    anew: frozenset[EnhancementKind] = frozenset()
    manner: Manner | None = None


class Usage(NamedTuple):
    """What a model run took: tokens in, out, read from the prompt cache, and requests made."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    requests: int = 0


class Optimization(NamedTuple):
    """What `optimize` found, judged and did. `output` is the whole new text; without edits it is the source."""

    draft: Draft
    engine: str
    output: str
    edits: tuple[Edit, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    links: tuple[LinkSuggestion, ...]
    notes: tuple[Note, ...] = ()
    usage: Usage = Usage()
