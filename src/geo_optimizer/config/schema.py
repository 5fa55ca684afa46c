"""The JSON schema of a configuration (draft 2020-12), by which editors complete and check it while it is written.

What it accepts is what `load` accepts, but for patterns and paths, which only the disk can judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo_optimizer.config.model import Config
from geo_optimizer.config.words import kind, known_words
from geo_optimizer.rules import RULES
from geo_optimizer.rules.book import option_help
from geo_optimizer.rules.rule import Rule

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(rules: Sequence[Rule] = RULES) -> Schema:
    """The schema, with the rules that there are and their options."""
    made = _trimmed(Config.model_json_schema())
    definitions = made["$defs"]
    for table in (made, definitions["OverrideTable"]):
        keys = table["properties"]
        for key in ("select", "extend-select", "ignore"):
            keys[key]["items"] = {"$ref": "#/$defs/RuleWord"}
        keys["severity"]["propertyNames"] = {"$ref": "#/$defs/RuleWord"}
        keys["rules"] = {"$ref": "#/$defs/RuleOptions", "description": keys["rules"]["description"]}
    definitions["RuleWord"] = {"enum": known_words(rules), "description": "A rule's code or name, a beginning of codes, or ALL."}
    definitions["RuleOptions"] = _closed({word: _own(rule) for rule in rules if rule.options for word in (rule.code, rule.name)})
    definitions |= {f"Options{rule.code}": _options(rule) for rule in rules if rule.options}
    return {"$schema": _DIALECT, "title": "geo-optimizer", **made}


def _own(rule: Rule) -> Schema:
    return {"$ref": f"#/$defs/Options{rule.code}"}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _options(rule: Rule) -> Schema:
    said = option_help(rule)
    options = {
        spelt: {"description": said.get(name, kind(default)), "default": _plain(default), **_type(default)}
        for name, default in rule.options.items()
        for spelt in dict.fromkeys((name.replace("_", "-"), name))
    }
    return {"description": f"{rule.code} {rule.name}: {rule.summary}", **_closed(options)}


def _type(default: object) -> Schema:
    """What can stand in the default's place."""
    if isinstance(default, bool):
        return {"type": "boolean"}
    if isinstance(default, int):
        return {"type": "integer", "minimum": 1}
    if isinstance(default, float):
        return {"type": "number", "minimum": 0}
    return {"type": "string"} if isinstance(default, str) else {"type": "array", "items": {"type": "string"}}


def _plain(default: object) -> object:
    return sorted(default) if isinstance(default, frozenset) else list(default) if isinstance(default, tuple) else default


def _trimmed(made: Any) -> Any:
    """Without nulls, which TOML has not, and without titles that only say the key again."""
    if isinstance(made, list):
        return [_trimmed(item) for item in made]
    if not isinstance(made, dict):
        return made
    kept = {key: _trimmed(value) for key, value in made.items() if key != "title" and not (key == "default" and value in (None, [], {}))}
    if {"type": "null"} in kept.get("anyOf", []):
        kept |= next(choice for choice in kept.pop("anyOf") if choice != {"type": "null"})
    return kept
