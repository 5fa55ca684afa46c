"""What a configuration says of rules, as the codes and values that the rules themselves have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo_optimizer.config.places import Place
from geo_optimizer.config.wrong import Wrong, kind_of, name, unknown
from geo_optimizer.model import Severity
from geo_optimizer.patterns import Patterns, problem
from geo_optimizer.rules.rule import Rule
from geo_optimizer.settings import EVERY_RULE, toml


def known_words(rules: Sequence[Rule]) -> list[str]:
    """All by which rules can be meant: ALL, every beginning of their codes, and their names."""
    beginnings = {rule.code[:n] for rule in rules for n in range(1, len(rule.code) + 1)}
    return [EVERY_RULE, *sorted(beginnings), *(rule.name for rule in rules)]


def rule_words(words: Sequence[str], rules: Sequence[Rule], at: Place) -> tuple[str, ...]:
    """Codes and their beginnings, names as the codes they stand for. Raises Wrong for a word that means no rule."""
    return tuple(dict.fromkeys(_word(word, rules, (*at, n)) for n, word in enumerate(words)))


def _word(word: str, rules: Sequence[Rule], at: Place) -> str:
    if word == EVERY_RULE or any(rule.code.startswith(word) for rule in rules if word):
        return word
    if code := next((rule.code for rule in rules if rule.name == word), None):
        return code
    raise _no_rule(at, word, rules)


def _no_rule(at: Place, word: str, rules: Sequence[Rule]) -> Wrong:
    names = [name for rule in rules for name in (rule.code, rule.name)]
    return unknown(at, word, names, what="is no rule", list_them="`geo-optimize rule` lists them")


def severities(table: Mapping[str, Severity], rules: Sequence[Rule], at: Place) -> dict[str, Severity]:
    """The severity of every rule that one is given for; what names a rule more closely wins."""
    words = {_word(word, rules, (*at, word)): severity for word, severity in table.items()}
    by_closeness = sorted(words, key=lambda word: 0 if word == EVERY_RULE else len(word))
    return {rule.code: words[word] for word in by_closeness for rule in rules if word == EVERY_RULE or rule.code.startswith(word)}


def option_values(table: Mapping[str, Mapping[str, object]], rules: Sequence[Rule], at: Place) -> dict[str, dict[str, object]]:
    """The options of rules, by code. Raises Wrong for a rule or an option that there is not, and a value that is none for it."""
    found: dict[str, dict[str, object]] = {}
    for word, values in table.items():
        rule = next((rule for rule in rules if word in (rule.code, rule.name)), None)
        if rule is None:
            raise _no_rule((*at, word), word, rules)
        if not rule.options:
            raise Wrong((*at, word), f"{rule.code} {rule.name} has no options", "leave it out")
        chosen = {option: _value(rule, option, value, (*at, word, option)) for option, value in values.items()}
        found.setdefault(rule.code, {}).update(chosen)
    return found


def _value(rule: Rule, option: str, value: object, at: Place) -> object:
    """A value as the rule's function takes it: of the type of its default."""
    key = option.replace("-", "_")
    if key not in rule.options:
        what = f"is no option of {rule.code} {rule.name}"
        raise unknown(at, option, [known.replace("_", "-") for known in rule.options], what=what)
    default = rule.options[key]
    if fits(value, default):
        return _of_type(default, value)
    raise Wrong(at, f"`{name(at)}` must be {kind(default)}, not {kind_of(value)}", f"its default is {toml(default)}")


def _of_type(default: object, value: object) -> object:
    """A list of TOML as the collection that the default is."""
    if not isinstance(value, list):
        return value
    return frozenset(value) if isinstance(default, frozenset) else tuple(value)


def fits(value: object, default: object) -> bool:
    """Whether a value can stand in the default's place."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, int):
        return isinstance(value, int) and value > 0
    if isinstance(default, float):
        return isinstance(value, int | float) and value >= 0
    if isinstance(default, str):
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def kind(default: object) -> str:
    """What can stand in the default's place, in words."""
    if isinstance(default, bool):
        return "true or false"
    if isinstance(default, int):
        return "a whole number above 0"
    if isinstance(default, float):
        return "a number, 0 or more"
    return "a text in quotes" if isinstance(default, str) else "a list of texts"


def patterns(lines: Sequence[str], at: Place) -> Patterns:
    """Patterns for paths. Raises Wrong for one that can fit nothing."""
    for n, line in enumerate(lines):
        if why := problem(line):
            raise Wrong((*at, n), f'the pattern "{line}" {why}', "write it as in a .gitignore, such as legacy/**")
    return Patterns(tuple(lines))
