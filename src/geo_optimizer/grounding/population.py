"""Of whom or what a share is: "90% of organisations" against "90% of successful transformations"."""

from __future__ import annotations

import re

from geo_optimizer.analysis.verbs import carries
from geo_optimizer.grounding import lexicon
from geo_optimizer.grounding.binding import Place
from geo_optimizer.grounding.figures import difference
from geo_optimizer.grounding.objection import Kind, Objection
from geo_optimizer.grounding.passages import Index
from geo_optimizer.grounding.reading import Reading, word_after
from geo_optimizer.grounding.words import Word, stem
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Reason

# People as a survey calls them: whoever the lead-in says was asked.
_ASKED = frozenset({"respondent", "participant", "person", "interviewee", "attendee", "survei", "poll", "answer"})
_LED = lexicon.listed("of the all its their our those these that your every each surveyed polled")
_NARROWING = lexicon.listed("who that with without aged living using whose identified which")
_ASKING = frozenset(
    {"respond", "survei", "particip", "poll", "studi", "interview", "question", "ask", "answer", "took", "take", "repli", "complet"}
)
_VERBS = lexicon.listed("will would can could may might is are was were have has had do does did should must")
_STOP = lazily(r"[,;:()\[\]—–]|\.\s")
# Groups that a survey may have asked, and the names that stand for any of them.
_ANYBODY = frozenset(
    map(
        stem,
        "person people individual individuals respondent participant population everyone everybody anyone interviewee public member attendee".split(),
    )
)
_GROUPS = _ANYBODY | frozenset(
    map(
        stem,
        """adult american european consumer customer user developer employee worker manager leader executive organisation company firm business team student teacher pupil
        patient household citizen resident reader visitor buyer shopper marketer programmer engineer woman man child teen parent voter owner institution agency
        school instructor learner client human animal mouse rat contributor maintainer subscriber taxpayer veteran worker staff researcher scientist author""".split(),
    )
)
_LONGEST_PART = 30  # characters of "two out of its"
_TIMES = lexicon.listed("year years month months week weeks day days quarter decade time times")


def is_age(reading: Reading, at: int) -> bool:
    """The "34-year" of "34-year-old": nothing is measured."""
    return at + 1 < len(reading.words) and reading.words[at + 1].lower in ("old", "olds")


def attributed(reading: Reading, at: int) -> list[int]:
    """What a duration is set before: the "deployment cycles" of "6-month deployment cycles"."""
    found: list[int] = []
    if is_age(reading, at):
        return found
    if reading.figure(at).kind == "duration" and "-" in reading.figure(at).text:
        for i in range(at + 1, min(at + 4, len(reading.words))):
            if _STOP.search(reading.between(i - 1, i)) or reading.words[i].role == "function" or reading.words[i].figure is not None:
                break
            found.append(i)
    return found


def population(reading: Reading, at: int) -> list[int]:
    """The words that name what the figure at `at` is a share or a number of; empty where the sentence does not say."""
    if is_age(reading, at):
        return []
    if reading.figure(at).kind == "multiple" or _tells_of_one(reading, at):
        return []
    if after := _after(reading, at):
        return after
    before = reading.text[: reading.words[at].start].rstrip()
    return _before(reading, at) if before.endswith("(") else _among(reading, at)


def _tells_of_one(reading: Reading, at: int) -> bool:
    """ "One in five reimburses ...": a verb follows, and no population."""
    return _ONE_IN.match(reading.figure(at).text) is not None and carries("", word_after(reading, at))


def _among(reading: Reading, at: int) -> list[int]:
    """The "companies" of "Of all companies in the north, 12% ...", at the head of a sentence."""
    if (
        reading.figure(at).kind != "percent"
        or reading.words[0].lower not in ("of", "among")
        or not reading.text[: reading.words[at].start].rstrip().endswith(",")
    ):
        return []
    found: list[int] = []
    for i in range(1, at):
        word = reading.words[i]
        if word.figure is not None or _ends(reading, i):
            break
        if word.role == "function":
            if found or word.lower not in _LED:
                break
            continue
        found.append(i)
        if _plural(word):
            break
    return found


def is_anybody(word: Word) -> bool:
    """Whether it is a name for whoever was asked."""
    return word.key in _ANYBODY


def _ends(reading: Reading, at: int) -> bool:
    """Whether a name ends before word `at`: at a mark, but not at the last stop of an abbreviation ("U.S. adults")."""
    gap = reading.between(at - 1, at)
    return bool(_STOP.search(gap.removeprefix(".") if "." in reading.words[at - 1].text else gap))


def is_group(word: Word) -> bool:
    """Whether a word names people or organisations, of whom shares are told."""
    return word.key in _GROUPS


def _after(reading: Reading, at: int) -> list[int]:
    found: list[int] = []
    share = reading.figure(at).kind == "percent"
    for i in range(at + 1, min(at + 8, len(reading.words))):
        word = reading.words[i]
        if _ends(reading, i):
            break
        if word.figure is not None:
            if found and _plural(reading.words[found[-1]]):
                break
            found = []  # "a quarter of the record 5,991 responses"
            continue
        if not found and share and i == at + 1 and word.lower != "of" and " in " not in reading.figure(at).text:
            return []
        if word.role == "function":
            if found or word.lower not in _LED:
                break
            continue
        if word.lower in _TIMES or (
            not found and word.lower.endswith(("ing", "ed")) and reading.words[i - 1].lower in ("those", "these", "the")
        ):
            break
        found.append(i)
        if _plural(word):
            break
    return found


def _before(reading: Reading, at: int) -> list[int]:
    found: list[int] = []
    for i in range(at - 1, max(-1, at - 5), -1):
        word = reading.words[i]
        if word.role == "function" or word.figure is not None or (found and _STOP.search(reading.between(i, i + 1))):
            break
        found.insert(0, i)
    return found if found and _plural(reading.words[found[-1]]) else []


def _plural(word: Word) -> bool:
    lower = word.lower
    return (lower.endswith("s") and lower.isalpha() and not lower.endswith(("ss", "us", "is", "'s", "’s"))) or lower in (
        "people",
        "women",
        "men",
        "children",
        "staff",
    )


_ONE_IN = lazily(r"(?:one|1) (?:in|out of) \w+$", re.IGNORECASE)
_PART_OF = lazily(r"(?P<part>[\w.,%]+)\s(?:out\s)?of\s(?:its|the|their|his|her|our|all|these|those)\s(?:\w+\s)?$", re.IGNORECASE)


def _whole_for_part(claim: Reading, at: int, draft: Reading, there: int) -> str:
    """The "two of its five" of which the claim has only the five."""
    figure = draft.figure(there)
    match = _PART_OF.search(draft.text, max(0, figure.start - _LONGEST_PART), figure.start)
    part = next((f for f in draft.figures if match and f.start <= match.start("part") < f.end), None)
    if match is None or part is None or any(difference(f, part) is None for f in claim.figures):
        return ""
    ours = claim.figure(at)
    if re.search(r"\bof\s(?:\w+\s){0,2}$", claim.text[: ours.start]):
        return ""
    return draft.text[match.start("part") : figure.end]


def scope_reason(claim: Reading, at: int, place: Place, known: Index) -> Objection | None:
    """How the claim's population departs from that of the draft's figure."""
    passage = known.passages[place.passage]
    draft, line = passage.reading, passage.line
    if lost := _lost_owner(claim, draft, place.at):
        return Objection(
            "owner", Reason("scope", f"line {line} gives '{draft.words[place.at].text}' as that of '{lost}', which the claim leaves out")
        )
    if whole := _whole_for_part(claim, at, draft, place.at):
        return Objection("number of", Reason("scope", f"line {line} says '{whole}'; the claim has only the whole", firm=True))
    ours, theirs = population(claim, at), population(draft, place.at)
    if not ours:
        return None
    near = [draft, *(known.passages[n].reading for n in passage.context)]
    text, said = claim.words[at].text, _shown(claim, ours)
    if not theirs:
        head = claim.words[ours[-1]]
        mentioned = head.key in _ANYBODY or any(r.holds(head) for r in near) or _in_section(head, place.passage, known)
        return None if mentioned else (Objection("unsaid", Reason("scope", f"line {line} does not say '{text}' of '{said}'")))
    return _of_others(claim, at, place, known, (ours, theirs))


def _of_others(claim: Reading, at: int, place: Place, known: Index, whom: tuple[list[int], list[int]]) -> Objection | None:
    """How the two populations, both said, differ."""
    (ours, theirs), passage = whom, known.passages[place.passage]
    draft, line, text = passage.reading, passage.line, claim.words[at].text
    near = [draft, *(known.passages[n].reading for n in passage.context)]
    share = draft.figure(place.at).kind == "percent"
    if _others(claim, ours, draft, theirs, near):
        if not share and not _counts_others(claim.words[ours[-1]], draft, place.at):
            return None
        kind: Kind = "population" if share else "number of"
        reason = Reason("scope", f"{text} is of '{_shown(draft, theirs)}' (line {line}), not of '{_shown(claim, ours)}'", firm=True)
        return Objection(kind, reason)
    if bounds := _other_bounds(claim, ours, draft, theirs):
        reason = Reason("scope", f"{text} is of those '{bounds[1]}' (line {line}), not of those '{bounds[0]}'", firm=True)
        return Objection("population", reason)
    return _widened(claim, draft, theirs, at, line) if share else None


def _counts_others(head: Word, draft: Reading, at: int) -> bool:
    """Whether a number counts something other than what `head` names: the sentence does not speak of it, or gives it another number."""
    if draft.figure(at).kind == "money":
        return False
    return not draft.holding(head) or _of_another(head, draft, at)


_BOUND = frozenset(
    {
        "under",
        "over",
        "above",
        "below",
        "aged",
        "between",
        "older",
        "younger",
        "than",
        "with",
        "more",
        "fewer",
        "less",
        "from",
        "age",
        "of",
        "ages",
    }
)


def _other_bounds(claim: Reading, ours: list[int], draft: Reading, theirs: list[int]) -> tuple[str, str] | None:
    """ "under 18" and "over 60", where that is how the two populations are told apart."""
    mine, other = _bound(claim, ours[-1]), _bound(draft, theirs[-1])
    if mine is None or other is None or difference(claim.figure(mine), draft.figure(other)) is None:
        return None
    return _shown(claim, [ours[-1] + 1, mine]), _shown(draft, [theirs[-1] + 1, other])


def _bound(reading: Reading, head: int) -> int | None:
    """The figure by which those whom a noun names are told from others: "readers under 18", "firms with more than 500"."""
    for i in range(head + 1, min(head + 5, len(reading.words))):
        if _STOP.search(reading.between(i - 1, i)):
            return None
        if reading.words[i].figure is not None:
            return i if i > head + 1 and reading.figure(i).kind in ("count", "duration") else None
        if reading.words[i].lower not in _BOUND:
            return None
    return None


def _of_another(head: Word, draft: Reading, at: int) -> bool:
    """Whether the sentence has another figure of what `head` names, where the one at `at` is of something else."""
    others = (i for i in draft.at_word if i != at and draft.figure(i).kind == draft.figure(at).kind)
    return any((whom := population(draft, i)) and draft.words[whom[-1]].same(head) for i in others)


def _in_section(word: Word, passage: int, known: Index) -> bool:
    """Whether the draft has a word in the same section, or in its title."""
    section = known.passages[passage].section
    return known.title.holds(word) or any(known.passages[n].section == section for n in known.holding(word))


def _lost_owner(claim: Reading, draft: Reading, at: int) -> str:
    of = attributed(draft, at)
    return _shown(draft, of) if of and not any(claim.holding(draft.words[j]) for j in of) else ""


def _others(claim: Reading, ours: list[int], draft: Reading, theirs: list[int], near: list[Reading]) -> bool:
    """The claim's population shares no word with the draft's, and is not the respondents by another name."""
    named = [draft.words[j] for j in (*theirs, *_narrowing(draft, theirs[-1]))]
    shared = any(claim.words[i].same(word) for i in ours for word in named)
    head, other = claim.words[ours[-1]], draft.words[theirs[-1]]
    if other.key in _ANYBODY and any(claim.words[i].key in _ASKING for i in ours):
        return False  # the users surveyed are the respondents
    if head.key == "person" and is_group(other) and draft.figures and not any(f.kind == "percent" for f in draft.figures):
        return False  # so many users are so many people
    return not shared and not (head.key in _ANYBODY and other.key in _ANYBODY) and not _asked(head, other, near)


def _asked(ours: Word, theirs: Word, near: list[Reading]) -> bool:
    """A survey's respondents and the people it asked are the same."""
    return (theirs.key in _ASKED and any(r.holding(ours) for r in near)) or (
        ours.key == "respondent" and any(r.holding(ours) for r in near)
    )


def _widened(claim: Reading, draft: Reading, theirs: list[int], at: int, line: int) -> Objection | None:
    """What narrows the draft's population and is missing from the claim: an adjective, a "with ..." or a "who ..."."""
    lost = [
        j for j in [*theirs[:-1], *_narrowing(draft, theirs[-1])] if not claim.holding(draft.words[j]) and draft.words[j].key not in _ASKING
    ]
    narrowing = [j for j in lost if draft.words[j].role == "content" and draft.words[j].figure is None]
    kept = {j for j in _narrowing(draft, theirs[-1]) if claim.holding(draft.words[j])}
    if not narrowing or (kept and not any(j + 1 in kept for j in narrowing)):
        return None
    text = claim.words[at].text
    whose = _shown(draft, [theirs[0], max(theirs[-1], narrowing[-1])])
    return Objection("wider", Reason("scope", f"{text} is of '{whose}' (line {line}); the claim is wider"))


def _narrowing(reading: Reading, head: int) -> list[int]:
    """The words of the clause behind the population's noun that says which of them."""
    if head + 1 >= len(reading.words) or reading.words[head + 1].lower not in _NARROWING or _STOP.search(reading.between(head, head + 1)):
        return []
    found: list[int] = []
    for i in range(head + 2, min(head + 7, len(reading.words))):
        if _STOP.search(reading.between(i - 1, i)) or reading.words[i].figure is not None or len(found) == 3:
            break
        if found and reading.words[i].lower in _VERBS:
            break
        if reading.words[i].role == "content":
            found.append(i)
    return found


def _shown(reading: Reading, at: list[int]) -> str:
    return reading.text[reading.words[at[0]].start : reading.words[at[-1]].end]
