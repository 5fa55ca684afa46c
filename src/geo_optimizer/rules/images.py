"""I: images that can be understood without being seen, and that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from geo_optimizer.analysis.images import images
from geo_optimizer.model import Draft
from geo_optimizer.rules.rule import Evidence, Hit, rule

if TYPE_CHECKING:
    from geo_optimizer.site import Site

_ALT = Evidence("guidance", "Google Search Central, Image SEO best practices: use descriptive alt text; WCAG 2.2, 1.1.1")
_THERE = Evidence("craft", "a page without its picture is broken for every reader")


@rule("I001", "info", _ALT)
def missing_alt(draft: Draft) -> Iterator[Hit]:
    """An image has no alternative text.

    Why: it is what a screen reader says and what a search engine reads of an
    image. An `alt=""` in HTML says that an image is decoration; a caption
    under it says what it shows.

    Fires on:

        # Lamps

        ![](lamp.png)

    Fires on:

        # Lamps

        <img src="lamp.png" width="300">

    Silent on:

        # Lamps

        ![An oil lamp on a window sill](lamp.png)

        <img src="line.png" alt="">

    Silent on:

        # Lamps

        ![](lamp.png)
        *An oil lamp on a window sill*
    """
    for image in images(draft):
        if image.alt is None and not image.captioned:
            what = "the link shows only an image without alternative text" if image.linked else "the image has no alternative text"
            yield Hit(image.span, f"{what}: say in a few words what it shows")


@cache
def _empty_words() -> re.Pattern[str]:
    thing = r"(?:image|img|picture|pic|photo|photograph|screen ?shot|graphic|figure|thumbnail|untitled|banner|hero|cover|featured)"
    return re.compile(
        rf"(?:an? |the )?{thing}(?: image| photo| picture)?[ _-]?\d*|alt(?:ernative)?(?: ?text)?(?: here)?|enter image description here|image description|description|null|undefined|none|todo|tbd|placeholder"
        r"|[\w .%@()+-]*\.(?:png|jpe?g|gif|webp|svg|avif|bmp|tiff?)|(?:img|dsc|dscn|pxl|screen ?shot|screenshot|image)[ _-]?(?:from )?\d[\w .:_-]*",
        re.IGNORECASE,
    )


@rule("I002", "info", _ALT)
def alt_is_no_description(draft: Draft) -> Iterator[Hit]:
    """The alternative text of an image is a file name or a word such as "image".

    Why: a screen reader says it aloud, and nobody learns what the image
    shows. Where an article has many of them, the first is named and they are
    counted.

    Fires on:

        # Lamps

        ![screenshot](lamp.png)

    Fires on:

        # Lamps

        ![IMG_2041.jpg](IMG_2041.jpg)

    Silent on:

        # Lamps

        ![Screenshot of the order form](form.png)
    """
    found = [(image.span, image.alt.strip()) for image in images(draft) if image.alt and _empty_words().fullmatch(image.alt.strip())]
    if len(found) > _TOLD_ONE_BY_ONE:
        yield Hit(found[0][0], f"{len(found)} images have a text such as “{found[0][1]}”; say of each in a few words what it shows")
        return
    for span, alt in found:
        yield Hit(span, f"“{alt}” does not say what the image shows")


_TOLD_ONE_BY_ONE = 5


@rule("I003", "warning", _THERE, needs_site=True)
def missing_image_file(draft: Draft, site: Site) -> Iterator[Hit]:
    """The file of an image is nowhere in the project.

    Why: readers see a broken picture. Only plain paths are looked at, and a
    file of that name anywhere in the project will do.

    Fires on:

        <!-- file: posts/lamps.md -->
        # Lamps

        ![An oil lamp](images/lamp.png)

    Silent on:

        <!-- file: posts/lamps.md -->
        # Lamps

        ![An oil lamp](https://example.org/lamp.png)

        ![An oil lamp]({{ site.images }}/lamp.png)
    """
    from geo_optimizer.site.files import is_missing

    for image in images(draft):
        if (path := _plain_path(image.src)) and is_missing(site.root, path):
            yield Hit(image.span, f"there is no file “{path.rpartition('/')[2]}” in the project")


def _plain_path(src: str) -> str | None:
    """The path of an image's file; None for an address, a template or what a generator makes."""
    from urllib.parse import unquote

    path = re.split(r"[?#]", src, maxsplit=1)[0]
    if not path or re.match(r"[a-z][a-z0-9+.-]*:|//|[~@$]", path, re.IGNORECASE) or re.search(r"[{}<>$\ufffc|*\\]|%[{}]", path):
        return None
    path = unquote(path)
    return path if re.search(r"[^/]\.(?:png|jpe?g|gif|webp|svg|avif)$", path, re.IGNORECASE) else None
