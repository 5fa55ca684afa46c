"""Abbreviations in capitals that a draft uses and never writes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from geo_optimizer.analysis.ranges import fixed
from geo_optimizer.analysis.vocabulary import vocabulary
from geo_optimizer.analysis.wording import words
from geo_optimizer.lazy import lazily
from geo_optimizer.model import Draft, Span, measured


@dataclass(frozen=True, slots=True)
class Acronym:
    """An abbreviation, where it stands first, and how often it is used."""

    span: Span
    text: str
    count: int


# Known to readers of the web in general: what stands for it would tell them less. By field.
_KNOWN = frozenset(
    """
    AI API APIs AR ASCII BIOS BSD CAD CAPTCHA CD CDN CI CLI CMS CORS CPU CPUs CRM CRUD CSP CSRF CSS CSV CTA DB DDOS DHCP DM DNS DOM DRM DVD EOF EOL ERP
    FAQ FAQs FTP GB GCC GHZ GIF GIT GNU GPL GPS GPT GPU GPUs GUI HD HDD HDMI HR HTML HTTP HTTPS IDE IDEs ID IDs IMAP IO IOT IP IPO ISBN ISO ISP IT JPEG JPG JS JSON JSX
    KB KPI KPIs LAN LED LLM LLMs LTS MAC MB MD MFA MIDI MIME MIT ML MP MPEG MQTT MS MVP NAT NFC NFT NGO NLP NPM NTFS OAUTH OCR OEM OK OOP OS OSS PC PCs PDF PDFs PHP PIN PNG POP PR PRs PS QA QR
    RAM REPL REST RFC RFCs ROI ROM RSA RSS SAAS SCSS SDK SDKs SEO SFTP SIM SLA SLO SMS SMTP SPA SQL SSD SSH SSL SSO SUV SVG TB TCP TLDR TLS TSV TV TXT UDP UI UIs UML UNIX URI URIs URL URLs USB UTC UTF UUID UX
    VM VMs VPN VR WAV WIFI WWW WYSIWYG XML XSS YAML ZIP CVE CVEs
    US USA UK EU UN UAE USSR NATO NASA FBI CIA NSA UNESCO UNICEF WHO WTO IMF OECD OPEC EUR USD GBP JPY CHF CAD AUD GDP VAT GDPR HIPAA BBC CNN IBM SAP BMW AMD HP LG NYC LA DC ZDF ARD IEEE ACM NIST W3C IETF
    CEO CEOs CFO CFOs CIO CIOs CTO CTOs COO COOs CMO HR PR VP MBA PHD PhD MD BA BSC MSC RSVP ASAP FYI AKA DIY ETA FOMO TBD TBA TODO IMO LOL NB PS AM PM BC AD BCE GMT EST PST PDT EDT CET BST UTC DNA RNA HIV AIDS COVID UFO ATM ATMs
    KPMG EY PWC AWS GCP MDN DOI PM HTML5 CSS3 B2B B2C
    II III IV VI VII VIII IX XI XII XIII XIV XV XX XXI
    ARM RPC GRPC JVM JDK JRE RFP CNCF GOPATH ELF DWARF ECDSA AES SHA MSI SIMD EPUB ARN SIG SIGS MCP PII SSN TTL IAM SRE EBPF OTLP WASM
    AND OR NOT IF THE ALL NO YES GET POST PUT PATCH DELETE HEAD SELECT FROM WHERE NULL TRUE FALSE NEW OLD TIP NOTE WARNING INFO README LICENSE MUST SHOULD MAY OFF ON IN OUT UP DO
    """.split()
)
_CANDIDATE = lazily(r"[A-Z]{3,6}s?")
_FEWEST_USES = 4


@measured
def undefined(draft: Draft) -> tuple[Acronym, ...]:
    """Those used several times, not generally known, and never written out; in order of place."""
    told = vocabulary(draft)
    candidates = {bare for word in told if (bare := word.strip(".,;:!?()\"'“”‘’")).isupper() or bare[:-1].isupper()}
    candidates = {word.rstrip("s") for word in candidates if _CANDIDATE.fullmatch(word)} - _KNOWN
    candidates = {word for word in candidates if word.lower() not in told and word.capitalize() not in told}
    if not candidates:
        return ()
    uses = Counter(
        bare for said in words(draft) for word in said if (bare := word.strip(".,;:!?()\"'“”‘’").removesuffix("s")) in candidates
    )
    found = (_first(draft, word, count) for word, count in uses.items() if count >= _FEWEST_USES and not _is_written_out(draft, word))
    return tuple(sorted((one for one in found if one), key=lambda one: one.span))


def _first(draft: Draft, word: str, count: int) -> Acronym | None:
    pattern = re.compile(rf"(?<![\w./-]){word}(?=s?(?![\w/-]))")
    for prose, skipped, said in zip(draft.prose, fixed(draft), words(draft), strict=True):
        for match in pattern.finditer(prose.text) if said and prose.kind != "heading" else ():
            if not skipped.at(match.start()):
                return Acronym(prose.source_span(*match.span()), word, count)
    return None


def _is_written_out(draft: Draft, word: str) -> bool:
    """In either order, in a heading, a link, a title or an `<abbr>`; also where the letters are those of words anywhere in the draft."""
    source = draft.source
    if re.search(
        rf"<abbr\b[^<>]*>\s*{word}|^\*\[{word}\]:|\b{word}s?(?:\]\([^()\s]*\))?,? (?:stands for|is short for|means|\((?!http)[^()]*[a-z]{{3}})",
        source,
        re.MULTILINE,
    ):
        return True
    if re.search(rf"\w[*_\])”]*(?:\([^()\s]*\))?\s\(\W*(?:or |the |aka |called )?{word}s?\b", source):
        return True
    return any(pattern.search(source) for pattern in _long_forms(word))


def _long_forms(word: str) -> Iterator[re.Pattern[str]]:
    small = r"(?:(?:of|and|the|for|to|in|on|a|an|by|with|as|&|de|la|du|und|der|die)[\s-]+)*"
    yield re.compile(rf"[\s-]+{small}".join(rf"\b{letter}\w+" for letter in word), re.IGNORECASE)
    yield re.compile("".join(rf"{letter}[a-z]+[\s-]?" for letter in word))  # HyperText Markup Language
