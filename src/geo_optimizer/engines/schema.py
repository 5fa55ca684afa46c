"""What an engine may answer. pydantic, because the answer may come from a model.

Lengths are checked here only where a breach makes the answer unusable; whether
a line is true is for grounding, whether it is wanted is for compose.
"""

from __future__ import annotations

import unicodedata

from pydantic import BaseModel, ConfigDict, Field, field_validator

_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # controls, formats, surrogates, private use: nothing a reader sees


class _Strict(BaseModel):
    # Defaults are for engines that build an answer in code; on the wire every field is asked for.
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Line(_Strict):
    """One generated line and the numbers of the draft's sentences (from 1) that support it."""

    text: str = Field(description="One plain-text line: no Markdown, no HTML, no links, no emoji, no line breaks.")
    sentences: list[int] = Field(default_factory=list, description="Numbers of the draft's sentences that support the line.")

    @field_validator("text")
    @classmethod
    def one_line(cls, text: str) -> str:
        line = "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in _INVISIBLE)
        if not line.strip():
            raise ValueError("an empty line")
        return line


class Answer(_Strict):
    """All that an engine proposes for one draft. A part it cannot write well stays empty."""

    title: Line | None = Field(default=None, description="The page's title; the draft's own where it has one.")
    description: Line | None = Field(default=None, description="One or two complete sentences, 120-160 characters in all.")
    slug: str | None = Field(default=None, description="Lower-case words of the title joined by hyphens.")
    categories: list[str] = Field(default_factory=list, description="One to five topics, from the site's vocabulary where one is given.")
    tldr: list[Line] = Field(default_factory=list, description="Three to five sentences, each quotable alone.")
    takeaways: list[Line] = Field(default_factory=list, description="Three to five sentences: what the reader should do or remember.")
