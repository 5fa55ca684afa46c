"""Shorter forms of an English sentence, each grammatical by construction: words are dropped, none is added or moved.

Nothing is dropped that limits what is claimed: no hedge ("I think"), no
condition ("if", "unless"), no contrast ("but"), no negated head before a dash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from geo_optimizer.analysis.verbs import FINITE, VERBS, carries, is_verb
from geo_optimizer.engines.offline.words import ANNOUNCED, STOP_WORDS, SUBORDINATORS

_TELLING = 5  # words with a topic that a clause must have to go without its reason or manner
_CAN = frozenset({"can", "could", "may", "might"})  # what can be is told by how
_OPENED = 0.02  # what a connective in front costs: the sentence was said of the one before
_MIN_WORDS = 5  # a clause shorter than this says too little alone

_CONNECTIVE = re.compile(
    r"(?:however|but|and|so|also|moreover|furthermore|additionally|therefore|thus|hence|yet|still|besides|meanwhile|nevertheless|nonetheless"
    r"|similarly|likewise|consequently|in addition|in fact|indeed|of course|as a result|in other words|on the other hand|in short|in summary"
    r"|in conclusion|to sum up|to summari[sz]e|to conclude|overall|ultimately|finally|lastly|last,? but not least|first|firstly|first of all"
    r"|second|secondly|third|thirdly|specifically|importantly|most importantly|interestingly|unfortunately|fortunately|luckily|basically"
    r"|essentially|simply put|that said|well|as always|needless to say|instead|plus|again|anyway|clearly|obviously|notably|in particular"
    r"|as you can see|as you may know|as we all know|on top of that|more importantly|even better|surprisingly|sadly|to be clear|remember"
    r"|in any case|all in all|at the end of the day|after all|as such|in essence|though|in general|generally speaking|at the same time|with that in mind|with that said|having said that|for that reason|put differently)\s*[,:]\s+"
    r"|(?:but|and|so|yet|also|however)\s+(?!\w+ed\b|(?:far|long|much|many|that|called|then|another|for|if|too|being|on|forth)\b)(?=[\w\"“'‘$€£])",
    re.IGNORECASE,
)
_PRESENTING = re.compile(
    r"(?:(?:please )?(?:note|keep in mind|bear in mind|remember|be aware) that"
    r"|(?:as )?it turns out(?: that)?|turns out(?: that)?|(?:this|which) means that|what this means is that"
    r"|the (?:good news|bad news|nice thing|great thing|best part|beauty|fact|truth|result|point|upshot|bottom line|main point|key point|takeaway|key takeaway|lesson|main lesson|reality) is that"
    r"|(?:today,? )?(?:we are|we're|i am|i'm) (?:very |so |super |really )?(?:happy|pleased|excited|proud|thrilled|delighted|glad) to "
    r"(?:announce|share|report|say|tell you) that)\s+",
    re.IGNORECASE,
)
DOCUMENT = (
    r"(?:(?:short|brief|quick|first|second|third|new|blog|step-by-step|hands-on|two-part|three-part) )*"
    r"(?:post|article|tutorial|guide|document|page|talk|series|piece|walkthrough|section|chapter|lesson|episode|report|paper|how-to|write-up|blog)"
)
_SAY = (
    r"(?:show|teach|demonstrate|explain|describe|discuss|see|learn|explore|cover|share|outline|examine|detail|walk (?:you )?through|go (?:over|through)"
    r"|look (?:at|into)|take a look at|talk about|find out|discover)"
)
_OBJECT = r"(?: (?:you|to you|readers|with you))?"
_WILL = r"(?:'ll| will| are going to|'re going to|'m going to| am going to| want to| would like to|'d like to| can| shall| hope to)?(?: (?:also|briefly|quickly|first))?"
# The announcement up to "how to": what follows is an instruction.
_HOW_TO = re.compile(
    rf"(?:(?:in|throughout|with|through) (?:this|today's|the following|our) {DOCUMENT}(?: of [^,]{{3,40}})?,? )?"
    rf"(?:(?:we|i|you|let){_WILL}|let's) {_SAY}{_OBJECT} how to (?=[a-z])"
    rf"|(?:this|the following|today's) {DOCUMENT}(?: will| aims to| is going to)?(?: help you)? (?:{_SAY}|shows|teaches|demonstrates|explains|describes|discusses"
    rf"|explores|covers|shares|outlines|examines|details|walks (?:you )?through|goes (?:over|through)|looks (?:at|into)){_OBJECT} how to (?=[a-z])"
    rf"|(?:the )?(?:main )?(?:goal|aim|purpose|objective|point) of this {DOCUMENT} is to (?:help you (?:to )?|show(?: you)? how to |teach(?: you)? how to )?(?=[a-z])",
    re.IGNORECASE,
)
# The announcement up to a question that the article answers: what follows is what the reader learns.
_ANSWERS = re.compile(
    rf"(?:(?:in|with|through) (?:this|today's|our) {DOCUMENT},? )?(?:(?:(?:we|i|you){_WILL}|let's) {_SAY}"
    rf"|(?:this|today's) {DOCUMENT}(?: will| aims to| is going to)?(?: help you)? (?:{_SAY}|shows|teaches|demonstrates|explains|describes|discusses|explores|covers|outlines|examines"
    rf"|details|walks (?:you )?through|goes (?:over|through)|looks (?:at|into))){_OBJECT} (?P<question>(?:how|what|why|when|where|which|whether) \S.*)$",
    re.IGNORECASE,
)
# The announcement up to its verb, where the verb can stand as an instruction.
_IN_THIS = re.compile(
    rf"(?:in|throughout|with|through) (?:this|today's|the following|our) {DOCUMENT}(?: of [^,]{{3,40}})?,? (?:we|i|you)"
    r"(?:'ll| will| are going to|'re going to|'m going to| am going to| want to)(?: (?:also|briefly|quickly|first))? (?P<verb>[a-z]+) "
    r"|you(?:'ll| will)(?: also)? (?P<you>learn|discover|see) ",
    re.IGNORECASE,
)
_FOR_OTHERS = re.compile(r"\w+ (?:you|us|them|people|users)\b", re.IGNORECASE)
_IMPORTANT_TO = re.compile(
    r"it(?:'s| is) (?:very |really |also )?(?:important|essential|crucial|vital|critical|best|a good idea|good practice) to (?=[a-z])",
    re.IGNORECASE,
)

_TODAY = re.compile(r"^Today,? (?=(?:we|I)\b)")
# Behind the subject and perhaps an auxiliary.
_ALSO = re.compile(r"(?:[\w’',()-]+ ){1,12}?(?P<also>also )(?=[a-z])")
_BOTH = re.compile(r"\b(?:but|not only|and|or|while) (?:\w+ ){0,6}?also\b", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s+\([^()]*\)(?!\w)")
_DOUBLED = re.compile(r",\s*,")
_LIMITS = re.compile(r"\b(?:if|not|only|unless|except|without|never|until)\b|n['’]t\b", re.IGNORECASE)
_DASHED = re.compile(r"\s*(?:—|\s–|\s--?)\s*(?P<aside>[^—–]*?)\s*(?:—|–\s|--?\s)\s*")
_GOES_ON = re.compile(r"\W*(?:and|but|or|so|yet|which|that|because|if)\b", re.IGNORECASE)
_DASH_TAIL = re.compile(r"\s*(?:—|\s–\s|\s--?\s).*$")
_WHICH_ASIDE = re.compile(
    r", (?:which|who|whose|where) [^,;:()]{3,80}, (?=(?:\w+ ){0,2}?(?:is|are|was|were|has|have|had|can|will|does|do|did|could|would|should|may|might|must)\b)"
)
_ASKED = re.compile(r"\b(?:how|what|who|where|why|when|whether)\b[^,]*$", re.IGNORECASE)  # what is a list of questions has no asides
_TAILS = (
    (re.compile(r"(?<!:);\s+.*$"), 0.04),
    (re.compile(r", which (?!is why|means).*$"), 0.03),
    (re.compile(r", (?:making|allowing|enabling|helping|giving|letting|causing|leading|resulting|ensuring|providing|including|such as|as well as|especially|particularly) .*$"), 0.03),
    (re.compile(r", (?:so|because|since|as) (?:that )?(?:\w+ ){0,3}(?:is|are|was|were|has|have|can|could|will|would|do|does|did)\b.*$"), 0.05),
    (re.compile(r", and (?:we|you|they|it|i|this|that|there|he|she|their|its|his|her)(?:'\w+)? (?=.*\b(?:is|are|was|were|has|have|had|can|will|do|does|did)\b).*$", re.IGNORECASE), 0.04),
    (re.compile(r" in order to .*$"), 0.05),
)  # fmt: skip
# What a clause can do without at its end; each begins behind a whole clause that has no comma of its own (see `_ends`).
_SECOND_CLAUSE = re.compile(r", and (?P<rest>.*)$")
_PARTICIPLE = re.compile(r", (?:\w+ly )?(?P<verb>(?!depending)\w+ing) (?![^,]* (?:and|or|and/or) \w+ing\b)[^,]*(?: [^\s,]+){3}$")
_REASON = re.compile(r" (?:because|so that) .*$")
_MANNER = re.compile(r" by (?:\w+ly )?\w+ing [^,]*$")
_NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|only|without|hardly)\b|n['’]t\b", re.IGNORECASE)
_OPENING_CLAUSE = re.compile(
    r"(?:as part of|in addition to|besides|as well as)\b [^,;:()]{3,110}, (?=\S)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:what|how|why|when|where|who|whom|whose|which)(?:'s|'re| (?:is|are|was|were|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had))\b",
    re.IGNORECASE,
)
_RELATIVES = frozenset({"that", "which", "who", "whom", "whose", "where"})
_RELATIVE_VERBS = frozenset({"that's", "who's"})
_STOP = re.compile(r"[.!]$")
_WORD = re.compile(r"[\w'’-]+")


def words_of(text: str) -> list[str]:
    """Words with their inner apostrophes (made straight) and hyphens."""
    return [w.strip("'-") for w in _WORD.findall(text.replace("’", "'")) if w.strip("'-_")]


def has_finite_verb(text: str) -> bool:
    """Whether some word can carry a clause: a known finite form, or a known verb in the present or past; or it is an instruction."""
    words = [word.lower() for word in words_of(text)]
    return _instructs(words) or any(carries(before, word) for before, word in pairwise(words))


def has_main_verb(text: str) -> bool:
    """Whether a finite verb is left when each relative clause has taken one; a subordinate clause in front does not count."""
    words = [word.lower() for word in words_of(text)]
    if words and words[0] in SUBORDINATORS and "," in text:
        return has_main_verb(text.partition(",")[2])
    return _instructs(words) or _main_verb(words, carries)


def has_sure_verb(text: str) -> bool:
    """Whether a clause is certain: an instruction, or an auxiliary or irregular verb that belongs to no relative clause."""
    words = [word.lower() for word in words_of(text)]
    return _instructs(words) or _main_verb(words, lambda _, word: word in FINITE)


def _instructs(words: list[str]) -> bool:
    """Whether the first word is a base form, or a pronoun with its verb ("we're")."""
    return bool(words) and ((words[0] in VERBS and words[1:2] != ["of"]) or ("'" in words[0] and words[0] in FINITE))


def _main_verb(words: list[str], carries: Callable[[str, str], bool]) -> bool:
    relative = False
    for before, word in pairwise(words):
        if word in _RELATIVES and not is_verb(before):
            relative = True
        elif carries(before, word) and word not in _RELATIVE_VERBS:
            if not relative:
                return True
            relative = False
    return False


def capitalised(text: str) -> str:
    """With its first letter as a capital, unless its first word is a name that begins small ("iOS", "node.js")."""
    first = text.split(" ", 1)[0].rstrip(",.;:")
    if not text or not text[0].islower() or any(c.isupper() or c in "._/()" or c.isdigit() for c in first[1:]):
        return text
    return text[0].upper() + text[1:]


def without_openers(sentence: str) -> str:
    """Without connectives and announcements in front, as often as there are any."""
    text, before = sentence, ""
    while text != before:
        before = text
        text = capitalised(_unwrapped(text)) if sentence[:1].isupper() else _unwrapped(text)
    return text


def as_lesson(sentence: str) -> str | None:
    """An announcement of what the article answers as what its reader learns ("This guide explains how ..."); None for another sentence."""
    found = _ANSWERS.match(sentence.replace("’", "'"))
    return f"Learn {sentence[found.start('question') :]}" if found else None


def _unwrapped(text: str) -> str:
    text = _without_also(_TODAY.sub("", text))
    plain = text.replace("’", "'")
    if (
        (found := _HOW_TO.match(plain) or _IMPORTANT_TO.match(plain))
        and _instruction(plain[found.end() :])
        and not _FOR_OTHERS.match(plain[found.end() :])
    ):
        return capitalised(text[found.end() :])
    if found := _IN_THIS.match(plain):
        verb = found["verb"] or found["you"]
        if verb.lower() in ANNOUNCED:
            return capitalised(text[found.start("verb" if found["verb"] else "you") :])
    for pattern in (_PRESENTING, _CONNECTIVE):
        if (found := pattern.match(plain)) and _is_clause(plain[found.end() :]):
            return capitalised(text[found.end() :])
    return _reason_alone(text)


def _without_also(text: str) -> str:
    """A statement that stands alone adds to nothing."""
    found = _ALSO.match(text)
    return text if not found or _BOTH.search(text) else text[: found.start("also")] + text[found.end("also") :]


def _instruction(text: str) -> bool:
    words = words_of(text)
    return len(words) >= 3 and words[0].islower() and (words[0] in VERBS or words[0] in ANNOUNCED)


def _reason_alone(text: str) -> str:
    """ "Because X." answers the question before it; X is a sentence of its own."""
    if text.startswith("Because ") and "," not in text and _is_clause(text[8:]):
        return capitalised(text[8:])
    return text


def _is_clause(text: str) -> bool:
    """Whether `text` can be a sentence: enough words, a finite verb, and no subordinator without its main clause."""
    words = words_of(text)
    if len(words) < _MIN_WORDS or not has_finite_verb(text):
        return False
    return words[0].lower() not in SUBORDINATORS or "," in text


def shorter(sentence: str) -> Iterator[tuple[str, float]]:
    """The sentence in ever shorter forms, itself first, each with what the cut costs (0 nothing .. 1); none for the rest of a sentence that code interrupts."""
    base = without_openers(sentence)
    if base[:1].islower():
        return
    opened = _OPENED if _CONNECTIVE.match(sentence.replace("’", "'")) else 0.0
    if _asks(base):
        yield base, opened
        return
    seen = {base}
    queue = [(base, opened)]
    while queue:
        text, cost = queue.pop(0)
        yield text, cost
        for cut, price in _cuts(text):
            if cut not in seen and len(seen) < 12:
                seen.add(cut)
                queue.append((cut, cost + price))


def _asks(text: str) -> bool:
    """Whether a sentence opens or ends as a question: what is left of one after a cut would be no statement."""
    return text.endswith("?") or bool(_ASKS.match(text.replace("’", "'")))


def _cuts(text: str) -> Iterator[tuple[str, float]]:
    end = _STOP.search(text)
    body, stop = (text[: end.start()], end.group()[0]) if end else (text, ".")
    for bare, price in _bare_cuts(body):
        cut = bare.rstrip(" ,;:—–-")
        if len(cut) < len(body) and _is_clause(cut) and balanced(cut):
            yield capitalised(cut) + stop, price


def _bare_cuts(body: str) -> Iterator[tuple[str, float]]:
    if (bracket := _PARENTHESIS.search(body)) and not _LIMITS.search(bracket.group()):
        yield _DOUBLED.sub(",", _PARENTHESIS.sub("", body)), 0.01
    if (dashed := _DASHED.search(body)) and dashed.start() > 0 and not has_finite_verb(dashed["aside"].split(",")[0]):
        yield body[: dashed.start()] + " " + body[dashed.end() :], 0.02
    elif (tail := _DASH_TAIL.search(body)) and not _NEGATION.search(body[: tail.start()]) and not _GOES_ON.match(tail.group()):
        yield body[: tail.start()], 0.06
    if (aside := _WHICH_ASIDE.search(body)) and not _ASKED.search(body[: aside.start()]):
        yield body[: aside.start()] + " " + body[aside.end() :], 0.02
    for pattern, price in _TAILS:
        if (found := pattern.search(body)) and _main_clause(body[: found.start()]):
            yield body[: found.start()], price
    yield from _ends(body)
    if (
        (opening := _OPENING_CLAUSE.match(body))
        and _main_clause(body[opening.end() :])
        and not _is_torn(opening.group(), body[opening.end() :])
    ):
        yield body[opening.end() :], 0.03


def _is_torn(opening: str, rest: str) -> bool:
    """Whether the comma behind an opening is one inside it: of a list, or between a day and its year."""
    return "," in opening[:-2] or bool(re.match(r"\d{4}\b", rest))


def _ends(body: str) -> Iterator[tuple[str, float]]:
    """Without a second clause, a participle, a reason or a manner at the end, where what stays is whole without it."""
    for pattern, price in ((_SECOND_CLAUSE, 0.04), (_PARTICIPLE, 0.03), (_REASON, 0.05), (_MANNER, 0.08)):
        if (found := pattern.search(body)) and _stays_whole(body[: found.start()], found):
            yield body[: found.start()], price


def _stays_whole(kept: str, cut: re.Match[str]) -> bool:
    """Whether a clause is whole without what is cut from its end: it denies nothing, and its last word leaves nothing open."""
    if "," in kept or not _main_clause(kept) or _NEGATION.search(kept):
        return False
    words = words_of(kept.lower())
    last = words[-1]
    if cut.re in (_REASON, _MANNER) and (len([w for w in words if w not in STOP_WORDS["en"]]) < _TELLING or not _CAN.isdisjoint(words)):
        return False
    if last in STOP_WORDS["en"] or last in FINITE or last == "done" or last.endswith("ing"):
        return False
    if cut.re is _SECOND_CLAUSE:
        return has_sure_verb(cut["rest"]) and _instructs(words_of(cut["rest"].lower())) <= _instructs(words_of(kept.lower()))
    return _is_participle(cut["verb"]) if cut.re is _PARTICIPLE else not (is_verb(last) or last.endswith(("ed", "ly")))


def _is_participle(word: str) -> bool:
    bare = word.lower().removesuffix("ing")
    return bare in VERBS or bare + "e" in VERBS or (len(bare) > 3 and bare[-1] == bare[-2] and bare[:-1] in VERBS)


def _main_clause(text: str) -> bool:
    """Whether `text` begins with its main clause: no subordinator in front, no list of things up to its verb."""
    words = [word.lower() for word in words_of(text)]
    if len(words) < _MIN_WORDS or words[0] in SUBORDINATORS:
        return False
    return has_finite_verb(text.rsplit(",", 1)[0] if text.count(",") == 1 else text)


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that opens is closed."""
    return (
        text.count("(") == text.count(")")
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and text.count("[") == text.count("]")
    )
