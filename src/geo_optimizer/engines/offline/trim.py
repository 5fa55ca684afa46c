"""Shorter forms of an English sentence: words are dropped, none is added or moved.

What is dropped must not limit what stays: whatever has a denial, a condition, an
exception, a doubt, a source, a time or a figure (`LIMITS`) stays where it is.
That errs on the side of the longer form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from geo_optimizer.analysis.verbs import FINITE, VERBS, carries, is_verb
from geo_optimizer.engines.offline.words import STOP_WORDS, SUBORDINATORS

_OPENED = 0.02  # what a connective in front costs: the sentence was said of the one before
_MIN_WORDS = 5  # a clause shorter than this says too little alone

_CONNECTIVE = re.compile(
    r"(?:however|but|and|so|also|moreover|furthermore|additionally|therefore|thus|hence|yet|still|besides|meanwhile|nevertheless|nonetheless"
    r"|similarly|likewise|consequently|in addition|in fact|indeed|of course|as a result|in other words|on the other hand|in short|in summary"
    r"|in conclusion|to sum up|to summari[sz]e|to conclude|overall|ultimately|finally|lastly|last,? but not least|first|firstly|first of all"
    r"|second|secondly|third|thirdly|specifically|importantly|most importantly|interestingly|unfortunately|fortunately|luckily|basically"
    r"|essentially|simply put|that said|well|as always|needless to say|instead|plus|again|anyway|clearly|obviously|notably|in particular"
    r"|as you can see|as you may know|as we all know|on top of that|more importantly|even better|surprisingly|sadly|to be clear|remember"
    r"|in any case|all in all|at the end of the day|after all|as such|in essence|though|at the same time|with that in mind|with that said|having said that|for that reason|put differently)\s*[,:]\s+"
    r"|(?:but|and|so|yet|also|however)\s+(?=(?:we|you|they|he|she|it|i|the|an?|our|your|their|its|his|her|my|there|most|every|each|all|some)\b(?! of\b))",
    re.IGNORECASE,
)
_PRESENTING = re.compile(
    r"(?:(?:please )?(?:note|keep in mind|bear in mind|remember|be aware) that"
    r"|(?:as )?it turns out(?: that)?|turns out(?: that)?"
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
# The announcement up to a question that the article answers: what follows is what the reader learns.
_ANSWERS = re.compile(
    rf"(?:(?:in|with|through) (?:this|today's|our) {DOCUMENT},? )?(?:(?:(?:we|i|you){_WILL}|let's) {_SAY}"
    rf"|(?:this|today's) {DOCUMENT}(?: will| aims to| is going to)?(?: help you)? (?:{_SAY}|shows|teaches|demonstrates|explains|describes|discusses|explores|covers|outlines|examines"
    rf"|details|walks (?:you )?through|goes (?:over|through)|looks (?:at|into))){_OBJECT} (?P<question>(?:how|what|why|when|where|which|whether) \S.*)$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"^Today,? (?=(?:we|I)\b)")
# Behind the subject and perhaps an auxiliary.
_ALSO = re.compile(r"(?:[\w’',()-]+ ){1,12}?(?P<also>also )(?=[a-z])")
_BOTH = re.compile(r"\b(?:but|not only|and|or|while) (?:\w+ ){0,6}?also\b", re.IGNORECASE)
# What limits a claim: where one of these is, nothing is dropped.
LIMITS = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nothing|nobody|nowhere|without|cannot|hardly|barely|scarcely|rarely|seldom|few|little|less|fewer|if|unless|until|till|when|whenever|while|once"
    r"|provided|depending|assum\w+|given|subject|long as|case|except\w*|exclud\w+|apart|aside|bar|but|only|just|merely|least|most|up to|from|since|before|after|during|between|under|over"
    r"|almost|nearly|about|roughly|maybe|perhaps|probably|possibly|alleged\w*|suppos\w+|report\w*|claim\w*|rumou?r\w*|say|says|said|according|believ\w+|think\w*|thought|hope\w*|wrong\w*|false|untrue"
    r"|incorrect\w*|mistake\w*|myths?|hoax|disput\w+|contradict\w*|refut\w+|den(?:y|ies|ied)|doubt\w*|debunk\w*|fail\w*|reject\w*|repeal\w*|revers\w+|withdr\w+|stopp\w+|ends?|ended|cancel\w*"
    r"|longer|formerly|previously|however|though|although|despite|instead|yet|still|theory|paper|plan\w*|propos\w+|experiment\w*|beta|expect\w*|draft|will|would|could|might|may|now|today|later|then|again|soon"
    r"|two|three|four|five|six|seven|eight|nine|ten|half|exceptions?|neither|counting|ignoring|until|back|lost?|losing|worse|cheat\w*|lie[ds]?|broke\w*|fakes?|forged|parody|joke|fiction\w*|useless|critics?)\b|n['’]t\b|\d|%",
    re.IGNORECASE,
)
# A bracket that may go: a short form, an example, a pronunciation, what is linked.
_PARENTHESIS = re.compile(r"\s+\([^()]*\)(?!\w)")
_GLOSS = re.compile(
    r"\s+\((?:[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,5}s?|(?:e\.g\.|i\.e\.|for example|for instance|such as|like|see|also known as|aka|a\.k\.a\.|pronounced|short for|video|slides|pdf|link)\b[^()]*)\)"
)
_DOUBLED = re.compile(r",\s*,")
_DASHED = re.compile(r"\s*(?:—|\s–|\s--?)\s*(?P<aside>[^—–]*?)\s*(?:—|–\s|--?\s)\s*")
# Beside a dash only what says the same again or gives examples may go.
_SAYS_AGAIN = re.compile(r"\W*(?:an?|the|including|such as|like|especially|for example|for instance|namely)\b", re.IGNORECASE)
_DASH_TAIL = re.compile(r"\s*(?:—|\s–\s|\s--?\s).*$")
_WHICH_ASIDE = re.compile(
    r", (?:which|who|whose|where) [^,;:()]{3,80}, (?=(?:\w+ ){0,2}?(?:is|are|was|were|has|have|had|can|will|does|do|did|could|would|should|may|might|must)\b)"
)
_ASKED = re.compile(r"\b(?:how|what|who|where|why|when|whether)\b[^,]*$", re.IGNORECASE)  # what is a list of questions has no asides
_TAILS = (
    (re.compile(r"(?<!:);\s+.*$"), 0.04),
    (re.compile(r", which (?!is why|means).*$"), 0.03),
    (re.compile(r", (?:making|allowing|enabling|helping|giving|letting|causing|leading|resulting|ensuring|providing|including|such as|as well as|especially|particularly) [^,]*$"), 0.03),
    (re.compile(r", (?:so|because|since|as) (?:that )?(?:\w+ ){0,3}(?:is|are|was|were|has|have|can|could|will|would|do|does|did)\b.*$"), 0.05),
    (re.compile(r", and (?:we|you|they|it|i|this|that|there|he|she|their|its|his|her)(?:'\w+)? (?=.*\b(?:is|are|was|were|has|have|had|can|will|do|does|did)\b).*$", re.IGNORECASE), 0.04),
    (re.compile(r"(?<!\bwho\b)(?<!\bthat\b) in order to [^,]*$"), 0.05),
)  # fmt: skip
# What a clause can do without at its end; each begins behind a whole clause that has no comma of its own (see `_ends`).
_SECOND_CLAUSE = re.compile(r", and (?P<rest>.*)$")
_PARTICIPLE = re.compile(
    r", (?:\w+ly )?(?:making|allowing|enabling|helping|letting|leading|resulting|ensuring|providing|reducing|increasing|improving|saving|simplifying|creating|bringing|suggesting|matching) "
    r"(?![^,]* (?:and|or|and/or) \w+ing\b)[^,]*(?: [^\s,]+){3}$"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|only|without|hardly|rarely|seldom|few|unlikely|refus\w+|den(?:y|ies|ied)|reject\w*|fail\w*|doubt\w*|rumou?r\w*|claim\w*|said|says)\b|n['’]t\b",
    re.IGNORECASE,
)
# What is said of all, or in a figure, may be so only with what follows.
_WIDE = re.compile(
    r"\b(?:all|every\w*|any\w*|each|always|both|whole|half|third|quarter|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion)s?|\w+(?:teen|ty))\b|\d|%",
    re.IGNORECASE,
)
_OPENING_CLAUSE = re.compile(
    r"(?:in addition to|besides|as well as)\b [^,;:()]{3,110}, (?=\S)",
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
    for pattern in (_PRESENTING, _CONNECTIVE):
        if (found := pattern.match(plain)) and _is_clause(plain[found.end() :]):
            return capitalised(text[found.end() :])
    return _reason_alone(text)


def _without_also(text: str) -> str:
    """A statement that stands alone adds to nothing."""
    found = _ALSO.match(text)
    return text if not found or _BOTH.search(text) else text[: found.start("also")] + text[found.end("also") :]


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
    """Without one of its parts, each that limits nothing."""
    brackets = _PARENTHESIS.findall(body)
    if brackets and all(map(_GLOSS.fullmatch, brackets)):
        yield _DOUBLED.sub(",", _PARENTHESIS.sub("", body)), 0.01
    if (dashed := _DASHED.search(body)) and dashed.start() > 0 and not has_finite_verb(dashed["aside"].split(",")[0]):
        if _SAYS_AGAIN.match(dashed["aside"]) and not LIMITS.search(dashed["aside"]):
            yield body[: dashed.start()] + " " + body[dashed.end() :], 0.02
    elif (tail := _DASH_TAIL.search(body)) and _SAYS_AGAIN.match(tail.group()) and _may_go(body[: tail.start()], tail.group()):
        yield body[: tail.start()], 0.06
    if (aside := _WHICH_ASIDE.search(body)) and not _ASKED.search(body[: aside.start()]) and not LIMITS.search(aside.group()):
        yield body[: aside.start()] + " " + body[aside.end() :], 0.02
    for pattern, price in _TAILS:
        found = pattern.search(body)
        if found and _main_clause(body[: found.start()]) and _may_go(body[: found.start()], found.group()):
            yield body[: found.start()], price
    yield from _ends(body)
    if (opening := _OPENING_CLAUSE.match(body)) and not LIMITS.search(opening.group()):
        rest = body[opening.end() :]
        if _main_clause(rest) and not _is_torn(opening.group(), rest):
            yield rest, 0.03


def _may_go(kept: str, cut: str) -> bool:
    """Whether what stays is as true without what goes: neither limits the other."""
    return not (LIMITS.search(cut) or _NEGATION.search(kept) or (_WIDE.search(kept) and not _SECOND_CLAUSE.fullmatch(cut)))


def _is_torn(opening: str, rest: str) -> bool:
    """Whether the comma behind an opening is one inside it: of a list, or between a day and its year."""
    return "," in opening[:-2] or bool(re.match(r"\d{4}\b", rest))


def _ends(body: str) -> Iterator[tuple[str, float]]:
    """Without a second clause or a participle at the end, where what stays is whole without it."""
    for pattern, price in ((_SECOND_CLAUSE, 0.04), (_PARTICIPLE, 0.03)):
        found = pattern.search(body)
        if found and _may_go(body[: found.start()], found.group()) and _stays_whole(body[: found.start()], found):
            yield body[: found.start()], price


def _stays_whole(kept: str, cut: re.Match[str]) -> bool:
    """Whether a clause is whole without what is cut from its end: it has no list, and its last word leaves nothing open."""
    if "," in kept or not _main_clause(kept):
        return False
    words = words_of(kept.lower())
    if words[-1] in STOP_WORDS["en"] or words[-1] in FINITE or words[-1] == "done" or words[-1].endswith("ing"):
        return False
    return cut.re is _PARTICIPLE or (has_sure_verb(cut["rest"]) and _instructs(words_of(cut["rest"].lower())) <= _instructs(words))


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
