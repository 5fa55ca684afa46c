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
# What search results show in the title's and the description's stead, where a site states it.
SEARCH_TITLE_KEYS = ("seo_title", "seoTitle", "meta_title", "metaTitle", "title_tag", "title")
SEARCH_DESCRIPTION_KEYS = ("seo_description", "seoDescription", "meta_description", "metaDescription", "description", "desc")
# When a page was published, and when it was changed since.
DATE_KEYS = (
    "date",
    "pubDate",
    "pubDatetime",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "datePublished",
    "date_published",
    "published",
    "created",
    "created_at",
)
MODIFIED_KEYS = (
    "lastmod",
    "updated",
    "modified",
    "updatedDate",
    "updated_date",
    "updatedAt",
    "updated_at",
    "modDatetime",
    "modDate",
    "dateModified",
    "date_modified",
    "last_modified",
    "last_modified_at",
    "lastModified",
    "lastUpdated",
    "last_updated",
    "last_update",
)
