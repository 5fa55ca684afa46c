"""Which word of a claim answers to which word of its evidence.

The longest common subsequence by weight, with synonyms as equals and any
figure as a partner for any other of its kind; then what is left is paired
wherever it stands, for clauses that were moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo_optimizer.grounding.reading import Reading
from geo_optimizer.grounding.words import Word

_FUNCTION = 0.05  # a function word only breaks ties
_LIGHT = 0.4
_FIGURE = 1.2
_TRUE_FIGURE = 2.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """`to[i]` is the evidence word that claim word `i` answers to, or None; `moved` those found out of order."""

    claim: Reading
    evidence: Reading
    to: tuple[int | None, ...]
    moved: frozenset[int]

    def back(self) -> dict[int, int]:
        """Evidence word -> claim word."""
        return {e: c for c, e in enumerate(self.to) if e is not None}

    def gap(self, first: int, last: int) -> range:
        """The evidence words between the partners of the claim words around `[first, last]`."""
        left = next((self.to[i] for i in range(first - 1, -1, -1) if self._anchor(i)), None)
        right = next((self.to[i] for i in range(last + 1, len(self.to)) if self._anchor(i)), None)
        start = 0 if left is None else left + 1
        end = len(self.evidence.words) if right is None else right
        return range(start, max(start, end))

    def _anchor(self, i: int) -> bool:
        return self.to[i] is not None and i not in self.moved


def align(claim: Reading, evidence: Reading) -> Alignment:
    """Pair the words of `claim` with those of `evidence`."""
    left, right = claim.words, evidence.words
    head = _common(claim, evidence, range(min(len(left), len(right))), 0)
    tail = _common(claim, evidence, range(1, min(len(left), len(right)) - head + 1), -1)
    to: list[int | None] = [None] * len(left)
    for i in range(head):
        to[i] = i
    for i in range(1, tail + 1):
        to[len(left) - i] = len(right) - i
    for i, j in _subsequence(claim, evidence, (head, len(left) - tail), (head, len(right) - tail)):
        to[i] = j
    moved = _move(claim, evidence, to)
    return Alignment(claim, evidence, tuple(to), moved)


def _common(claim: Reading, evidence: Reading, places: range, side: int) -> int:
    """How many words agree from the start (`side` 0) or from the end (-1)."""
    count = 0
    for i in places:
        a, b = (claim.words[i], evidence.words[i]) if side == 0 else (claim.words[-i], evidence.words[-i])
        if _worth(claim, a, evidence, b) == 0:
            break
        count += 1
    return count


def _worth(claim: Reading, a: Word, evidence: Reading, b: Word) -> float:
    """What pairing the two is worth; 0 if they say different things."""
    if a.figure is not None or b.figure is not None:
        if a.figure is None or b.figure is None:
            return 0.0
        f, g = claim.figures[a.figure], evidence.figures[b.figure]
        return _TRUE_FIGURE if f.value == g.value else _FIGURE if f.kind == g.kind else 0.0
    if not a.same(b):
        return 0.0
    return _FUNCTION if a.role == "function" else _LIGHT if a.role == "light" else 1.0 if a.key == b.key else 0.9


def _partners(claim: Reading, i: int, evidence: Reading) -> Iterable[int]:
    """The words of the evidence, in order, that the word `i` of the claim can be paired with to any worth."""
    word = claim.words[i]
    return evidence.at_word if word.figure is not None else sorted(evidence.holding(word))


def _subsequence(claim: Reading, evidence: Reading, rows: tuple[int, int], columns: tuple[int, int]) -> list[tuple[int, int]]:
    """The heaviest pairs in order, of the claim's words in `rows` with the evidence's in `columns`."""
    (top, bottom), (first, last) = rows, columns
    width = last - first
    if bottom <= top or width <= 0:
        return []
    worth = [[0.0] * width for _ in range(top, bottom)]
    for i in range(top, bottom):
        for j in _partners(claim, i, evidence):
            if first <= j < last:
                worth[i - top][j - first] = _worth(claim, claim.words[i], evidence, evidence.words[j])
    best = [[0.0] * (width + 1)]
    for row in worth:
        above, here = best[-1], [0.0]
        if not any(row):
            best.append(above)
            continue
        for j, value in enumerate(row):
            paired = above[j] + value if value else 0.0
            here.append(max(above[j + 1], here[j], paired))
        best.append(here)
    return _walk(worth, best, top, first)


def _walk(worth: list[list[float]], best: list[list[float]], top: int, first: int) -> list[tuple[int, int]]:
    pairs = []
    i, j = len(worth), len(best[0]) - 1
    while i and j:
        value = worth[i - 1][j - 1]
        if value and abs(best[i][j] - best[i - 1][j - 1] - value) < 1e-9:
            pairs.append((top + i - 1, first + j - 1))
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs


def _move(claim: Reading, evidence: Reading, to: list[int | None]) -> frozenset[int]:
    """Pair what is left of `to` with what is left of the evidence, wherever it stands; which words were paired."""
    taken = {j for j in to if j is not None}
    moved = set()
    for i, word in enumerate(claim.words):
        if to[i] is not None or word.role == "function":
            continue
        least = _FIGURE if word.figure is not None else 0.0
        partners = [j for j in _partners(claim, i, evidence) if j not in taken]
        places = [j for j in partners if _worth(claim, word, evidence, evidence.words[j]) > least]
        if places:
            to[i] = place = min(places, key=lambda j: abs(j - i))
            taken.add(place)
            moved.add(i)
    return frozenset(moved)
