"""What a configuration comes to: where it is from, each setting as it holds, and the rules that are on."""

from __future__ import annotations

from collections.abc import Iterator

from geo_optimizer.options import PARTS, Options
from geo_optimizer.presets import PresetChoice
from geo_optimizer.report.json import SCHEMA, Object
from geo_optimizer.rules import selected
from geo_optimizer.settings import Configuration, toml


def effective(configuration: Configuration, options: Options, preset: PresetChoice, draft: str | None) -> Object:
    """All that holds, for a draft or for those that no override is for."""
    parts = [part for part in PARTS if part not in configuration.skip and (configuration.only is None or part in configuration.only)]
    return {
        "schema": SCHEMA,
        "configuration": configuration.path,
        "draft": draft,
        "settings": {
            "select": list(options.select),
            "extend-select": list(options.extend_select),
            "ignore": list(options.ignore),
            "severity": dict(options.severity),
            "fail-on": configuration.fail_on or "error",
            "preset": preset,
            "dialect": options.dialect,
            "language": options.language,
            "site": configuration.site,
            "site-pages": configuration.site_pages,
            "site-catalogue": configuration.site_catalogue,
            "site-never": list(configuration.site_never.lines),
            "exclude": list(configuration.exclude.lines),
            "baseline": configuration.baseline,
            "only": parts,
        },
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "severity": options.severity.get(rule.code, rule.severity),
                "options": {
                    name.replace("_", "-"): sorted(value) if isinstance(value, frozenset) else value
                    for name, value in {**rule.options, **options.rule_options.get(rule.code, {})}.items()
                },
            }
            for rule in selected(options)
        ],
    }


def text(found: Object) -> str:
    """The same as TOML with comments: a configuration that would come to the same."""
    return "\n".join(_rows(found))


def _rows(found: Object) -> Iterator[str]:
    source = f"from {found['configuration']}" if found["configuration"] else "the defaults: there is no configuration"
    yield f"# {source}" + (f", for {found['draft']}" if found["draft"] else "")
    for key, value in found["settings"].items():
        if value is None:
            yield f"# {key}: not set"
        elif key == "select" and not value:
            yield "# select: the rules that are on by default"
        else:
            yield f"{key} = {toml(value)}"
    for rule in found["rules"]:
        if rule["options"]:
            yield from (
                "",
                f"[rules.{rule['code']}]  # {rule['name']}",
                *(f"{key} = {toml(value)}" for key, value in rule["options"].items()),
            )
    yield from ("", f"# The rules that are on, {len(found['rules'])}:")
    yield from (f"#   {rule['code']}  {rule['severity']:<8} {rule['name']}" for rule in found["rules"])
