"""The keys under which sites keep each part of what is generated; the first is what a plain draft gets."""

from __future__ import annotations

TITLE_KEYS = ("title",)
DESCRIPTION_KEYS = (
    "description",
    "summary",
    "excerpt",
    "meta_description",
    "metaDescription",
    "seo_description",
    "abstract",
    "lede",
    "teaser",
    "desc",
)
SLUG_KEYS = ("slug", "permalink", "url")
CATEGORY_KEYS = ("categories", "category", "tags", "tag", "topics", "keywords", "taxonomies")
