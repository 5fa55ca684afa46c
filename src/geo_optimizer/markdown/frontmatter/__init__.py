"""Frontmatter: found by our own scanner, read by python-frontmatter's handlers, changed by splicing characters.

The handlers' `dumps` would sort keys and drop comments, and their splitter
loses text (see the tests); so neither is used.
"""

from __future__ import annotations

from geo_optimizer.markdown.frontmatter.find import find_frontmatter
from geo_optimizer.markdown.frontmatter.load import load
from geo_optimizer.markdown.frontmatter.names import CATEGORY_KEYS, DESCRIPTION_KEYS, SLUG_KEYS, TITLE_KEYS
from geo_optimizer.markdown.frontmatter.splice import keys_of, splice
from geo_optimizer.markdown.frontmatter.writing import Scalar

__all__ = ["CATEGORY_KEYS", "DESCRIPTION_KEYS", "SLUG_KEYS", "TITLE_KEYS", "Scalar", "find_frontmatter", "keys_of", "load", "splice"]
