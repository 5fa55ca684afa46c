"""Plain text in which no link may stand: quotes, formulas, what is struck out."""

from __future__ import annotations

import pytest

from geo_optimizer.site.barred import barred, spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He said: "The oil lamps are mine," and left.', ['"The oil lamps are mine,"']),
        ("“Oil lamps, always oil lamps,” she told me. So be it.", ["“Oil lamps, always oil lamps,”"]),
        ("„Alle Lampen brennen noch heute.“ Gut.", ["„Alle Lampen brennen noch heute.“"]),
        ("« Toutes les lampes brûlent encore. » Bien.", ["« Toutes les lampes brûlent encore. »"]),
        ("»Alle Lampen brennen noch heute.« Gut.", ["»Alle Lampen brennen noch heute.«"]),
        ("'I don't like the dogs' lamps at all,' he said.", ["'I don't like the dogs' lamps at all,'"]),
        ("‘It’s the keeper’s lamp that burns,’ he said.", ["‘It’s the keeper’s lamp that burns,’"]),
        ('The sign says "oil lamps" in red.', ['"oil lamps"']),
        ('"Oil lamps?" he asked.', ['"Oil lamps?"']),
        ("“He said “oil lamps are mine” to us all.” Yes.", ["“He said “oil lamps are mine” to us all.”"]),
        ("“It goes on in the next paragraph", ["“It goes on in the next paragraph"]),
        ('They call it "oil lamps", and the law says nothing.', []),
        ('On "oil lamps" the law says nothing.', []),
        ('Read "How to Light Oil Lamps at Home in a Storm" first.', []),
        ('Read "Where iLamps are Made" first.', []),
        ('In her post "what I know of oil lamps now" she tells.', []),
        ('It stands in her "what I know of oil lamps now" as well.', []),
        ('We learned from "What becomes of the oil lamps?" how it ends.', []),
        ('He believes in "what becomes of the oil lamps" alone.', ['"what becomes of the oil lamps"']),
        ('The "what I know of oil lamps now" chapter is long.', []),
        ('In her post she said: "what I know of lamps is little."', ['"what I know of lamps is little."']),
        ("The dogs' lamps and the cats' tails aren't the keepers' own, 'tis said, in the '90s.", []),
        ('A 5" pipe for oil lamps beside a 6" pipe for water.', []),
        ("Rock 'n' roll by the light of oil lamps, it's said.", []),
        ("“", []),
        ('"', []),
    ],
)
def test_what_another_says(text: str, said: list[str]) -> None:
    assert [text[start:end] for start, end in spoken(text)] == said


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Let $$ oil lamps $$ be.", ["$$ oil lamps $$"]),
        ("Let $x + oil lamps$ be.", ["$x + oil lamps$"]),
        ("Let $2x$ be, and $5 kg_{oil}$.", ["$2x$", "$5 kg_{oil}$"]),
        (r"Let \(oil lamps\) and \\(oil\\) be.", [r"\(oil lamps\)", r"\\(oil\\)"]),
        (r"Costs \$5 or \$6, $5 and $10, $5/$10, US$5 and A$6, 5$ and 6$, or $5 (not 6$).", []),
        ("From $HOME to $PATH:$HOME.", []),
        ("$$ and\n\n$$ again", []),
        ("{>>a<<} {--b--} {++c++} {~~d~>e~~} ~~f~~ ~g~ {==h==}", ["{>>a<<}", "{--b--}", "{++c++}", "{~~d~>e~~}", "~~f~~", "~g~"]),
        ("~10 and ~20 in ~/x, a~b", []),
    ],
)
def test_formulas_and_what_is_struck_out(source: str, found: list[str]) -> None:
    assert sorted(source[start:end] for start, end in barred(source, "markdown")) == sorted(found)


def test_a_dialect_with_formulas_reads_any_dollars_as_one() -> None:
    assert list(barred("a $5 lamps$ b", "markdown")) == []
    assert list(barred("a $5 lamps$ b", "obsidian")) == [(2, 11)]
