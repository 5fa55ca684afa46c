"""The JSON contracts. Lines are 1-based; spans are characters `[start, end)` of the decoded file, a BOM counting as one.

Objects may gain keys within a schema version; none is renamed or dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from geo_optimizer.analysis.excerpt import marked
from geo_optimizer.analysis.headings import heading_kind
from geo_optimizer.analysis.links import is_internal, links
from geo_optimizer.analysis.readability import readability
from geo_optimizer.analysis.statistics import statistics
from geo_optimizer.errors import GeoError
from geo_optimizer.model import Backlink, Draft, EnhancementKind, LinkSuggestion, Note, Optimization, Span, Statistic, Verdict
from geo_optimizer.report.result import SEVERITIES, Checked, CheckRun, Located, locate

SCHEMA = 1
Object = dict[str, Any]


def dumps(value: Object, *, indent: int | None = None) -> str:
    """UTF-8 can hold all of it: a lone surrogate, which a file name may have, stays a JSON escape."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace").decode("utf-8")


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def error(path: str, failure: GeoError) -> Object:
    return {"schema": SCHEMA, "path": path, "error": _error(failure)}


def _error(failure: GeoError) -> Object:
    return {"slug": failure.slug, "message": failure.message, "line": failure.line, "hint": failure.hint}


# ------------------------------------------------------------------ analyze


def analysis(draft: Draft, path: str) -> Object:
    measured = readability(draft)
    return {
        "schema": SCHEMA,
        "path": path,
        "title": draft.title,
        "language": draft.language,
        "words": sum(len(p.text.split()) for p in draft.prose if p.known is None and p.kind not in ("heading", "cell")),
        "headings": [
            {
                "level": h.level,
                "text": h.text,
                "line": draft.line(h.span.start),
                "span": _span(h.span),
                "kind": heading_kind(h, draft.language),
            }
            for h in draft.headings
        ],
        "statistics": [_statistic(draft, s) for s in statistics(draft)],
        "links": [
            {"line": draft.line(k.span.start), "span": _span(k.span), "text": k.text, "href": k.href, "internal": is_internal(k.href)}
            for k in links(draft)
        ],
        "readability": asdict(measured) if measured else None,
    }


def _statistic(draft: Draft, found: Statistic) -> Object:
    return {
        "line": draft.line(found.span.start),
        "span": _span(found.span),
        "sentence": found.sentence.text,
        "quotable": found.quotable,
        "why": found.why,
        "values": [{**v._asdict(), "span": _span(v.span)} for v in found.values],
        "time": found.time,
        "attribution": found.attribution,
        "attribution_place": found.attribution_place,
        "source_url": found.source_url,
        "source_place": found.source_place,
        "lacks": list(found.lacks),
        "confidence": round(found.confidence, 4),
    }


# ------------------------------------------------------------------ links, verify, propose


def suggestions(draft: Draft, path: str, found: Sequence[LinkSuggestion]) -> Object:
    return {"schema": SCHEMA, "path": path, "suggestions": [_suggestion(draft, s, rank) for rank, s in enumerate(found, 1)]}


def backlinks(found: Sequence[Backlink]) -> Object:
    """Lines and spans are of the pages' files; `path` is below the site's root."""
    return {"backlinks": [_backlink(one, rank) for rank, one in enumerate(found, 1)]}


def _backlink(found: Backlink, rank: int) -> Object:
    return {"rank": rank, **found._asdict(), "span": _span(found.span), "sentence": "".join(found.sentence)}


def _suggestion(draft: Draft, found: LinkSuggestion, rank: int) -> Object:
    return {
        "rank": rank,
        "anchor": found.anchor,
        "span": _span(found.span),
        "line": draft.line(found.span.start),
        "target": found.target,
        "title": found.title,
        "sentence": marked(draft, found.span).sentence,
        "reason": found.reason,
        "use_when": found.use_when,
        "score": round(found.score, 4),
        "recommended": found.recommended,
    }


def verification(draft: Draft, lines: Iterable[tuple[int, Verdict]]) -> Object:
    """`lines`: where each line stands in the text that was verified, and its verdict against the draft."""
    return {"schema": SCHEMA, "lines": [{"text": v.enhancement.text, "line": line, **_verdict(draft, v)} for line, v in lines]}


def _verdict(draft: Draft, verdict: Verdict) -> Object:
    return {
        "verdict": verdict.state,
        "score": round(verdict.score, 4),
        "reasons": [{"kind": r.kind, "detail": r.detail} for r in verdict.reasons],
        "evidence": [{"span": _span(s), "line": draft.line(s.start), "text": draft.text(s)} for s in verdict.evidence],
    }


def proposal(draft: Draft, path: str, verdicts: Sequence[Verdict], engine: str, taxonomy: str, notes: Iterable[Note] = ()) -> Object:
    """What would be written: the supported lines by part, every verdict, and why parts are missing."""

    def texts(kind: EnhancementKind) -> list[str]:
        return [v.enhancement.text for v in verdicts if v.supported and v.enhancement.kind == kind]

    categories = texts("category")
    return {
        "schema": SCHEMA,
        "path": path,
        "title": next(iter(texts("title")), None),
        "description": next(iter(texts("description")), None),
        "slug": next(iter(texts("slug")), None),
        "tags": categories if taxonomy == "tags" else [],
        "categories": categories if taxonomy != "tags" else [],
        "tldr": texts("tldr")[:5],
        "takeaways": texts("takeaway")[:5],
        "verdicts": [_enhancement(draft, v) for v in verdicts],
        "notes": [_note(draft, n) for n in notes],
        "engine": engine,
    }


def _enhancement(draft: Draft, verdict: Verdict) -> Object:
    return {"kind": verdict.enhancement.kind, "text": verdict.enhancement.text, **_verdict(draft, verdict)}


def _note(draft: Draft, note: Note) -> Object:
    return {"part": note.part, "message": note.message, "line": draft.line(note.span.start) if note.span is not None else None}


# ------------------------------------------------------------------ optimize, check


def optimization(done: Optimization, path: str, output: str | None) -> Object:
    """`output`: the path that was written, or None."""
    draft = done.draft
    return {
        "schema": SCHEMA,
        "path": path,
        "output": output,
        "error": None,
        "engine": done.engine,
        "enhancements": [_enhancement(draft, v) for v in done.verdicts],
        "findings": [_finding(found) for found in locate(draft, done.findings)],
        "links": [_suggestion(draft, s, rank) for rank, s in enumerate(done.links, 1)],
        "edits": [{"span": _span(e.span), "text": e.text, "kind": e.kind} for e in done.edits],
        "notes": [_note(draft, n) for n in done.notes],
        "usage": done.usage._asdict(),
    }


def checked(run: CheckRun) -> Object:
    """Every file with its findings, or the error that kept it from being checked."""
    count = {severity: run.count(severity) for severity in SEVERITIES}
    return {
        "schema": SCHEMA,
        "files": [checked_file(file) for file in run.files],
        "summary": {"files": len(run.files), "unreadable": run.unreadable, **count, "baseline": sum(file.known for file in run.files)},
    }


def checked_file(file: Checked) -> Object:
    return {
        "path": file.path,
        "error": _error(file.error) if file.error else None,
        "findings": [_finding(found) for found in file.findings],
    }


def _finding(found: Located) -> Object:
    fix = found.fix
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "line": found.start.line,
        "column": found.start.column,
        "end_line": found.end.line,
        "end_column": found.end.column,
        "span": _span(found.span),
        "fix": {"span": _span(fix.span), "text": fix.text, "title": fix.title, "safe": fix.safe} if fix else None,
    }
