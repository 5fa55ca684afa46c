"""What drafts look like for each site generator: their keys, and what a tool must not add to them.

A preset holds for a site of which nothing else is known. What the site's own
pages show (`Habits`) wins over its key names, and what the draft has over both;
what it warns of is never added. A tool adds nothing that could move a page,
break a build or make a page public. Beside each fact stands the page of the
generator's documentation that it goes back to; where a caution is none of the
generator's, but of what sites do with it, its words say so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from geo_optimizer.model import Dialect, FrontmatterFormat

PresetName = Literal["plain", "hugo", "jekyll", "astro", "eleventy", "docusaurus", "mkdocs", "next"]
PresetChoice = PresetName | Literal["auto"]
Shape = Literal["list", "joined", "one"]  # of a key's value: a list, text with commas between terms, a single term
Taxonomy = Literal["categories", "tags"]

# The keys under which sites file their pages, by what they are; the first is the usual one.
TAXONOMY_KEYS: dict[Taxonomy, tuple[str, ...]] = {"categories": ("categories", "category"), "tags": ("tags", "tag", "topics", "topic")}
SINGULAR_KEYS = frozenset({"category", "tag", "topic"})


class Caution(NamedTuple):
    """Keys that a tool leaves alone, and why, said behind "`key` was left out: ".

    `source` is the documentation that says so. `below`: only where a draft
    lies in a folder of this name.
    """

    keys: tuple[str, ...]
    why: str
    source: str
    below: str | None = None


class Preset(NamedTuple):
    """What a generator's drafts look like.

    `title`, `description`, `slug`, `category`: the keys of new values.
    `cautions`: keys that are never added or changed.
    `new_terms`: why only terms that the site has already may be added; empty where any may.
    `unshown`: why a key that the site's pages do not have is left out; empty where it is not.
    `bare`: why a file without frontmatter gets none; empty where it may get
    one. `bare_shown`: it may where the site's pages have some.
    `bare_pages`: a file without frontmatter is a page already, with an address.
    `unpublished`: values that keep a page from being published; `drafts`: the
    folder whose files are not; `in_drafts`: this draft is one of them.
    `format` of new frontmatter. `dialect` of `.md` files, None: by what they hold.
    `introduces_by`: the key of what lists show of a page, in whose stead the first paragraph is taken; empty where it is not.
    `excerpt_marks`: lines that end what is shown in lists.
    """

    name: PresetName
    label: str
    title: str = "title"
    description: str = "description"
    slug: str = "slug"
    category: str = "categories"
    cautions: tuple[Caution, ...] = ()
    new_terms: str = ""
    unshown: str = ""
    bare: str = ""
    bare_shown: bool = False
    bare_pages: bool = True
    unpublished: tuple[tuple[str, bool], ...] = (("draft", True),)
    drafts: str | None = None
    in_drafts: bool = False
    format: FrontmatterFormat = "yaml"
    dialect: Dialect | None = None
    introduces_by: str = ""
    excerpt_marks: tuple[str, ...] = ("<!--more-->",)

    def caution(self, key: str) -> Caution | None:
        """What speaks against a key; where it is not known in which folders a draft lies, in any."""
        return next((caution for caution in self.cautions if key in caution.keys), None)

    def placed(self, folders: Collection[str]) -> Preset:
        """What holds for a draft that lies in these folders."""
        cautions = tuple(caution for caution in self.cautions if caution.below is None or caution.below in folders)
        in_drafts = self.drafts in folders
        return self._replace(cautions=cautions, in_drafts=in_drafts, bare="" if in_drafts else self.bare)


@dataclass(frozen=True, slots=True)
class Habits:
    """What the pages of a site like one draft show; nothing where too few of them agree.

    `pages`: how many were looked at, 0 where they are too few to learn from.
    `beside`: the draft lies among them; one that does not may yet be given a place, and a slug.
    `keys`: kind of value -> the key most of them have. `shown`: every key of
    these kinds that any of them has. `shapes`: key -> how its values are written.
    `unclear`: keys whose values cannot be told from words with spaces between.
    `terms`: all terms of `taxonomy` that the site's published pages have.
    """

    pages: int = 0
    beside: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()
    format: FrontmatterFormat | None = None
    taxonomy: Taxonomy = "categories"
    terms: frozenset[str] = frozenset()


_ELEVENTY_COLLECTIONS = "https://www.11ty.dev/docs/collections/"
_ELEVENTY_KEYS = "https://www.11ty.dev/docs/data-configuration/"
_MKDOCS_BLOG = "https://squidfunk.github.io/mkdocs-material/plugins/blog/"
_NEXT_MDX = "https://nextjs.org/docs/app/guides/mdx"

PLAIN = Preset(name="plain", label="plain Markdown", bare_pages=False)

HUGO = Preset(
    name="hugo",
    label="Hugo",
    # https://gohugo.io/content-management/front-matter/, https://gohugo.io/content-management/summaries/
    category="tags",
    # https://gohugo.io/content-management/taxonomies/: categories and tags are taxonomies by default, each term a page.
    new_terms="Hugo makes a page of every new term; --site lets it choose among the site's own",
)

JEKYLL = Preset(
    name="jekyll",
    label="Jekyll",
    category="tags",
    cautions=(
        Caution(
            ("categories", "category"), "Jekyll puts it into the address of a post", "https://jekyllrb.com/docs/permalinks/#placeholders"
        ),
    ),
    new_terms="a theme or plugin may make a page of every new tag; --site lets it choose among the site's own",
    # https://jekyllrb.com/docs/front-matter/: only files with frontmatter are processed. Drafts are below `_drafts`.
    bare="Jekyll publishes a file as a page once it has frontmatter; begin it with two lines `---` to say that it is to be one",
    bare_pages=False,
    unpublished=(("published", False),),
    drafts="_drafts",
    # https://jekyllrb.com/docs/posts/#post-excerpts: all up to the first blank line, unless a separator is configured.
    introduces_by="excerpt",
)

ASTRO = Preset(
    name="astro",
    label="Astro",
    # https://docs.astro.build/en/guides/content-collections/
    category="tags",
    cautions=(
        Caution(
            ("slug",),
            "Astro takes it for the page's address",
            "https://docs.astro.build/en/reference/content-loader-reference/#glob-loader",
        ),
    ),
    new_terms="the schema of a collection can list its terms; --site lets it choose among the site's own",
    unshown="no page beside it has one, and the schema of an Astro collection can refuse it",
    unpublished=(),
)

ELEVENTY = Preset(
    name="eleventy",
    label="Eleventy",
    cautions=(
        Caution(("tags", "tag"), "Eleventy sorts pages into collections by their tags", _ELEVENTY_COLLECTIONS),
        Caution(("slug",), "Eleventy knows no slugs, but a site can make addresses of them", _ELEVENTY_KEYS),
    ),
    new_terms="what an Eleventy site makes of it is its own; --site lets it choose among the site's own",
    unpublished=(),
)

DOCUSAURUS = Preset(
    name="docusaurus",
    label="Docusaurus",
    # https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog, .../plugin-content-docs
    category="tags",
    # onInlineTags: a tag that is not in tags.yml is warned of or stops the build.
    new_terms="Docusaurus makes a page of every new tag, or stops if it is not in tags.yml; --site lets it choose among the site's own",
    # https://docusaurus.io/docs/markdown-features#mdx-vs-commonmark: .md is MDX unless `markdown.format` says otherwise.
    dialect="mdx",
    # https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog#markdown-front-matter: description is the first line by default.
    introduces_by="description",
    excerpt_marks=("<!-- truncate -->", "{/* truncate */}"),
)

MKDOCS = Preset(
    name="mkdocs",
    label="MkDocs",
    # https://squidfunk.github.io/mkdocs-material/plugins/tags/, https://www.mkdocs.org/user-guide/writing-your-docs/
    category="categories",
    cautions=(Caution(("title",), "Material for MkDocs makes the address of a post from its title", _MKDOCS_BLOG, below="posts"),),
    # categories_allowed, and tags_allowed of the tags plugin, stop the build.
    new_terms="MkDocs makes a page of every new term, or stops if it is not an allowed one; --site lets it choose among the site's own",
    excerpt_marks=("<!-- more -->",),
)

NEXT = Preset(
    name="next",
    label="Next.js",
    category="tags",
    cautions=(Caution(("slug",), "Next.js knows no slugs, but a site can make addresses of them", _NEXT_MDX),),
    new_terms="a site may make a page of every new term; --site lets it choose among the site's own",
    bare="Next.js shows frontmatter as text unless a plugin reads it, and no page of a --site was seen that has some",
    bare_shown=True,
    unpublished=(),
)

PRESETS: dict[PresetName, Preset] = {preset.name: preset for preset in (PLAIN, HUGO, JEKYLL, ASTRO, ELEVENTY, DOCUSAURUS, MKDOCS, NEXT)}
