"""Frontmatter: found by our own scanner, read by python-frontmatter's handler (YAML) or the standard library (TOML, JSON), changed by splicing characters.

python-frontmatter's `dumps` would sort keys and drop comments, its splitter
loses text (see the tests), and its TOML needs one package more; so none of
them is used.
"""

from __future__ import annotations

from geo_optimizer.markdown.frontmatter.errors import Unchangeable
from geo_optimizer.markdown.frontmatter.find import find_frontmatter
from geo_optimizer.markdown.frontmatter.load import EMPTY, load
from geo_optimizer.markdown.frontmatter.names import (
    CATEGORY_KEYS,
    DATE_KEYS,
    DESCRIPTION_KEYS,
    MODIFIED_KEYS,
    SEARCH_DESCRIPTION_KEYS,
    SEARCH_TITLE_KEYS,
    SLUG_KEYS,
    TITLE_KEYS,
)
from geo_optimizer.markdown.frontmatter.splice import keys_of, splice, values_of
from geo_optimizer.markdown.frontmatter.writing import Scalar

__all__ = [
    "CATEGORY_KEYS",
    "DATE_KEYS",
    "DESCRIPTION_KEYS",
    "EMPTY",
    "MODIFIED_KEYS",
    "SEARCH_DESCRIPTION_KEYS",
    "SEARCH_TITLE_KEYS",
    "SLUG_KEYS",
    "TITLE_KEYS",
    "Scalar",
    "Unchangeable",
    "find_frontmatter",
    "keys_of",
    "load",
    "splice",
    "values_of",
]
