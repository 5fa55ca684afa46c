"""Text -> Draft, and edits -> text. The only room that knows markdown-it and python-frontmatter."""

from geo_optimizer.markdown.comparing import changed_part
from geo_optimizer.markdown.edits import Moves, apply_edits, invert_edits, ordered
from geo_optimizer.markdown.parse import blocks_of, metadata_of, parse

__all__ = ["Moves", "apply_edits", "blocks_of", "changed_part", "invert_edits", "metadata_of", "ordered", "parse"]
