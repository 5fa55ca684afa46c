"""Make a Markdown draft ready for search engines and answer engines.

    from geo_optimizer import optimize, parse, check

The names below are loaded when they are first used, so that importing the
package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo_optimizer.errors import GeoError
    from geo_optimizer.markdown import parse
    from geo_optimizer.model import Draft, Edit, Enhancement, Finding, Optimization, Span, Statistic, Verdict
    from geo_optimizer.options import Options
    from geo_optimizer.pipeline import optimize
    from geo_optimizer.rules import check

__version__ = "0.1.0"

_HOMES = {
    "optimize": "pipeline",
    "check": "rules",
    "parse": "markdown",
    "Options": "options",
    "GeoError": "errors",
    **dict.fromkeys(("Draft", "Edit", "Enhancement", "Finding", "Optimization", "Span", "Statistic", "Verdict"), "model"),
}
__all__ = [
    "Draft",
    "Edit",
    "Enhancement",
    "Finding",
    "GeoError",
    "Optimization",
    "Options",
    "Span",
    "Statistic",
    "Verdict",
    "__version__",
    "check",
    "optimize",
    "parse",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
