"""What speaks against a claim. How much each kind counts is for `weighing` to say."""

from __future__ import annotations

from typing import Literal, NamedTuple

from geo_optimizer.model import Reason

Kind = Literal[
    "figure",  # the draft has no such figure
    "loose",  # where the draft has it, hardly any of the claim's words are
    "moved",  # the draft gives the figure to something else, and another, in another sentence, to this
    "misplaced",  # the same, clearly
    "borrowed",  # another sentence bears the words around the figure, and does not have it
    "swapped",  # the same within the sentence
    "replaced",  # another figure stands in its place in what the claim copies
    "population",  # a share of others
    "number of",  # so many of something else
    "wider",  # what narrows the population is left out
    "unsaid",  # the draft does not say of whom the share is
    "owner",  # a duration without what it is that of
    "share",  # a share told as a change
    "rate",  # per month for per year
    "dated",  # another year than the evidence has
    "source",  # a source that the draft does not know
    "elsewhere",  # a source that the draft names for something else
    "change",  # a rise for a fall, or the end of a change for its beginning
    "slot",  # a name where the evidence has another
    "subject",  # said of a name that its sentence does not have, which has another
    "planned",  # the evidence speaks of plans, forecasts or possibilities, the claim does not
    "ahead",  # the evidence stands under a heading that does
    "future",  # the claim does, the evidence does not
    "done",  # a verb that the evidence only plans or hopes for
    "partly",  # all, where the evidence speaks of some
    "denied",
    "affirmed",
    "unspoken",  # a denial that has no word in the other text
    "direction",
    "opposite",  # a word where the evidence has its opposite
    "sides",  # the sides of a comparison have changed places
    "certainty",  # a word that says how certain it is, of the claim's own
    "hedge",  # one that is left out
    "undone",  # a plan with other words in its place
    "frequency",
    "always",
    "extent",
    "all",
    "some",
    "cause",  # that the draft does not state,
    "associated",  # of what it only says goes together,
    "joined",  # between two of its sentences
    "strength",
    "exchanged",  # two names in each other's place
    "name",  # words of a copy in the place of others: among them a name,
    "group",  # people or organisations,
    "counted",  # what a figure counts,
    "mixed",  # one that a sentence put alike has in its place,
    "word",  # any other
]


class Objection(NamedTuple):
    """`passage`: where the draft has the figure that is called moved."""

    kind: Kind
    reason: Reason
    passage: int | None = None
