"""The product, in order, and the promise it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from geo_optimizer.analysis.language import spelling
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.compose import FEWEST_LINES, compose, replaceable_keys, too_few, unfound_keys, wanted
from geo_optimizer.engines import Engine, enhancements
from geo_optimizer.engines.offline import OfflineEngine, unread, why_little
from geo_optimizer.errors import EngineError
from geo_optimizer.grounding import ground
from geo_optimizer.linking import Linking, settle_links
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.model import Brief, Draft, Edit, Enhancement, EnhancementKind, LinkSuggestion, Note, Optimization, Usage, Verdict
from geo_optimizer.options import PARTS, Options
from geo_optimizer.promise import Misread, verify_output
from geo_optimizer.rules import check
from geo_optimizer.site import phrases, suggest_links

if TYPE_CHECKING:
    from geo_optimizer.site import Site

_ALL_KINDS: frozenset[EnhancementKind] = frozenset(("title", "description", "slug", "category", "tldr", "takeaway"))


def optimize(
    source: str, engines: Sequence[Engine], site: Site | None = None, options: Options | None = None, *, path: str = "draft.md"
) -> Optimization:
    """Propose, ground and splice. Text without an edit comes out character for character.

    `engines`: the one that proposes, then the one whose lines stand in for
    what stays refused. Raises DraftRefused, EngineError, OutputUnsafe.
    """
    options = options or Options()
    draft = parse(source, path, dialect=options.dialect, language=options.language)
    options, asked = _as_the_draft_asks(draft, for_site(draft, site, options))
    findings = check(draft, options, site)
    about = brief(draft, site, options)
    verdicts, notes, engine, usage = settle(engines, about, _kinds(about, options), fallback=options.fallback)
    links = link(_titled(draft, verdicts, options), site, options)
    lines = [v.enhancement for v in verdicts if v.supported]
    edits, output, left_out = _plan(draft, lines, links, site, options)
    notes = (*asked, *notes, *unfound_keys(draft, lines, options), *left_out)
    return Optimization(draft, engine, output, edits, verdicts, findings, tuple(links.found), notes, usage)


def _plan(
    draft: Draft, lines: Sequence[Enhancement], links: Linking, site: Site | None, options: Options
) -> tuple[tuple[Edit, ...], str, tuple[Note, ...]]:
    """The edits and the output, verified. Parts that would make the author's text read otherwise are left out, as few as can be, with a note."""
    misread: Misread | None = None
    for number, left_out in ((n, some) for n in range(len(PARTS) + 1) for some in combinations(PARTS, n)):
        told = replace(options, parts=options.parts.difference(left_out))
        if number and len(told.parts) != len(options.parts) - number:
            continue
        edits, notes = _composed(draft, lines, links, told)
        output = apply_edits(edits, draft.source)
        leads = {link.suggestion.span: link.to for link in links.written}
        try:
            verify_output(draft, edits, output, partial(_again, lines, site, told), replaceable_keys(told), leads)
        except Misread as error:
            misread = misread or error
            continue
        why = misread.why if misread else ""
        unmade = tuple(Note(part, f"left out, because {why}") for part in left_out)
        return edits, output, (*links.notes, *notes, *unmade)
    assert misread is not None  # nothing to add is never misread, so this is not reached
    raise misread


def _again(lines: Sequence[Enhancement], site: Site | None, options: Options, after: Draft) -> Sequence[Edit]:
    """What a run that proposes the same lines would change in the output."""
    return _composed(after, lines, link(after, site, options), options)[0]


def _composed(draft: Draft, lines: Sequence[Enhancement], links: Linking, options: Options) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
    """With the links in the text, or listed."""
    return compose(draft, lines, () if options.apply_links else links.found, options, links.written)


def _as_the_draft_asks(draft: Draft, options: Options) -> tuple[Options, tuple[Note, ...]]:
    """`geo_optimizer: false` leaves the draft alone; a mapping leaves out the parts it sets to false. Anything else gets a note."""
    asked = draft.frontmatter.values.get("geo_optimizer") if draft.frontmatter else None
    if asked is False:
        return replace(options, parts=frozenset()), ()
    if isinstance(asked, dict) and all(key in PARTS for key in asked):
        return replace(options, parts=frozenset(part for part in PARTS if part in options.parts and asked.get(part) is not False)), ()
    if asked is None or asked is True:
        return options, ()
    why = f"`geo_optimizer: {asked}` is not understood; it is false, or sets parts ({', '.join(PARTS)}) to false. Nothing was added"
    return replace(options, parts=frozenset()), (Note("frontmatter", why),)


def for_site(draft: Draft, site: Site | None, options: Options) -> Options:
    """The options, with what the pages of the site show for this draft."""
    return replace(options, habits=site.habits(draft, options.preset) if site else None)


def brief(draft: Draft, site: Site | None = None, options: Options | None = None) -> Brief:
    """What an engine is told of a draft; `options` as `for_site` gives them."""
    options = options or for_site(draft, site, Options())
    taxonomy = options.taxonomy or "categories"
    anew = "title" in options.refresh
    own = tuple(s for s in draft.sentences if _is_the_authors(draft, s.prose))
    filing = site.filing(draft, taxonomy) if site else {}
    questions = draft.frontmatter.values.get("questions") if draft.frontmatter else None
    return Brief(
        draft=draft,
        title=_own_heading(draft) or draft.title if anew else draft.title,
        anew=frozenset({"title"} if anew else ()),
        spelling=spelling(draft),
        sentences=own,
        statistics=statistics(draft),
        taxonomy=taxonomy,
        vocabulary=tuple(filing),
        chances=tuple(filing.values()),
        manner=site.manner(draft) if site else None,
        questions=tuple(str(q) for q in questions) if isinstance(questions, list) else (),
    )


def _own_heading(draft: Draft) -> str | None:
    """The article's H1: what a title that is to be made anew can be taken from."""
    return next((h.text for h in draft.headings if h.level == 1 and h.text and draft.prose[h.prose].known is None), draft.given_title)


def _is_the_authors(draft: Draft, prose: int) -> bool:
    return draft.prose[prose].known is None and draft.prose[prose].kind not in ("heading", "footnote")


def _kinds(about: Brief, options: Options) -> frozenset[EnhancementKind]:
    """What is wanted; no category where none of the site's own fits, since a new one is not for a tool to found."""
    kinds = wanted(about.draft, options)
    return kinds - {"category"} if options.taxonomy and not about.vocabulary else kinds


def _titled(draft: Draft, verdicts: Sequence[Verdict], options: Options) -> Draft:
    """The draft with the title that it gets, as the next run will find it: links must not change by that."""
    title = next((v.enhancement.text for v in verdicts if v.supported and v.enhancement.kind == "title"), None)
    if title is None or "frontmatter" not in options.parts:
        return draft
    if "title" in options.refresh and draft.frontmatter and isinstance(draft.frontmatter.values.get("title"), str):
        return replace(draft, frontmatter=replace(draft.frontmatter, values={**draft.frontmatter.values, "title": title}), facts={})
    return draft if draft.title else replace(draft, given_title=title, facts={})


def suggest(draft: Draft, site: Site | None, options: Options) -> tuple[LinkSuggestion, ...]:
    """Links into the site or, without one, phrases of the draft that deserve a link."""
    if "links" not in options.parts:
        return ()
    return suggest_links(draft, site) if site else phrases(draft)


def link(draft: Draft, site: Site | None, options: Options) -> Linking:
    """The suggestions, and what of them is to be written into the text."""
    found = suggest(draft, site, options)
    return settle_links(draft, site, found) if site and options.apply_links and "links" in options.parts else Linking(list(found))


def settle(
    engines: Sequence[Engine], about: Brief, kinds: frozenset[EnhancementKind] = _ALL_KINDS, *, fallback: bool = False
) -> tuple[tuple[Verdict, ...], tuple[Note, ...], str, Usage]:
    """Every proposed line with its verdict, notes, the engine that ran and what it took.

    Refused lines go back once; a kind that is still empty gets the next
    engine's lines, or none. With `fallback`, an engine that fails is passed
    over with a note; otherwise its EngineError is raised.
    """
    if not kinds:
        return (), (), "none", Usage()
    try:
        verdicts = _proposed(engines[0], about, kinds)
    except EngineError as error:
        if not fallback or len(engines) == 1:
            raise
        rest, notes, name, usage = settle(engines[1:], about, kinds)
        return rest, (Note("engine", f"{engines[0].name} failed ({error}); the {name} engine wrote the lines"), *notes), name, usage
    for other in engines[1:]:
        lacking = kinds - {v.enhancement.kind for v in verdicts if v.supported}
        verdicts += tuple(v for v in _proposed(other, about, lacking) if v.supported) if lacking else ()
    skipped = unread(about) if engines[0].name == OfflineEngine.name else None
    return verdicts, (Note("draft", skipped),) if skipped else (), engines[0].name, engines[0].usage


def lacking(draft: Draft, verdicts: Sequence[Verdict]) -> tuple[Note, ...]:
    """Why there are no lines for a part, or fewer than it must have."""
    notes = []
    for kind, part, least in (("description", "description", 1), ("tldr", "tldr", FEWEST_LINES), ("takeaway", "takeaways", FEWEST_LINES)):
        count = sum(v.supported and v.enhancement.kind == kind for v in verdicts)
        if count < least:
            notes.append(Note(part, too_few(draft, count) if least > 1 else why_little(draft)))
    return tuple(notes)


def _proposed(engine: Engine, about: Brief, kinds: frozenset[EnhancementKind]) -> tuple[Verdict, ...]:
    """The engine's lines of these kinds, judged; and, once, what it has instead of the refused ones."""
    lines = [line for line in enhancements(engine.propose(about), about) if line.kind in kinds]
    verdicts = tuple(_judged(line, about) for line in lines)
    refused = [v for v in verdicts if not v.supported]
    revised = engine.revise(about, refused) if refused else None
    if revised is None:
        return verdicts
    had = {(v.enhancement.kind, v.enhancement.text) for v in verdicts}
    again = [line for line in enhancements(revised, about) if line.kind in kinds and (line.kind, line.text) not in had]
    return verdicts + tuple(_judged(line, about) for line in again)


def _judged(line: Enhancement, about: Brief) -> Verdict:
    """By the draft; but under which of its own terms a site files a page is for the site to say, not a claim of the draft."""
    if line.kind == "category" and line.text in about.vocabulary:
        return Verdict(line, "supported", 1.0)
    return ground(line, about.draft)
