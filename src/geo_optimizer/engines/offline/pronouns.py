"""The subject that "It" stands for, where the sentence before says for certain what is spoken of."""

from __future__ import annotations

import re

# "Argo CD is a delivery tool for ..."; what is defined so is what the next sentence goes on about. Only of such things, which do
# what is told of them: of a person or a place the next sentence may speak of something else.
_THING = (
    r"(?:tool|library|framework|language|server|service|database|engine|package|plugin|extension|module|program|application|app|system|platform|protocol|format|standard|method|function"
    r"|interface|component|compiler|device|camera|machine|editor|reader|client|controller|operator|solution|proxy|queue|cache)s?"
)
_DEFINED = re.compile(rf"(?P<subject>(?:The )?[A-Z][\w.+#-]*(?: [\w.+#-]+){{0,3}}) is (?:an?|the) (?:[\w-]+ ){{0,5}}{_THING}\b[^,;:]*\.$")
_GOES_ON = re.compile(r"It (?:also )?(?P<rest>(?P<verb>[a-z]+) (?!to\b|that\b|there\b|like\b|out\b|a lot\b).*)$")
# Verbs behind an "it" that stands for nothing, or for what the whole sentence before says.
_EMPTY = frozenset(
    "is was has had can could may might must should will would does did seems seemed appears takes took turns turned means meant makes made "
    "became becomes happens happened depends comes came goes went helps matters follows remains doesn rains snows pays costs hits sells lacks".split()
)
_NO_SUBJECT = re.compile(
    r"(?:It|This|That|These|There|Here|What|Which|Each|Every|One|Another|All|The (?:\w+ )?(?:first|second|third|last|next|other|same))\b"
)


def resolved(sentence: str, before: str) -> str | None:
    """An English sentence that opens with "It", with the subject that the sentence before it defines; None where that is not certain.

    >>> resolved("It watches the garden at night.", "Kestrel is a small camera for growers.")
    'Kestrel watches the garden at night.'
    """
    found, defined = _GOES_ON.match(sentence), _DEFINED.match(before)
    if not found or not defined or found["verb"] in _EMPTY or _NO_SUBJECT.match(before):
        return None
    if not found["verb"].endswith("s"):
        return None
    return f"{defined['subject']} {found['rest']}"
