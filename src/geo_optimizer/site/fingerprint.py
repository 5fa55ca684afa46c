"""A page's text -> a few bytes by which to tell how much of it another page has.

The likeness of two texts is that of their sets of shingles, runs of three
stems: what both have, over what either has (Jaccard). It is estimated from
minima, as in Broder, "On the resemblance and containment of documents" (1997):
of a random order of all shingles the first one of either set is in both with
just that probability. One hash of each shingle serves for all the minima: its
upper bits say for which of them it counts (Li, Owen and Zhang, "One
permutation hashing", 2012), and one for which none counts takes that of its
right-hand neighbour (Shrivastava and Li, "Densifying one permutation hashing
via rotation", 2014). Of each minimum 16 bits are kept: two that differ are
taken for equal once in 65,536 times (Li and König, "b-bit minwise hashing", 2010).

The hashes are our own arithmetic, so that a fingerprint is the same in every
run, on every machine and in every version of Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import eq
from struct import Struct
from zlib import crc32

from geo_optimizer.analysis.words import stems

SIZE = 128  # bytes of a fingerprint
FEWEST_WORDS = 50  # of a text with less, a sentence that is common to many pages is most of it
_MINIMA = 64  # the standard error of an estimate is at most 1/16, and 1/20 at a likeness of 0.8
_SHINGLE = 3  # words
_PACKED = Struct(f"<{_MINIMA}H")
_WORD = (1 << 64) - 1
_BIN = 64 - 6  # the bits below those that name one of the 64 minima
_KEPT = _BIN - 16  # those below the bits that are kept of a minimum
# Odd numbers of the golden ratio and of splitmix64 (Steele, Lea and Flood 2014): neighbouring words come out far apart.
_FIRST, _SECOND, _THIRD, _MIX = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93


def fingerprint(text: str) -> bytes:
    """The fingerprint of a text, 128 bytes; none (b"") of one of fewer than 50 words, which is not to be compared."""
    return fingerprint_of(stems(text))


def fingerprint_of(words: Sequence[str]) -> bytes:
    """As `fingerprint`, from a text's stems."""
    if len(words) < FEWEST_WORDS:
        return b""
    lowest = [-1] * _MINIMA
    for shingle in _shingles(words):
        place = shingle >> _BIN
        if not 0 <= lowest[place] <= shingle:
            lowest[place] = shingle
    return _packed(lowest)


def likeness(one: bytes, other: bytes) -> float:
    """How much of two texts is common to both, 0 to 1, by their fingerprints; 0 where either has none."""
    if not one or not other:
        return 0.0
    equal: int = sum(map(eq, memoryview(one).cast("H"), memoryview(other).cast("H")))
    return equal / _MINIMA


def _shingles(words: Sequence[str]) -> set[int]:
    """The hashes of 64 bits of all runs of three words."""
    known = {word: crc32(word.encode("utf-8", "surrogatepass")) + 1 for word in set(words)}
    hashes = [known[word] for word in words]
    mixed = ((a * _FIRST + b * _SECOND + c * _THIRD) & _WORD for a, b, c in zip(hashes, hashes[1:], hashes[_SHINGLE - 1 :], strict=False))
    return {((h ^ (h >> 32)) * _MIX & _WORD) ^ (h >> 29) for h in mixed}


def _packed(lowest: list[int]) -> bytes:
    """The kept bits of each minimum; one that is lacking is filled from its right, and how far that was is mixed in."""
    kept = []
    for place in range(_MINIMA):
        steps = next(n for n in range(_MINIMA) if lowest[(place + n) % _MINIMA] >= 0)
        found = lowest[(place + steps) % _MINIMA] >> _KEPT & 0xFFFF
        kept.append((found + steps * 0x9E37) & 0xFFFF)
    return _PACKED.pack(*kept)
