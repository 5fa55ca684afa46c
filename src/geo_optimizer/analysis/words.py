"""Words of pages and drafts: found, brought to a stem, told apart by how much they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from geo_optimizer.lazy import lazily

WORD = lazily(r"[^\W_]+(?:['’][^\W_]+)*")

# Words that carry no subject, in the languages that the parser knows.
STOP = frozenset(
    """a about above after again against ago all almost along already also although always am among an and another any anybody anyone
    anything are around as ask at away be became because been before being below between both but by came can cannot could did do does
    doing done down during each either else enough etc even ever every everybody everyone everything few for from further gave get gets
    getting give given gives go goes going gone got had has have having he her here hers herself him himself his how however i if in
    indeed instead into is it its itself just keep kept know known last least less let lets like likely made make makes making many may
    maybe me mean might mine more most much must my myself near nearly need needs neither never next no nobody none nor not nothing now
    of off often on once one only onto or other others our ours ourselves out over own per perhaps please put quite rather really said
    same say says see seem seemed seems seen several shall she should since so some somebody someone something sometimes soon still such
    sure take taken takes taking than that the their theirs them themselves then there therefore these they thing things this those
    though through thus till to together too took toward towards under unless until up upon us use used uses using usually very via want
    wants was way ways we well went were what whatever when where whether which while who whoever whole whom whose why will with within
    without would yes yet you your yours yourself yourselves
    i'm i've i'd i'll you're you've you'll we're we've we'll they're they've he's she's it's that's there's here's what's let's don't
    doesn't didn't can't couldn't won't wouldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't
    der das den dem des ein eine einen einem einer eines und oder aber als auch auf aus bei bis durch für gegen im in ins ist mit
    nach nicht noch nur ob ohne sehr sich sie sind so über um unter vom von vor was weil wenn werden wie wir wird zu zum zur haben
    ihr ihre mehr es er ich am an dass diese dieser dieses kann können
    le la les un une des du de et ou mais donc or ni que qui quoi dont où à au aux avec ce ces cet cette dans en est elle elles il
    ils je leur leurs lui même ne nos notre nous on par pas sa sans se ses sont sur tout tous très vos votre vous
    el los las una uno unos unas y o pero del al con por para sin sobre este esta estos estas ese esa como más muy no se su sus lo es     gli lo di da del della dei delle nel nella con per tra fra che chi cui non più come sono è ed alla alle anche ma
    um uma os as do da dos das no na nos nas em com por para sem que não mais seu sua ao à ou mas são foi
    het een en voor met op te dat er ook als maar bij niet naar om aan uit is zijn was worden wordt kan""".split()
)
# Words of the web page rather than of its subject; alone, or at the edge of an anchor, they say nothing.
CHROME = frozenset(
    """here post posts blog article articles page pages link links read reading more section sections guide guides doc docs documentation
    tutorial tutorials example examples overview introduction intro part chapter series video talk talks note notes story stories
    learn click check update updates new old older newer latest recent previous first second third below above following website site
    detail details info information question questions answer answers step steps tip tips faq list lists resource resources week month
    year day today time times people work works working team teams lot lots bit kind sort start started end good great better best
    two three four five six seven eight nine ten
    big small long short right different important main full quick simple easy nice several really""".split()
)
_DOUBLED = lazily(r"([bdfgmnprt])\1$")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word's stem: plural, possessive, -ing, -ed, -ion and a final e taken off. Rough, but the same for page and draft."""
    word = word.lower().replace("’", "'")
    if word.endswith(("'s", "s'")):
        word = word[:-2]
    if len(word) < 4:
        return word
    return _without_ending(_singular(word))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending, least in (("ing", 6), ("ed", 6), ("tion", 7), ("sion", 7)):
        if word.endswith(ending) and len(word) >= least:
            word = word[: -3 if ending.endswith("ion") else -len(ending)]
            return _DOUBLED.sub(r"\1", word)
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def stems(text: str) -> list[str]:
    """The stems of all words of a text, in order."""
    return [stem(word) for word in WORD.findall(text)]


def says_something(word: str) -> bool:
    """Whether a word can be part of a subject: no stop word, no lone letter, no bare number."""
    return not is_small(word) and len(word) > 1 and not word.isdigit()


def is_small(word: str) -> bool:
    """Whether it is a stop word; "IT" and "WHO" are not."""
    return word.lower().replace("’", "'") in STOP and not (word.isupper() and len(word) > 1)


def trimmed(words: Sequence[str]) -> tuple[int, int]:
    """`[start, end)` of the words without stop words at the edges and page words in front; empty if nothing is left."""
    start, end = 0, len(words)
    while start < end and (not says_something(words[start]) or words[start].lower() in CHROME):
        start += 1
    while end > start and is_small(words[end - 1]):
        end -= 1
    return start, end
