"""Whether a line makes sense with nothing before or after it. The judgement is on the safe side: no line is better than a lost one."""

from __future__ import annotations

import re

from geo_optimizer.analysis.calls import is_call_to_action
from geo_optimizer.analysis.verbs import VERBS, is_verb
from geo_optimizer.engines.offline import languages
from geo_optimizer.engines.offline.stems import stem
from geo_optimizer.engines.offline.trim import DOCUMENT, balanced, capitalised, has_main_verb, has_sure_verb, words_of
from geo_optimizer.engines.offline.words import AUXILIARIES, LEANING, STOP_WORDS, SUBORDINATORS, word_set

# A step that is told, a hypothesis, a day that only its reader knew, something that is shown.
_TOLD = re.compile(
    r"^(?:now that|now you|having \w+ (?:our|the|your|this)|with (?:the|our|your|that) [^,]{2,40} (?:deployed|installed|running|configured|created|done|in place|set up|ready)\b"
    r"|once (?:the|you|your|our|that|everything) [^,]{2,50},|after (?:the|you|running|installing|that|doing) [^,]{0,50},|to start,|to (?:get started|begin)|as (?:you can see|we saw|we've seen|mentioned|already|a matter)"
    r"|even then|therefore|rather (?!than)|in order to do|whichever|notice that|note |obviously|going forward|for now|for the [a-z]+,|you're a\b|you just\b|you may already|last (?:time|week|month|night)|this (?:week|month)"
    r"|next (?:week|month)|(?:mon|tues|wednes|thurs|fri|satur|sun)day['’]s|first,? (?:we|you|let)|finally\b|then,? |before creating|in a few seconds|inside the|we start\b|lets )"
    r"|\b(?:you have now|you['’]ve now|let['’]s|it['’]s time to|we['’]ll need|we need to \w+ our|will now|you should (?:now )?see|should now|we then|we['’]re going to|we are going to|successfully \w+ed"
    r"|for (?:quite )?a while|we now|we can now|we['’]ll|we need to|we(?: are|['’]re) (?!happy|pleased|excited|proud|thrilled|delighted|announcing|introducing|launching|releasing)\w+ing|our (?:first|next) (?:task|step|job)|(?:you['’]ll|should|will) notice|you will then|you can (?:now|then)|used later|we will|you will first|will appear under|you should (?:be able|already)|should already be|later we|on the next page|the author of this|lines? \d+|on the (?:left|right|top|bottom)|(?:left|right)-hand side|(?:second|third|first|last) (?:row|column|line)|in the (?:screenshot|image|figure|table|video|diagram|picture))\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\bwould\b", re.IGNORECASE)
_SLIP = re.compile(
    r"\w - is\b| ,|\b(?P<word>[a-z]+) (?P=word)\b(?<!that that)(?<!had had)|\b(?:a|an) (?:the|a|an)\b|\bthe (?:the|a)\b", re.IGNORECASE
)
_MARKUP = re.compile(
    r"https?://|\]\[|www\.|\S+@\S+\.\S|[<>{}|\\`\ue000]|\]\(|\[\^|::|&\w+;| = |==|[a-z]{2}(?<!\betc)\. [a-z]|\$\w+\b(?<!\d)|(?:^|\s)--?\w+=|\[[ x]?\]"
)
_CODE = re.compile(
    r"^(?:import|export|from|const|var|let|def|class|function|return|select|sudo|npm|pip|curl|docker|kubectl)\b.*[;={(\"']", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:(?:below|above)\b(?! (?:the|an?|zero|all|average|sea|ground|\d))|following|click here|read on|read more|next (?:section|chapter|step|example)|previous(?:ly)?|earlier|later in|as (?:mentioned|noted|discussed|shown)"
    r"|(?:see|in) (?:figure|table|section|step) \d|(?:this|the|our|my|present) (?:blog )?(?:post|article|blog|page|section|tutorial|figure|table|episode|chapter|lesson|guide|series|talk|document|newsletter)"
    r"|(?:figure|table|listing|step|stage) \d+\b(?! of)|screenshot|\bin (?:our|my|the|an) example\b|\bhere\b|\bthere[.,!;]|these (?:two|three|four|steps|examples)|you(?:'ve| have) (?:just )?(?:seen|read))",
    re.IGNORECASE,
)
_OWN_PAGE = re.compile(rf"\b(?:this|today['’]s) {DOCUMENT}\b", re.IGNORECASE)
_POINTED = re.compile(r"\b(?:this|these|that|those) (?P<noun>[a-z][\w-]+)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:this|these|those)\b(?! (?:year|month|week|spring|summer|autumn|fall|winter|morning|day|century|decade|who|which)\b)"
    r"|\b(?:of|for|with|to|from|by|at|on|about|behind|like|in|than) that\b|\bthat (?:\$|€|£|\d|\w+ (?:figure|number|statistic|gap)|same)"
    r"|\b(?:the )?(?:former|latter)\b|\bthe same (?:results?|way|thing|goes|applies|is true)\b|\bthe (?:same|other|rest|others|two|three|first|second|third|last|next|final) (?:one|two|three|group|case|approach|option|thing|kind|part|of)\b"
    r"|\b(?:do|does|did|doing|done) so\b|\b(?:less|more|much|most|some|all|part|none|rest|half|many|few) of (?:it|them)\b|\b(?:another|neither|both|ones?)(?=[,.;])"
    r"|\b(?:accordingly|for example|meanwhile|in turn|moreover|furthermore|nevertheless|just that|what follows|as we['’]ll see|\d+ (?:days|weeks|months|years) later|the corresponding)\b|\beither\.$"
    r"|\bsuch (?!as\b|a thing\b)[a-z]+s\b|\bin question\b|\b(?!(?:is|are|was|be|know|say|says|said|so|now|think|see|mean|means)\b)\w+ that [a-z]+(?=[,.;])|\bwhere that\b|\bthat (?:burden|document|material|speedup|information|data|knowledge|work|project|team|version|release)\b|\b\w+ that (?:process|step|flow|time|point|page|file|code|value|line|approach|method|option|feature|setting|function|case|kind|freedom)\b"
    r"|\b(?:instead|alternatively|otherwise)[.,]|\balso\b(?<!but also)|\bsimilar (?:list|way|approach|vein|manner|fashion)\b"
    r"|, (?:however|though|then|therefore|too)(?=[,.])|\b(?:as well|too)(?=[,.])|^(?:in|for) (?:other|some|most|many|such|both|all) cases\b|\banother one\b"
    r"|(?:^|, |\b(?:us|me|you|them) )that (?:is|was)\b|\bsuch an?\b|\blike that\b|\beither way\b",
    re.IGNORECASE,
)
_LEANING_THE = re.compile(
    r"(?:for (?:example|instance)|as an example|by contrast|in contrast|in addition|instead of|because of (?:this|that)|as (?:above|before)|likewise|next|also|however|still"
    r"|(?:yesterday|tomorrow|tonight|now|someone|somebody|whatever|alternatively|as already|great,|as an option|in the (?:example|case) above|regardless of the|some,)(?:\b|(?<=,))"
    r"|in an? (?:more|less) |all that is\b|as a (?:compromise|result|consequence)\b|even more\b|most significant\b|on the other hand\b|the (?:downside|upside)\b|if that\b|as you now know|at a glance|a similar\b|an? (?:additional|further|better|different)\b|adding to\b|in brief|anyway\b|finally\b|additionally\b|others?\b|what that\b|in the case of\b|from \w+ we saw|a few (?:days|weeks|months|years) later|just\b|whelp\b|(?:meaning|allowing|enabling) that\b|doesn't\b|just like\b|any [a-z]+ [a-z]+s\b|the (?:effect|nice thing|chart|graph|diagram|picture|person in question)\b"
    r"|if (?:so|not)\b|(?:from|by|at|after|before|since|until) (?:there|here|then|that point)|(?:once|after|when) (?:that|this|done)\b|even so|(?:one|two|three|four|some|many|a few) (?:more|others?)\b"
    r"|not (?:because|just|only|that|to)|perhaps|maybe|hence|thus|then|and|but|or|so)\b|the (?:former|latter|above|following|first|second|third|same|other|others|next|last|rest|result|reason|answer|idea|problem|question|difference|point|"
    r"good news|bad news|catch|trick|output|code|script|command|example|solution|previous|remaining|usual answer|change|whole thing)\b",
    re.IGNORECASE,
)
# A pronoun for the subject behind a phrase that has no verb names nothing in its sentence: "For the staff of the office, it saved time."
_PREPOSED = re.compile(
    r"(?:for|in|with|without|at|on|by|from|during|despite|through|under|within|like|unlike|besides) (?P<phrase>[^,]{3,80}), (?:it|they|he|she|this|these|that|those)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
_ASKING = re.compile(
    r"^(?:suppose|imagine|let's|hope\b|wish\b|see (?:the|our|also|my)|refer to|find the (?:complete|full|source)|check ?out|ask questions|begin the|star (?:it|us|the)|download (?:the|our|it|a|your)\b|visit|head over|go to|talk to|watch the|listen to|wow|oh|yay|ouch|phew|ok|okay|hooray|(?:a )?(?:big|huge|special|quick) shout-?out|shout-?out|kudos|congrats|thanks?|thank you|many thanks|stay tuned|subscribe|follow (?:us|me|along)|sign up|check (?:it |them )?out|contact|get in touch|join (?:us|me|our|the)|let (?:us|me) know"
    r"|feel free|click|download|book an?|take our|visit our|please|come (?:by|say)|happy \w+ing|enjoy|welcome|congratulations|hello|hi|hey|see you|photo|image|credit|source|note"
    r"|written by|(?:posted|published|updated|edited) (?:on|by|in|at)|originally|disclaimer|editor)\b|\bfor (?:more|further) (?:information|details|info|examples)\b|\bto learn more\b"
    r"|\b(?:make sure (?:you|to) (?:register|subscribe|follow|join)|we encourage you to|(?:are|is) (?:always |more than )?welcome|you can (?:grab|check|download|find|read|watch)|we are looking for|register for|release notes have|readme goes|links? to the|skip forward|can be seen?\b|show up at|get involved|we hope you|for (?:a|the) (?:detailed|full|complete|deeper)[^,]*, see|use the form|look out for|made possible|recommend checking|we prepared|sidebar|write-?up"
    r"|can be found (?:on|at|in)|(?:is|are) (?:explained|described|available) (?:in|on|at) the|star (?:it|us) on|find out more|read (?:more |all )?about|spread the word|don['’]t miss out|shout-?out)\b"
    r"|\b(?:please|stay tuned|feel free|thank you|thanks|give us|check (?:it |them )?out|we'd love|love to hear|reach out|let (?:us|me) know|look(?:ing)? forward|sign(?:ed)? up|i hope|our (?:slack|discord|forum|newsletter)|on twitter|mailing list|rss)\b",
    re.IGNORECASE,
)
# Sentences that say nothing themselves: they announce a list or another text, or set a scene.
_COUNTED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|several|a few|some|many) (?:\w+ )?"
    r"(?:things|points|reasons|questions|lessons|rules|ways|ideas|aspects|factors|mistakes|principles|takeaways|facts|options|steps|tips)\b(?! of the )"
)
_ANNOUNCING = re.compile(
    rf"^(?:there (?:are|were) )?(?:only |just |at least |about |the )?{_COUNTED}[^:]*$"
    r"|\bthere (?:are|is|were) (?:\w+ ){0,3}(?:options?|issues?|ways?|things?|questions?|reasons?|steps?|approach(?:es)?|choices?|factors?|aspects?|problems?|points?)(?: (?:to|you|we|that) \w+(?: \w+)?)?[.!]$"
    r"|\b(?:we|i)(?:'ve| have)?(?: (?:already|also|recently|previously|once|often|just))* (?:written|wrote|blogged|posted)(?: (?:more|before|elsewhere|at length|a lot))* (?:about|on|up)\b"
    r"|^(?:we|i) (?:first |recently |last )?(?:talked|spoke|chatted|met|met up|sat|sat down|caught up) (?:in|at|on|over|by|with|to|after|before|outside|via)\b(?!.*\d)",
    re.IGNORECASE,
)
# "What is left is ..." can be a statement; "What does ..." and the others cannot.
_QUESTION = re.compile(
    r"(?:what (?:do|does|did|should)|(?:how|why|when|where|who|whom)(?: (?:do|does|did|should)|(?:'s|'re| is| are| was| were| can| could| will| would| has| have| had| may| might| must)))\b",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"\b(?:us|our|me|my)\b|@", re.IGNORECASE)
_CALL_WITHIN = 5  # words
_BARE_FIGURE = re.compile(
    r"^(?:only |just |about |nearly |almost |over |roughly |some |around |another |the remaining |the other |more than |fewer than |less than )*"
    r"(?:[$€£]?\d[\d.,]*(?:\s?%| percent| per cent)?|two|three|four|five|six|seven|eight|nine|ten|half|most|many|some|few|several|none|all) "
    r"(?:are|is|was|were|have|has|had|said|say|can|could|will|would|do|did|use|used|want|plan|think|believe|came|went|were|of (?:them|these|those|which|us|that))\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself)\b", re.IGNORECASE)
_THIRD = word_set("it its it's they them their theirs they're they've itself themselves he him his she her hers")
_PLURAL = word_set("they them their theirs they're they've themselves")
_MANY = word_set(
    "people men women children staff everyone everybody anyone anybody someone somebody nobody team company person crew board data folks police media"
)
# What "it" hardly stands for.
_ABSTRACT = word_set(
    "trick thing things way ways idea point problem question reason sense control time times lot bit kind sort part case cases"
)
_PERSONAL = word_set("he him his she her hers")
# A last word that leaves the sentence open, as before a block of code or a quotation.
_OPEN_END = re.compile(
    r"\b(?:with|of|to|for|from|by|as|at|into|than|the|an?|and|or|via|using|like|suggests?|says?|said|reads?|states?|writes?|wrote|notes?|asks?|asked|called|named)[.!]$",
    re.IGNORECASE,
)
_SUBJECT_CUT = re.compile(
    r"^(?!(?:as|in|on|at|for|with|to|if|when|while|once|after|before|since|because|of|by|from|like|unlike|given)\b)[^,]{3,60}, (?P<verb>[a-z]+s) ",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!][\"”’»)\]]*$")
_SPEECH = re.compile(r"""[:,] ["“]""")
_SPEAKER = re.compile(r"^(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|Q|A)\s?: ")
_LOOSE = re.compile("[\U0001f000-\U0001faff☀-➿⬀-⯿]|\\.\\.\\.|…")  # an emoji or an ellipsis
_TITLE_SHARE = 0.8
_LANGUAGE_SHARE = 1 / 9  # of words must be function words of the language; tables, code and names have fewer


def stands_alone(text: str, language: str = "en", *, after: bool = False) -> bool:
    """Whether `text` is a complete statement that can be quoted alone.

    `after`: it will follow the sentence that it follows in the draft, so it may lean on it.
    """
    return (
        well_formed(text, language)
        and (after or not _leans(text, language))
        and not _calls(text)
        and (_says_something(text) if language == "en" else languages.says_something(text, language))
    )


def stands_beside_title(text: str, title: frozenset[str]) -> bool:
    """Whether an English line could be quoted alone but for what it says of its page ("In this guide ...") or of what the page's title names ("these hooks").

    A description stands beside the page's title, whose stems are `title`.
    """
    named = _settled(_OWN_PAGE.sub("the text", text), title)
    return named != text and not text.startswith(("This ", "These ")) and not _DENIES.search(text) and stands_alone(capitalised(named))


def _settled(text: str, known: frozenset[str] = frozenset()) -> str:
    """Without pointing at things that are `known`, or that the line named before."""

    def told(found: re.Match[str]) -> str:
        noun = stem(found["noun"])
        named = noun in known or any(stem(word) == noun for word in words_of(text[: found.start()]))
        return f"the {found['noun']}" if named else found.group()

    return _POINTED.sub(told, text)


def _calls(text: str) -> bool:
    """Whether a line calls on its reader: it opens so, or asks for something with the publisher. A lesson may well tell how to get started."""
    return is_call_to_action(text) and (bool(_PUBLISHER.search(text)) or is_call_to_action(" ".join(text.split()[:_CALL_WITHIN])))


def well_formed(text: str, language: str) -> bool:
    """Whether `text` looks like one whole sentence of prose: capital, full stop, closed brackets, no markup or code."""
    if not text or not _ENDS.search(text) or _OPEN_END.search(text) or text.endswith(("...", "…", ":")) or not balanced(text):
        return False
    if language == "en" and _in_title_case(text):
        return False
    if text.count(": ") > 1 or text.startswith("("):
        return False
    first = text.lstrip("'‘¿¡")[:1]
    if first.islower() or not (first.isalpha() or first.isdigit() or first in "$€£"):
        return False
    return not (_MARKUP.search(text if language == "en" else languages.spelt_out(text)) or _CODE.match(text)) and speaks(text, language)


def _in_title_case(text: str) -> bool:
    """Whether nearly every longer word after the first has a capital, as in a heading or a link."""
    longer = [word for word in words_of(text)[1:] if len(word) > 3]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > _TITLE_SHARE * len(longer)


def speaks(text: str, language: str) -> bool:
    """Whether enough of the words are function words of `language`, and not more of another."""
    words = [word.lower() for word in words_of(text)]
    common = STOP_WORDS.get(language, frozenset())
    return bool(words) and sum(word in common for word in words) >= max(1, len(words) * _LANGUAGE_SHARE) and languages.is_in(text, language)


def _leans(text: str, language: str) -> bool:
    if language != "en":
        return languages.leans(text, language)
    words = [word.lower() for word in words_of(text)]
    if words[0] in LEANING["en"] or ("'" in words[0] and words[0].split("'")[0] in LEANING["en"]):
        return True
    plain = _settled(text.replace("’", "'"))
    leans = _LEANING_THE.match(plain) or _POINTING.search(plain) or _BARE_FIGURE.match(plain) or _PREPOSED.match(plain)
    return bool(leans) or _unbound_pronoun(text)


def _unbound_pronoun(text: str) -> bool:
    """A third-person pronoun before anything in the sentence that it could stand for."""
    named = noun = many = False
    for n, word in enumerate(words_of(text)):
        low = word.lower()
        if low in _PERSONAL and not named:
            return True
        if low in _THIRD:
            if not noun or (low in _PLURAL and not many):
                return True
            continue
        named = named or (word[0].isupper() and (n > 0 or low not in STOP_WORDS["en"]))
        many = (
            many
            or low in _MANY
            or (
                len(low) > 3
                and low not in STOP_WORDS["en"]
                and not is_verb(low)
                and low.endswith(("s", "er", "or", "ist", "ian", "ant", "ent"))
                and not low.endswith(("ss", "us", "is"))
            )
        )
        noun = noun or not (
            low in _ABSTRACT or low in STOP_WORDS["en"] or is_verb(low) or low.endswith(("ly", "ing", "ed")) or low.isdigit()
        )
    return False


def _says_something(text: str) -> bool:
    """Not a question, a request to the reader of the page, a fragment, or a line about the page itself."""
    plain = text.replace("’", "'")
    if _TOLD.search(plain) or _SLIP.search(plain) or (_WOULD.search(plain) and not re.search(r"\bif\b", plain, re.IGNORECASE)):
        return False
    if "?" in text or _LOOSE.search(text) or _ASKING.search(plain) or _SPEAKER.match(text) or _PLACE.search(plain):
        return False
    if _QUESTION.match(plain) or _ANNOUNCING.search(plain):
        return False
    if not has_main_verb(text) or _headless(text) or _SPEECH.search(text):
        return False
    words = [word.lower() for word in words_of(text)]
    if words[0] in ("not", "from", "to", "for", "by", "like", "of", "with") and "," not in text and not _verb_after(words):
        return False
    return words[0] not in SUBORDINATORS or "," in text


def _headless(text: str) -> bool:
    """A note rather than a sentence: it opens with a participle or a past verb that nothing follows up ("Created the index.")."""
    first = words_of(text)[0].lower()
    if first in AUXILIARIES:
        return True
    if first.endswith("ed") and is_verb(first) and "," not in text:
        return True
    opens_so = first.endswith("ing") or (first.endswith("ed") and is_verb(first)) or first in ("took", "made", "got", "went", "used")
    if (cut := _SUBJECT_CUT.match(text)) and is_verb(cut["verb"]) and not has_sure_verb(text[: cut.start("verb")]):
        return True
    return opens_so and not has_sure_verb(text) and not re.match(r"[^,]*, \w+ ", text)


def _verb_after(words: list[str]) -> bool:
    return any(is_verb(word) and word not in VERBS for word in words[2:]) or any(
        word in ("is", "are", "was", "were", "will", "can") for word in words
    )


def first_person(text: str) -> bool:
    """Whether the writer speaks of themself alone (I, my); "we" can be a company."""
    return bool(_SELF.search(text.replace("’", "'")))
