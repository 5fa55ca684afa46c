"""Which dialect a draft is in: by its name, else by what only one dialect would say."""

from __future__ import annotations

import re

from geo_optimizer.errors import DraftRefused
from geo_optimizer.lazy import lazily
from geo_optimizer.markdown.dialects.code import find_code
from geo_optimizer.markdown.dialects.mdx import find_mdx, looks_like_mdx
from geo_optimizer.markdown.dialects.stretches import Stretches, fill, unified
from geo_optimizer.model import Dialect

# MyST's directives (mystmd.org/guide/directives); `{python}` and the like are code cells of Quarto and R Markdown.
_MYST_DIRECTIVES = frozenset(
    """admonition attention aside bibliography blockquote button card caution code code-block code-cell contents csv-table danger
    dropdown embed epigraph error eval-rst exercise figure footer-article glossary grid hint iframe image important include index
    list-table literalinclude margin math mermaid mystdemo note prf:proof prf:theorem pull-quote raw seealso sidebar solution
    tab-item tab-set table tableofcontents tip toctree topic versionadded warning""".split()
)
_MYST_OPENING = lazily(r"^[ >]*(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[\w:-]+)\}", re.MULTILINE)
_MYST_TARGET = lazily(r"^\([\w:.-]+\)=[ \t]*$", re.MULTILINE)
_EMBED = lazily(r"!\[\[[^\[\]\n]+\]\]")
_OBSIDIAN_COMMENT = lazily(r"%%[^%\n]+%%|^%%[ \t]*$[^%]+^%%[ \t]*$", re.MULTILINE)
_BLOCK_ID = lazily(r"(?<=\S)[ \t]+\^[A-Za-z0-9][\w-]*[ \t]*$", re.MULTILINE)


def dialect_of(path: str, body: str = "") -> Dialect:
    """The dialect of the text `body` (without frontmatter) of a file called `path`.

    `.mdx` is MDX. Any other file is MDX only if it begins with an import or
    export and balances; it is MyST or Obsidian only if it says something that
    they alone would say, outside of code.
    """
    if path.lower().endswith(".mdx"):
        return "mdx"
    text = unified(body)
    if looks_like_mdx(text) and _balances(text):
        return "mdx"
    return _of_content(text) if _says_so(text) else "markdown"


def _says_so(text: str) -> bool:
    """Whether anything of MyST or Obsidian is in the text, be it in code: most drafts have nothing, and code takes time to find."""
    fenced = "{" in text and ("`{" in text or "~{" in text or ":{" in text)
    if (fenced and _MYST_OPENING.search(text)) or (")=" in text and _MYST_TARGET.search(text)):
        return True
    block_id = " ^" in text or "\t^" in text
    return bool(
        ("[[" in text and (_EMBED.search(text) or (block_id and _BLOCK_ID.search(text))))
        or ("%%" in text and _OBSIDIAN_COMMENT.search(text))
    )


def _balances(text: str) -> bool:
    try:
        list(find_mdx(text, Stretches(find_code(text, html=False).spans)))
    except DraftRefused:
        return False
    return True


def _of_content(text: str) -> Dialect:
    code = find_code(text, html=True).spans
    shown = fill(text, code)
    starts = {span.start for span in code}
    fences = (mark for mark in _MYST_OPENING.finditer(text) if mark["name"] in _MYST_DIRECTIVES)
    if _MYST_TARGET.search(shown) or any(shown[mark.start("fence")] == ":" or mark.start() in starts for mark in fences):
        return "myst"
    if _EMBED.search(shown) or _OBSIDIAN_COMMENT.search(shown) or ("[[" in shown and _BLOCK_ID.search(shown)):
        return "obsidian"
    return "markdown"
