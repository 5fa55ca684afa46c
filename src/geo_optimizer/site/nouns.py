"""Which words can be part of a subject's name: a rough ear for nouns, English first."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from geo_optimizer.analysis.words import CHROME, WORD, says_something
from geo_optimizer.model import Draft, measured

# Common verbs and adverbs, adjectives that judge or count, and words of time: no part of a subject's name at its edge.
NO_EDGE = frozenset(
    """according actually add added allow allows apply asked ask available avoid based become becomes began begin believe bring brings
    brought build builds built call called change changed changes choose clear clearly come comes common consider contain contains
    create created creates current currently decide decided depend depends describe described different easily entire especially
    exactly expect explain fail failed fails feel felt find finds finding follow followed fully gain gave generally grow grew happen
    happened happens hard help helped helps hold holds huge include included includes increase increased instead involve keeps large
    later lead leads leave leaves left likely listen live look looked looking looks lose loses lost love low main mainly matter matters
    mean means measure meet mention mostly move moved moves multiple necessary number numerous offer offers open original particular pay
    place plan possible prefer previous probably provide provided provides pull push puts ran rarely reach recently receive recent
    remain remains remember replace report reported require required requires rest result results return run running runs sell send
    sense sent serve set sets share show showed shown shows significant similar simply sit slightly soon special spend spent stand
    starting stay stop strong suggest suggests support supports sure talk tell tells tend think thinks thought told total tried try
    trying turn turned turns typical typically understand useful wait walk whole win won wonder worse worst worth wrote
    one two three four five six seven eight nine ten eleven twelve twenty half hundred thousand million billion percent per dozen double monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december yesterday tomorrow minute minutes
    hour hours months years decade ago early late gets""".split()
)
# What follows a word of the first set is mostly a verb; of the second, a noun or its adjective.
_BEFORE_VERB = frozenset(
    """to we you they i can could will would should must may might cannot can't don't didn't doesn't won't shouldn't couldn't wouldn't let's
    please he she it who""".split()
)
_BEFORE_NOUN = frozenset(
    "the a an of in on for with from by our your their its my his her this these that those every each no more".split()
)
# Words beside a noun that belong to no name, though they say more than stop words do.
BESIDE = frozenset(
    """behind beside besides beyond across among amongst amid along alongside onto upon toward towards despite inside outside except plus
    unlike near within aside apart forward back today tomorrow yesterday tonight later sooner afterwards meanwhile otherwise whenever
    wherever however therefore thus hence e.g eg i.e ie etc vs versus cf that's here's there's what's who's let's
    is are was were be been being has have had does did do can could will would shall should may might must
    helps follows shows makes gets gives takes uses needs wants works runs goes comes says tells asks means adds lets keeps puts looks seems
    became becomes began begins came went gave made took used got said told knew saw ran won kept led left wrote written""".split()
)
_NO_NOUN = ("ly", "ible", "ful", "ous")


@measured
def used_as_verbs(draft: Draft) -> frozenset[str]:
    """Words that this draft uses as verbs more often than as nouns, going by the word before."""
    texts = (prose.text for prose in draft.prose if prose.known is None)
    found: Counter[str] = Counter()
    for (before, after), times in Counter(pair for text in texts for pair in pairwise(WORD.findall(text))).items():
        lower = before.lower().replace("’", "'")
        found[after] += times * ((lower in _BEFORE_VERB) - (lower in _BEFORE_NOUN))
    return frozenset(word for word, votes in found.items() if votes > 0 and word.islower())


def is_inner(word: str) -> bool:
    return says_something(word) and word.lower() not in NO_EDGE


def may_begin(word: str) -> bool:
    """Not a page word, an adverb, or an -ing form in small letters, which is mostly a verb."""
    lower = word.lower()
    return is_inner(word) and lower not in CHROME and not lower.endswith("ly") and not (word.endswith("ing") and word[0].islower())


def may_end(word: str) -> bool:
    """Nouns end a phrase; a past participle, an adverb or most adjectives do not."""
    lower = word.lower()
    return lower not in CHROME and not lower.endswith(_NO_NOUN) and not (lower.endswith("ed") and len(lower) > 4)
