"""Where a page stands: a file's path, its frontmatter and the generator's configuration -> the URL."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from geo_optimizer.generator import find_project
from geo_optimizer.markdown import parse
from geo_optimizer.site import Writer, open_site, suggest_links
from geo_optimizer.site.pages import read_page
from geo_optimizer.site.permalinks import permalinks

JEKYLL = {"_config.yml": "", "Gemfile": ""}
HUGO = {"hugo.toml": ""}
DOCUSAURUS = {"docusaurus.config.js": "module.exports = {};\n"}
ASTRO = {"astro.config.mjs": ""}
ELEVENTY = {"eleventy.config.js": ""}
MKDOCS = {"mkdocs.yml": "site_name: Kale\n"}
NEXT = {"next.config.js": ""}

POST = "_posts/2020-01-02-sea-kale.md"


def jekyll(config: str) -> dict[str, str]:
    return {**JEKYLL, "_config.yml": config}


def hugo(config: str) -> dict[str, str]:
    return {"hugo.toml": config}


def docusaurus(config: str, **more: str) -> dict[str, str]:
    return {"docusaurus.config.js": config, **more}


# Project, the path that its site is put below, and what of it stands in a link.
BASES: list[tuple[dict[str, str], str, str]] = [
    ({}, "", ""),
    (JEKYLL, "", ""),
    (jekyll("baseurl: /base\n"), "/base", "/base"),
    (jekyll('baseurl: "/a/b/"\n'), "/a/b", "/a/b"),
    (jekyll("baseurl: '{{ x }}'\n"), "", ""),
    (hugo('baseURL = "https://example.org/base/"\n'), "/base", "/base"),
    (hugo('baseURL = "https://example.org/"\n'), "", ""),
    ({"mkdocs.yml": "site_url: https://example.org/base/\n"}, "/base", "/base"),
    (docusaurus("module.exports = { baseUrl: '/base/' };\n"), "/base", ""),
    (docusaurus("module.exports = { baseUrl: '/' };\n"), "", ""),
    ({"astro.config.mjs": 'export default defineConfig({ base: "base" });\n'}, "/base", "/base"),
    ({"next.config.js": "module.exports = { basePath: '/base' };\n"}, "/base", "/base"),
    ({"next.config.js": "module.exports = nextra({})({ basePath: '/base' });\n"}, "/base", ""),
    ({"eleventy.config.js": "module.exports = () => ({ pathPrefix: '/base/' });\n"}, "/base", "/base"),
    ({"eleventy.config.js": "c.addPlugin(EleventyHtmlBasePlugin);\nreturn { pathPrefix: '/base/' };\n"}, "/base", ""),
]

# Project, file, frontmatter, URL; None: no page is made of the file.
ADDRESSES: list[tuple[dict[str, str], str, str, str | None]] = [
    # ------------------------------------------------------------ nothing known
    ({}, "guides/Sea Kale.md", "", "/guides/Sea Kale/"),
    ({}, "guides/index.md", "", "/guides/"),
    ({}, "a.md", "url: /b", "/b"),
    ({}, "a.md", "permalink: b/", "/b/"),
    ({}, "a.md", "permalink: https://example.org/b.html", "https://example.org/b.html"),
    ({}, "a.md", "url: https://other.example/", "/a/"),  # what the page is about
    # ------------------------------------------------------------ Jekyll
    (JEKYLL, "a.md", "url: /b", "/a.html"),
    (JEKYLL, "a.md", "permalink: https://other.example/b", "https://other.example/b"),
    (jekyll("url: https://kale.example"), "a.md", "permalink: https://other.example/b", "/a.html"),
    (jekyll("url: https://kale.example"), "a.md", "permalink: https://kale.example/b", "https://kale.example/b"),
    (MKDOCS, "docs/a.md", "url: /b", "/a/"),
    (HUGO, "content/a.md", "url: https://other.example/b", "/a/"),
    (hugo("baseURL = 'https://kale.example'"), "content/a.md", "url: https://www.kale.example/b", "https://www.kale.example/b"),
    (JEKYLL, POST, "", "/2020/01/02/sea-kale.html"),
    (JEKYLL, "_posts/2020-1-2-sea-kale.markdown", "date: 2020-01-02", "/2020/01/02/sea-kale.html"),
    (JEKYLL, POST, "date: 2021-03-04", "/2021/03/04/sea-kale.html"),
    (JEKYLL, POST, "categories: [Garden, Coast]", "/garden/coast/2020/01/02/sea-kale.html"),
    (JEKYLL, POST, "categories: garden coast", "/garden/coast/2020/01/02/sea-kale.html"),
    (JEKYLL, "garden/" + POST, "category: coast", "/garden/coast/2020/01/02/sea-kale.html"),
    (JEKYLL, POST, "slug: Crambe", "/2020/01/02/Crambe.html"),
    (JEKYLL, POST, "permalink: /kale/", "/kale/"),
    (JEKYLL, POST, "permalink: /:year/:slug", "/2020/sea-kale"),
    (JEKYLL, "_posts/notes.md", "", None),
    (JEKYLL, "_other/a.md", "", None),
    (JEKYLL, "about.md", "", "/about.html"),
    (JEKYLL, "guides/index.md", "", "/guides/"),
    (jekyll("exclude: [notes, /old/*.md, README.md]"), "notes/a.md", "", None),
    (jekyll("exclude: [notes, /old/*.md, README.md]"), "old/a.md", "", None),
    (jekyll("exclude: [notes, /old/*.md, README.md]"), "README.md", "", None),
    (jekyll("exclude: [notes, /old/*.md, README.md]"), "guides/README.md", "", "/guides/"),
    (jekyll("exclude: [notes/]\ninclude: [notes/a.md]"), "notes/a.md", "", "/notes/a.html"),
    (jekyll("permalink: pretty"), POST, "", "/2020/01/02/sea-kale/"),
    (jekyll("permalink: pretty"), "guides/soil.md", "", "/guides/soil/"),
    (jekyll("permalink: none"), POST, "categories: garden", "/garden/sea-kale.html"),
    (jekyll("permalink: ordinal"), POST, "", "/2020/002/sea-kale.html"),
    (jekyll("permalink: weekdate"), POST, "", "/2020/W01/Thu/sea-kale.html"),
    (jekyll("permalink: /blog/:year-:i_month/:title/"), POST, "", "/blog/2020-1/sea-kale/"),
    (jekyll("permalink: /blog/:title/"), "about.md", "", "/about/"),
    (jekyll("permalink: /blog/:title"), "about.md", "", "/about"),
    (jekyll("permalink: /:nothing/:title"), POST, "", "/_posts/2020-01-02-sea-kale/"),
    (jekyll("collections:\n  recipes:\n    output: true"), "_recipes/soup/kale.md", "", "/recipes/soup/kale.html"),
    (jekyll("collections:\n  recipes:\n    output: true\n    permalink: /eat/:name/"), "_recipes/Kale_Soup.md", "", "/eat/kale-soup/"),
    (jekyll("collections: [recipes]"), "_recipes/kale.md", "", None),
    (jekyll("collections_dir: all\ncollections:\n  recipes: {output: true}"), "all/_recipes/kale.md", "", "/recipes/kale.html"),
    (jekyll("source: src"), "src/" + POST, "", "/2020/01/02/sea-kale.html"),
    (jekyll("source: src"), "README.md", "", "/"),
    (jekyll("include: [_pages]"), "_pages/about.md", "permalink: /about/", "/about/"),
    (
        jekyll("defaults:\n- scope: {path: '', type: posts}\n  values: {permalink: '/b/:title/'}"),
        POST,
        "",
        "/b/sea-kale/",
    ),
    (
        jekyll("defaults:\n- scope: {path: news}\n  values: {permalink: '/n/:basename'}\n- scope: {path: ''}\n  values: {permalink: /x}"),
        "news/frost.md",
        "",
        "/n/frost",
    ),
    # ------------------------------------------------------------ Hugo
    (HUGO, "content/posts/Sea Kale.md", "", "/posts/sea-kale/"),
    (HUGO, "content/posts/What's new & old.md", "", "/posts/whats-new-old/"),
    (HUGO, "content/posts/kale/index.md", "", "/posts/kale/"),
    (HUGO, "content/posts/_index.md", "", "/posts/"),
    (HUGO, "content/_index.md", "", "/"),
    (HUGO, "content/posts/kale.md", "slug: Crambe", "/posts/crambe/"),
    (HUGO, "content/posts/kale/index.md", "slug: crambe", "/posts/crambe/"),
    (HUGO, "content/posts/kale.md", "url: /eat/kale.html", "/eat/kale.html"),
    (HUGO, "content/posts/kale.md", "url: /:year/:slug/\ntitle: Sea kale\ndate: 2020-01-02", "/2020/sea-kale/"),
    (HUGO, "content/posts/kale.md", "build: {render: never}", None),
    (HUGO, "content/shared/index.md", "headless: true", None),
    (hugo("disablePathToLower = true"), "content/Posts/Kale.md", "", "/Posts/Kale/"),
    (hugo("uglyURLs = true"), "content/posts/kale.md", "", "/posts/kale.html"),
    (hugo("contentDir = 'src/pages'"), "src/pages/a.md", "", "/a/"),
    (
        hugo("[permalinks]\nposts = '/:year/:month/:title/'"),
        "content/posts/a.md",
        "title: Sea kale\ndate: 2020-01-02",
        "/2020/01/sea-kale/",
    ),
    (hugo("[permalinks.page]\nposts = '/a/:slug/'"), "content/posts/a.md", "title: Sea kale\nslug: crambe", "/a/crambe/"),
    (hugo("[permalinks.page]\nposts = '/a/:slug/'"), "content/posts/_index.md", "title: Posts", "/posts/"),
    (hugo("[permalinks.section]\nposts = '/articles/'"), "content/posts/_index.md", "", "/articles/"),
    (hugo("[permalinks]\nposts = '/:sections/:contentbasename'"), "content/posts/coast/kale/index.md", "", "/posts/coast/kale"),
    (hugo("[permalinks]\nposts = '/:sections[1:]/:slugorfilename/'"), "content/posts/coast/kale.md", "", "/coast/kale/"),
    (hugo("[permalinks]\nposts = '/:year/:title/'"), "content/posts/undated.md", "title: x", "/posts/undated/"),
    (hugo("[permalinks]\nposts = '/:nothing/'"), "content/posts/a.md", "", "/posts/a/"),
    (hugo("[languages.en]\n[languages.fr]"), "content/posts/kale.fr.md", "", "/fr/posts/kale/"),
    (hugo("[languages.en]\n[languages.fr]"), "content/posts/kale.en.md", "", "/posts/kale/"),
    (hugo("[languages.en]\n[languages.fr]"), "content/posts/v1.2.md", "", "/posts/v1.2/"),
    (hugo("defaultContentLanguageInSubdir = true\n[languages.en]\ncontentDir='content/en'"), "content/en/a.md", "", "/en/a/"),
    (hugo("[languages.en]\ncontentDir='content/en'\n[languages.fr]\ncontentDir='content/fr'"), "content/fr/a.md", "", "/fr/a/"),
    (hugo("[frontmatter]\ndate = [':filename', ':default']"), "content/posts/2020-01-02-kale.md", "", "/posts/kale/"),
    (
        {"config/_default/hugo.toml": "", "config/_default/permalinks.toml": "posts = '/p/:slug/'"},
        "content/posts/a.md",
        "slug: kale",
        "/p/kale/",
    ),
    # ------------------------------------------------------------ Docusaurus
    (DOCUSAURUS, "docs/intro.md", "", "/docs/intro"),
    (
        docusaurus("{ docs: {\n  include: ['**/*.md'], // don't\n  routeBasePath: 'handbook',\n  exclude: ['**/_*.md'], /* it's */\n} }"),
        "docs/kale.md",
        "",
        "/handbook/kale",
    ),
    (docusaurus("{ docs: {\n  // routeBasePath: 'old',\n  /* routeBasePath: 'older', */ routeBasePath: 'x' } }"), "docs/a.md", "", "/x/a"),
    (DOCUSAURUS, "docs/01-guides/02-sea-kale.mdx", "", "/docs/guides/sea-kale"),
    (DOCUSAURUS, "docs/2020-01-02-notes.md", "", "/docs/2020-01-02-notes"),
    (DOCUSAURUS, "docs/1.2-changes.md", "", "/docs/1.2-changes"),
    (DOCUSAURUS, "docs/guides/index.md", "", "/docs/guides/"),
    (DOCUSAURUS, "docs/01-guides/Guides.md", "", "/docs/guides/"),
    (DOCUSAURUS, "docs/guides/kale.md", "slug: crambe", "/docs/guides/crambe"),
    (DOCUSAURUS, "docs/guides/kale.md", "slug: ../crambe", "/docs/crambe"),
    (DOCUSAURUS, "docs/guides/kale.md", "slug: /crambe", "/docs/crambe"),
    (DOCUSAURUS, "docs/guides/kale.md", "slug: /", "/docs/"),
    (DOCUSAURUS, "docs/guides/01-kale.md", "id: crambe", "/docs/guides/crambe"),
    (DOCUSAURUS, "docs/_partial.md", "", None),
    (DOCUSAURUS, "blog/2020-01-02-sea-kale.md", "", "/blog/2020/01/02/sea-kale"),
    (DOCUSAURUS, "blog/2020-01-02-sea-kale/index.md", "", "/blog/2020/01/02/sea-kale"),
    (DOCUSAURUS, "blog/2020/01/02/sea-kale.md", "", "/blog/2020/01/02/sea-kale"),
    (DOCUSAURUS, "blog/2020-01-02-sea-kale.md", "slug: kale", "/blog/kale"),
    (DOCUSAURUS, "blog/sea-kale/index.md", "date: 2020-01-02", "/blog/sea-kale"),
    (DOCUSAURUS, "src/pages/about.md", "", "/about"),
    (DOCUSAURUS, "src/pages/index.md", "", "/"),
    (DOCUSAURUS, "i18n/fr/docusaurus-plugin-content-docs/current/01-intro.md", "", "/fr/docs/intro"),
    (DOCUSAURUS, "i18n/fr/docusaurus-plugin-content-blog/2020-01-02-a.md", "", "/fr/blog/2020/01/02/a"),
    (docusaurus("{presets: [['classic', {docs: {sidebarPath: {a: 1}, routeBasePath: '/'}}]]}"), "docs/a/b.md", "", "/a/b"),
    (docusaurus("{docs: {\n  // routeBasePath: '/',\n  path: 'docs'}}"), "docs/a.md", "", "/docs/a"),
    (docusaurus("{blog: {path: 'news', routeBasePath: 'news'}}"), "news/2020-01-02-a.md", "", "/news/2020/01/02/a"),
    (
        docusaurus("{plugins: [['@docusaurus/plugin-content-docs', {path: 'help', routeBasePath: 'support'}]]}"),
        "help/a.md",
        "",
        "/support/a",
    ),
    (docusaurus("{trailingSlash: true}"), "docs/a.md", "", "/docs/a/"),
    (docusaurus("{}", **{"versions.json": '["2.0", "1.0"]'}), "docs/a.md", "", "/docs/next/a"),
    (docusaurus("{}", **{"versions.json": '["2.0", "1.0"]'}), "versioned_docs/version-2.0/a.md", "", "/docs/a"),
    (docusaurus("{}", **{"versions.json": '["2.0", "1.0"]'}), "versioned_docs/version-1.0/a.md", "", "/docs/1.0/a"),
    # ------------------------------------------------------------ Astro
    (ASTRO, "src/pages/about.md", "", "/about/"),
    (ASTRO, "src/pages/guides/index.mdx", "", "/guides/"),
    (ASTRO, "src/pages/_draft.md", "", None),
    (ASTRO, "src/content/blog/Sea Kale!.md", "", "/blog/sea-kale/"),
    (ASTRO, "src/content/blog/kale/index.md", "", "/blog/kale/"),
    (ASTRO, "src/content/blog/kale.md", "slug: crambe", "/blog/crambe/"),
    ({"astro.config.mjs": "export default { trailingSlash: 'never' }"}, "src/pages/about.md", "", "/about"),
    ({"astro.config.mjs": "import starlight from '@astrojs/starlight'"}, "src/content/docs/guides/kale.md", "", "/guides/kale/"),
    (
        {**ASTRO, "src/pages/posts/[...slug].astro": "await getCollection('blog', ({ data }) => !data.draft)"},
        "src/content/blog/kale.md",
        "",
        "/posts/kale/",
    ),
    ({**ASTRO, "src/pages/[slug].astro": "await getCollection('blog')"}, "src/content/blog/kale.md", "", "/kale/"),
    # ------------------------------------------------------------ Eleventy
    (ELEVENTY, "posts/sea-kale.md", "", "/posts/sea-kale/"),
    (ELEVENTY, "posts/2020-01-02-kale.md", "", "/posts/2020-01-02-kale/"),
    (ELEVENTY, "posts/posts.md", "", "/posts/"),
    (ELEVENTY, "index.md", "", "/"),
    (ELEVENTY, "posts/kale.md", "permalink: /eat/kale/index.html", "/eat/kale/index.html"),
    (ELEVENTY, "posts/kale.md", "permalink: false", None),
    (ELEVENTY, "posts/2020-01-02-kale.md", 'permalink: "/b/{{ page.fileSlug }}/"', "/b/kale/"),
    (ELEVENTY, "posts/kale.md", 'title: Sea kale!\npermalink: "/b/{{ title | slugify }}/index.html"', "/b/sea-kale/"),
    (ELEVENTY, "posts/kale.md", 'permalink: "/b/{{ page.date | year }}/"', "/posts/kale/"),
    ({"eleventy.config.js": "return { dir: { input: 'src' } }"}, "src/posts/kale.md", "", "/posts/kale/"),
    ({"eleventy.config.js": "eleventyConfig.setInputDirectory('content')"}, "content/kale.md", "", "/kale/"),
    ({**ELEVENTY, "posts/posts.json": '{"permalink": "/b/{{ page.fileSlug }}/"}'}, "posts/old/kale.md", "", "/b/kale/"),
    # ------------------------------------------------------------ MkDocs
    (MKDOCS, "docs/guides/Sea-Kale.md", "", "/guides/Sea-Kale/"),
    (MKDOCS, "docs/guides/index.md", "", "/guides/"),
    (MKDOCS, "docs/README.md", "", "/"),
    ({"mkdocs.yml": "docs_dir: text\n"}, "text/a.md", "", "/a/"),
    ({"mkdocs.yml": "use_directory_urls: false\n"}, "docs/guides/a.md", "", "/guides/a.html"),
    ({"mkdocs.yml": "use_directory_urls: false\n"}, "docs/guides/index.md", "", "/guides/index.html"),
    (
        {"mkdocs.yml": "plugins:\n- blog\nmarkdown_extensions:\n- x: !!python/name:y.z\n"},
        "docs/blog/posts/a.md",
        "title: Sea kale!\ndate: 2020-01-02",
        "/blog/2020/01/02/sea-kale/",
    ),
    ({"mkdocs.yml": "plugins:\n- blog:\n    blog_dir: .\n    post_url_format: '{slug}'\n"}, "docs/posts/a.md", "slug: kale", "/kale/"),
    ({"mkdocs.yml": "plugins:\n- search\n"}, "docs/blog/posts/a.md", "date: 2020-01-02", "/blog/posts/a/"),
    # ------------------------------------------------------------ Next.js
    (NEXT, "pages/guides/kale.mdx", "", "/guides/kale"),
    (NEXT, "src/pages/index.mdx", "", "/"),
    (NEXT, "pages/_app.mdx", "", None),
    (NEXT, "app/(shop)/kale/page.mdx", "", "/kale"),
    (NEXT, "app/kale/notes.md", "", None),
    (NEXT, "content/guides/index.mdx", "", "/guides"),
    (NEXT, "posts/kale.md", "", "/posts/kale/"),
    ({"next.config.mjs": "export default { trailingSlash: true }"}, "pages/kale.mdx", "", "/kale/"),
    ({"mkdocs.yml": "exclude_docs: |\n  # not yet\n  /inner/\n  *.part.md\n"}, "docs/inner/a.md", "", None),
    ({"mkdocs.yml": "exclude_docs: |\n  # not yet\n  /inner/\n  *.part.md\n"}, "docs/b/a.part.md", "", None),
    ({"mkdocs.yml": "exclude_docs: |\n  # not yet\n  /inner/\n  *.part.md\n"}, "docs/b/inner/a.md", "", "/b/inner/a/"),
    ({"mkdocs.yml": "draft_docs: drafts/\n"}, "docs/drafts/a.md", "", None),
]


def lay(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(("project", "path", "frontmatter", "url"), ADDRESSES)
def test_a_page_stands_where_its_generator_puts_it(
    tmp_path: Path, project: dict[str, str], path: str, frontmatter: str, url: str | None
) -> None:
    lay(
        tmp_path,
        {
            **project,
            ".git/HEAD": "",
            "content/.keep": "",
            path: f"---\ntitle: x\n{frontmatter}\n---\n" if "title:" not in frontmatter else f"---\n{frontmatter}\n---\n",
        },
    )
    page = next(page for page in open_site(tmp_path).pages if page.path == path)
    assert (None if page.hidden else page.url) == url


def test_all_addresses_are_the_same_from_a_folder_inside_the_project(tmp_path: Path) -> None:
    lay(tmp_path, {**hugo("[permalinks]\nposts = '/p/:contentbasename/'"), "content/posts/deep/kale.md": "# Kale\n"})
    for folder in (".", "content", "content/posts", "content/posts/deep"):
        assert [page.url for page in open_site(tmp_path / folder).pages] == ["/p/kale/"]


def test_the_project_is_looked_for_no_higher_than_the_repository(tmp_path: Path) -> None:
    lay(tmp_path, {"hugo.toml": "", "inner/.git/HEAD": "", "inner/content/a.md": "# A\n"})
    assert find_project(tmp_path / "inner/content").preset.name == "plain"
    assert open_site(tmp_path / "inner/content").pages[0].url == "/a/"


def test_a_generator_that_is_named_needs_no_configuration(tmp_path: Path) -> None:
    lay(tmp_path, {".git/HEAD": "", "content/posts/Sea Kale.md": "# Kale\n"})
    assert open_site(tmp_path / "content", preset="hugo").pages[0].url == "/posts/sea-kale/"
    assert open_site(tmp_path / "content/posts", preset="hugo").pages[0].url == "/posts/sea-kale/"
    assert open_site(tmp_path / "content", preset="plain").pages[0].url == "/posts/Sea Kale/"


@pytest.mark.parametrize(
    ("config", "line"),
    [
        ("permalink: [\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: &a [1]\n" + "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 10)}]\n" for n in range(9)), 6),
    ],
    ids=["unclosed", "a tab", "aliases of aliases"],
)
def test_a_configuration_that_cannot_be_read_is_told(tmp_path: Path, config: str, line: int) -> None:
    lay(tmp_path, {**jekyll(config), POST: "# Kale\n"})
    site = open_site(tmp_path)
    assert [page.url for page in site.pages] == ["/2020/01/02/sea-kale.html"]
    assert [skipped.path for skipped in site.skipped] == ["_config.yml"]
    assert f"line {line}:" in site.skipped[0].reason


def test_two_pages_with_one_address(tmp_path: Path) -> None:
    lay(tmp_path, {**jekyll("permalink: /:title/"), "_posts/2020-01-02-kale.md": "# A\n", "_posts/2021-01-02-kale.md": "# B\n"})
    site = open_site(tmp_path)
    assert [page.path for page in site.pages] == ["_posts/2020-01-02-kale.md"]
    assert [(skipped.path, skipped.reason) for skipped in site.skipped] == [
        ("_posts/2021-01-02-kale.md", "same address as _posts/2020-01-02-kale.md: /kale/")
    ]


ODD = [
    jekyll("permalink: 5\ncollections: x\ndefaults: {a: b}\ninclude: 7\nsource: [a]"),
    jekyll("permalink: [a]\ncollections: {posts: 3, 4: null}\ndefaults: [1, {scope: x, values: y}, {scope: {path: 3, type: [a]}}]"),
    hugo("permalinks = 'x'\nlanguages = ['fr']\ncontentDir = 3\nfrontmatter = 5\nuglyURLs = 'yes'"),
    hugo("[permalinks]\npage = 3\nsection = { posts = [1] }\n[languages]\nfr = 4"),
    docusaurus("{{{ routeBasePath: '/', docs: { routeBasePath: `x`, path: [", **{"versions.json": '{"a": 1}'}),
    docusaurus("routeBasePath:", **{"versions.json": "[1, null"}),
    {"astro.config.mjs": "}}} starlight trailingSlash: 'x"},
    {"eleventy.config.js": "input: '../..'", "posts/posts.json": "[1]"},
    {"mkdocs.yml": "docs_dir: [x]\nplugins: [1, {blog: 3}, {redirects: {redirect_maps: [a]}}, null]"},
    {"mkdocs.yml": "- a\n- b"},
    {"next.config.js": "redirects: [{ source: 3, destination: '/x' }, { destination:"},
]
ODD_VALUES = [
    "slug: [a]",
    "permalink: {build: 3}",
    "url: 5",
    "date: 2020-13-45",
    "categories: {a: b}",
    "build: [x]",
    "slug: ///",
    "permalink: ':'",
    "id: ''",
]


@pytest.mark.parametrize("project", ODD)
def test_a_configuration_of_other_kinds_of_values_is_survived(tmp_path: Path, project: dict[str, str]) -> None:
    lay(
        tmp_path,
        {**JEKYLL, **project, ".git/HEAD": "", "content/.keep": "", "pages/a.mdx": "# A\n"}
        if "_config.yml" in project
        else {**project, ".git/HEAD": ""},
    )
    places = (
        "_posts/2020-01-02-a.md",
        "content/posts/a.fr.md",
        "docs/a/index.md",
        "blog/posts/x.md",
        "posts/a.md",
        "src/content/x/a.md",
        "pages/b.mdx",
    )
    found = permalinks(tmp_path)
    for path in places:
        for value in ODD_VALUES:
            lay(tmp_path, {path: f"---\ntitle: x\n{value}\n---\n"})
            page = read_page(path, (tmp_path / path).read_text(), found.url_of)
            assert page.hidden or page.url.startswith("/") or page.url == "5"


# ------------------------------------------------------------------ other addresses of a page

ALIASES: list[tuple[dict[str, str], str, str, tuple[str, ...]]] = [
    (HUGO, "content/posts/kale.md", "aliases: [/old/kale/, older]", ("/old/kale/", "/posts/older")),
    (HUGO, "content/posts/kale.md", "aliases: /old/", ("/old/",)),
    (JEKYLL, "kale.md", "redirect_from:\n- /old.html\n- /older/", ("/old.html", "/older/")),
    (JEKYLL, "kale.md", "redirect_from: /old.html", ("/old.html",)),
    ({}, "kale.md", "redirects: [/a, 5, '', null]", ("/a",)),
    ({"_redirects": "# moved\n/old /kale/ 301\n/older   /kale  # long ago\n"}, "kale.md", "", ("/old", "/older")),
    ({"static/_redirects": "/old/* /kale 301\n/api /kale 200\n/old id=:id /kale\n/bad\n"}, "kale.md", "", ()),
    ({"netlify.toml": '[[redirects]]\nfrom = "/old"\nto = "/kale"\nstatus = 301\n'}, "kale.md", "", ("/old",)),
    ({"netlify.toml": "[[redirects\n"}, "kale.md", "", ()),
    ({"_redirects": "/older /old\n/oldest /older\n/old /kale/\n"}, "kale.md", "", ("/old", "/older", "/oldest")),
    ({"_redirects": "/older /old\n"}, "kale.md", "aliases: /old/", ("/old/", "/older")),
    ({"_redirects": "/a /b\n/b /a\n/a /kale\n/kale /b\n"}, "kale.md", "", ("/a", "/b")),  # in a circle
    (
        {**hugo("baseURL = 'https://kale.example/base/'"), "static/_redirects": "/base/old /base/kale/\n/before /base/kale/\n"},
        "content/kale.md",
        "",
        ("/old", "/before"),
    ),
    (
        {
            **hugo("baseURL = 'https://kale.example'"),
            "static/_redirects": "/a https://other.example/kale/\n/b https://kale.example/kale/\n/c //other.example/kale\n",
        },
        "content/kale.md",
        "",
        ("/b",),
    ),
    ({"_redirects": "/chat https://other.example/ 301\n"}, "index.md", "", ()),
    ({"vercel.json": '{"redirects": [{"source": "/old", "destination": "/kale"}]}'}, "kale.md", "", ("/old",)),
    (
        docusaurus("{plugins: [['@docusaurus/plugin-client-redirects', {redirects: [{to: '/docs/kale', from: ['/a', '/b']}]}]]}"),
        "docs/kale.md",
        "",
        ("/a", "/b"),
    ),
    (
        {"next.config.js": "async redirects() { return [{ source: '/old', destination: '/kale', permanent: true }] }"},
        "pages/kale.mdx",
        "",
        ("/old",),
    ),
    ({"mkdocs.yml": "plugins:\n- redirects:\n    redirect_maps:\n      old.md: kale.md\n"}, "docs/kale.md", "", ("/old/",)),
]


@pytest.mark.parametrize(("project", "path", "frontmatter", "aliases"), ALIASES)
def test_other_addresses_of_a_page(tmp_path: Path, project: dict[str, str], path: str, frontmatter: str, aliases: tuple[str, ...]) -> None:
    lay(tmp_path, {**project, ".git/HEAD": "", path: f"---\ntitle: x\n{frontmatter}\n---\n"})
    assert open_site(tmp_path).pages[0].aliases == aliases


def test_addresses_can_be_sent_to_another_process(tmp_path: Path) -> None:
    lay(tmp_path, {**jekyll("permalink: pretty"), POST: "# Kale\n"})
    again = pickle.loads(pickle.dumps(permalinks(tmp_path)))
    assert again.url_of(POST, {}) == "/2020/01/02/sea-kale/"


def test_what_was_read_of_the_project_is_told_by_its_digest(tmp_path: Path) -> None:
    lay(tmp_path, {**jekyll("permalink: pretty"), POST: "# Kale\n"})
    before = permalinks(tmp_path).told
    assert permalinks(tmp_path).told == before
    (tmp_path / "_redirects").write_text("/a /b\n")
    assert permalinks(tmp_path).told != before


@pytest.mark.parametrize(
    ("project", "pages", "others"),
    [
        (HUGO, ["content/_index.md", "content/a.md"], ["README.md", "themes/x/README.md", "archetypes/default.md"]),
        (MKDOCS, ["docs/a.md", "docs/index.md"], ["README.md", "CHANGELOG.md"]),
        (DOCUSAURUS, ["blog/2020-01-02-b.md", "docs/a.md"], ["README.md", "packages/x.md"]),
        ({"eleventy.config.js": "module.exports = { dir: { input: 'src' } };\n"}, ["src/a.md"], ["README.md"]),
        (jekyll("source: site"), ["site/a.md"], ["README.md"]),
        ({}, ["README.md", "content/a.md"], []),
        (ASTRO, ["README.md", "src/content/blog/a.md"], []),  # a collection may have its files anywhere
    ],
)
def test_the_root_of_a_project_has_pages_only_where_its_generator_does(
    tmp_path: Path, project: dict[str, str], pages: list[str], others: list[str]
) -> None:
    lay(tmp_path, {**project, **dict.fromkeys((*pages, *others), "# A\n")})
    site = open_site(tmp_path)
    assert sorted(page.path for page in site.pages) == pages
    assert site.skipped == ()


def test_where_the_usual_folder_is_missing_all_files_may_be_pages(tmp_path: Path) -> None:
    site = open_site(lay(tmp_path, {**HUGO, "pages/a.md": "# A\n"}))  # mounted, perhaps
    assert [page.path for page in site.pages] == ["pages/a.md"]


# ------------------------------------------------------------------ what a page has from its folders

HUGO_LANGUAGES = hugo("defaultContentLanguage = 'en'\n[languages]\nen = {}\nde = {}\n")
CASCADED = "---\ntitle: Inside\ncascade:\n  draft: true\n---\n"

# Files, and which of the pages are kept from readers.
INHERITED: list[tuple[dict[str, str], set[str]]] = [
    (
        {
            **HUGO,
            "content/in/_index.md": CASCADED,
            "content/in/a/b.md": "",
            "content/in/c.md": "---\ndraft: false\n---\n",
            "content/d.md": "",
        },
        {"content/in/_index.md", "content/in/a/b.md"},
    ),
    (
        {
            **HUGO,
            "content/in/_index.md": "+++\n[[cascade]]\nrobots = 'noindex'\n[cascade._target]\nkind = 'page'\npath = '/in/{x,y}/**'\n+++\n",
            **dict.fromkeys(("content/in/x/a.md", "content/in/x/z/_index.md", "content/in/y/b/index.md", "content/in/c.md"), ""),
        },
        {"content/in/x/a.md", "content/in/y/b/index.md"},
    ),
    (
        {
            **HUGO,
            "content/_index.md": CASCADED,
            "content/in/_index.md": CASCADED.replace("true", "false"),
            **dict.fromkeys(("content/in/a.md", "content/b.md"), ""),
        },
        {"content/_index.md", "content/b.md"},
    ),
    (
        {**HUGO_LANGUAGES, "content/in/_index.de.md": CASCADED, **dict.fromkeys(("content/in/a.de.md", "content/in/a.md"), "")},
        {"content/in/_index.de.md", "content/in/a.de.md"},
    ),
    (
        {**hugo("[[cascade]]\nbuild = {render = 'never'}\ntarget = {path = '/in/**'}\n"), "content/in/a.md": "", "content/b.md": ""},
        {"content/in/a.md"},
    ),
    ({**HUGO, "content/in/_index.md": "---\ncascade: [1, {target: 3, draft: x}]\n---\n", "content/in/a.md": ""}, set()),
    (
        {
            **jekyll(
                "collections: {pages: {output: true}}\ndefaults:\n- scope: {path: in}\n  values: {published: false}\n"
                "- scope: {type: posts, path: ''}\n  values: {robots: noindex}\n- scope: {type: pages, path: _pages}\n  values: {draft: true}\n"
            ),
            **dict.fromkeys(("in/a.md", "b.md", POST, "_pages/c.md"), ""),
        },
        {"in/a.md", POST, "_pages/c.md"},
    ),
    (
        {
            **ELEVENTY,
            "in/in.json": '{"draft": true, "tags": "post"}',
            "in/deep/deep.11tydata.json": '{"draft": false}',
            **dict.fromkeys(("in/a.md", "in/deep/b.md", "c.md"), ""),
        },
        {"in/a.md"},
    ),
]


@pytest.mark.parametrize(("files", "hidden"), INHERITED)
def test_what_a_page_has_from_its_folders_keeps_it_from_readers(tmp_path: Path, files: dict[str, str], hidden: set[str]) -> None:
    site = open_site(lay(tmp_path, {**files, ".git/HEAD": ""}))
    assert {page.path for page in site.pages if page.hidden} == hidden
    assert not any(page.tags for page in site.pages)


# ------------------------------------------------------------------ a site below a path


@pytest.mark.parametrize(("project", "base", "prefix"), BASES)
def test_the_path_that_a_site_is_put_below(tmp_path: Path, project: dict[str, str], base: str, prefix: str) -> None:
    found = permalinks(lay(tmp_path, project))
    assert (found.origin.base, found.origin.prefix) == (base, prefix)


SAID_HOSTS: list[tuple[dict[str, str], str]] = [
    (hugo('baseURL = "https://www.Kale.example/base/"\n'), "kale.example"),
    (hugo('baseURL = "/"\n'), ""),
    (jekyll("url: https://kale.example\nbaseurl: /base\n"), "kale.example"),
    (jekyll("url: https://{{ host }}\n"), ""),
    ({"mkdocs.yml": "site_url: https://kale.example/base/\n"}, "kale.example"),
    (docusaurus("{ navbar: { url: 'https://other.example/' }, url: process.env.HOST, baseUrl: '/base/' }"), ""),
    (docusaurus("{ url: 'https://kale.example', baseUrl: '/base/', navbar: [{ url: 'https://other.example/' }] }"), "kale.example"),
    ({"astro.config.mjs": "defineConfig({ site: 'https://kale.example', base: 'base' })\n"}, "kale.example"),
    (NEXT, ""),
]


@pytest.mark.parametrize(("project", "host"), SAID_HOSTS)
def test_the_host_of_a_site(tmp_path: Path, project: dict[str, str], host: str) -> None:
    assert permalinks(lay(tmp_path, project)).origin.host == host


GARDEN = {
    **jekyll("baseurl: /base\npermalink: pretty\n"),
    "index.md": "# Home\n",
    "about/us.md": "# About us\n",
    "water.md": "# Rain barrels\n",
    "pots.md": "# Clay pots\n",
}
WATERY = "Rain barrels give water. So do rain barrels elsewhere, and rain barrels are cheap.\n"


@pytest.mark.parametrize(
    ("link", "to"),
    [
        ("", "/base/water/"),
        ("[us](/base/about/us/)", "/base/water/"),
        ("[us]({{ site.baseurl }}/about/us/)", "/base/water/"),
        ("[us]({{ site.baseurl }}/about/us/), [pots](/base/pots/)", "/base/water/"),
        ("[us](/about/us/)", "/water/"),  # a plugin may add it: as the draft does
        ("[us](about/us/)", "/base/water/"),
        ("[us]({{ '/about/us/' | relative_url }})", "/base/water/"),
    ],
)
def test_links_are_written_with_the_path_that_the_site_is_put_below(tmp_path: Path, link: str, to: str) -> None:
    site = open_site(lay(tmp_path, {**GARDEN, "draft.md": f"# Draft\n\n{link}\n"}))
    draft = parse(f"# Draft\n\n{link}\n\n{WATERY}", str(tmp_path / "draft.md"))
    found = {one.target: one for one in suggest_links(draft, site)}
    assert Writer(draft, site).written(found["/water/"]).to == to


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://kale.example/base/water/", True),
        ("//www.kale.example/base/water/", True),
        ("https://kale.example/water/", False),  # beside the site
        ("https://other.example/base/water/", False),
    ],
)
def test_a_link_to_the_sites_own_host_is_one_to_the_page(tmp_path: Path, href: str, leads: bool) -> None:  # noqa: FBT001
    site = open_site(lay(tmp_path, {**GARDEN, "_config.yml": GARDEN["_config.yml"] + "url: https://kale.example\n"}))
    for link in (f"[water]({href})", f'<a href="{href}">water</a>', f"[water][w]\n\n[w]: {href}"):
        draft = parse(f"# Draft\n\n{WATERY}\n{link}\n", str(tmp_path / "draft.md"))
        assert ("/water/" in {one.target for one in suggest_links(draft, site)}) != leads, link


@pytest.mark.parametrize(
    "href", ["/base/water/", "/water/", "{{ site.baseurl }}/water/", "{{ site.baseurl }}/water", "/base/water/index.html"]
)
def test_a_page_is_linked_by_its_address_with_and_without_that_path(tmp_path: Path, href: str) -> None:
    site = open_site(lay(tmp_path, {**GARDEN, "other.md": f"# Other\n\n[water]({href})\n"}))
    draft = parse(f"# Draft\n\nSee [water]({href}). {WATERY}", str(tmp_path / "draft.md"))
    assert "/water/" not in {one.target for one in suggest_links(draft, site)}
    numbers = {page.path: number for number, page in enumerate(site.pages)}
    assert site.inlinks(numbers["water.md"]) == {numbers["other.md"]}


@pytest.mark.parametrize("href", ["/base/old/", "/base/older", "/old/"])
def test_a_link_to_an_old_address_is_one_to_the_page(tmp_path: Path, href: str) -> None:
    moved = "/base/old /base/water/ 301\n/base/older /base/old 301\n"
    site = open_site(lay(tmp_path, {**GARDEN, "_redirects": moved}))
    draft = parse(f"# Draft\n\n{WATERY}\n[water]({href})\n", str(tmp_path / "draft.md"))
    assert "/water/" not in {one.target for one in suggest_links(draft, site)}


def test_the_home_page_is_at_the_path_itself(tmp_path: Path) -> None:
    site = open_site(lay(tmp_path, GARDEN))
    for href in ("/base/", "/base", "/", "{{ site.baseurl }}/"):
        number = site.addresses.resolve(href, None)
        assert number is not None, href
        assert site.pages[number].path == "index.md"


def test_a_sitemap_has_that_path_and_the_files_have_it_not(tmp_path: Path) -> None:
    listed = "".join(f"<url><loc>https://example.org/base/{name}/</loc></url>" for name in ("water", "pots", "about/us"))
    lay(tmp_path, {**GARDEN, "sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'})
    (tmp_path / "links.csv").write_text("url,title,anchors,use when,never\n/water/,,,,\n/base/pots/,,,,yes\n")
    site = open_site(tmp_path / "sitemap.xml", pages=tmp_path, catalogue=tmp_path / "links.csv")
    shown = {page.path: page.url for page in site.pages if not page.hidden}
    assert shown == {"water.md": "https://example.org/base/water/", "about/us.md": "https://example.org/base/about/us/"}
    draft = parse(f"# Draft\n\n[us](/base/about/us/)\n\n{WATERY}", str(tmp_path / "draft.md"))
    (found,) = suggest_links(draft, site)
    assert Writer(draft, site).written(found).to == "/base/water/"
