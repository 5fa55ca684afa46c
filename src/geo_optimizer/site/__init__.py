"""Many pages -> where a draft can link, and which of their terms fit it.

site = open_site("content")
suggest_links(draft, site)     links with words, place, target, reason
suggest_backlinks(draft, site) which pages should link to the draft, where
Writer(draft, site).written(s) such a link as this draft writes its links
site.vocabulary(draft)         the site's own tags or categories, likeliest first
phrases(draft)                 without a site: what would deserve a link
"""

from geo_optimizer.site.backlinks import suggest_backlinks
from geo_optimizer.site.index import Site, open_site
from geo_optimizer.site.pages import Page, Skipped
from geo_optimizer.site.phrases import phrases
from geo_optimizer.site.suggest import links_that_fit, suggest_links
from geo_optimizer.site.writing import Unwritable, Writer

__all__ = [
    "Page",
    "Site",
    "Skipped",
    "Unwritable",
    "Writer",
    "links_that_fit",
    "open_site",
    "phrases",
    "suggest_backlinks",
    "suggest_links",
]
