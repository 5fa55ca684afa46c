"""The command line as its user meets it: what is written, what is said, and the exit code."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from command import Run
from geo_optimizer.errors import OutputUnsafe
from geo_optimizer.markdown import parse
from geo_optimizer.model import Edit, Span
from geo_optimizer.promise import verify_output
from messages_api import error, messages_api, reply

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
SITE = SAMPLES / "site"
OPINION = SAMPLES / "ai-orchestration.md"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_bytes(OPINION.read_bytes())
    return path


# ------------------------------------------------------------------ optimize


def test_a_draft_gets_all_parts_and_keeps_every_line(run: Run, draft: Path) -> None:
    before = draft.read_bytes()
    done = run(draft, "--site", SITE)
    output = (draft.parent / "draft.optimized.md").read_text()
    assert done.code == 0
    assert done.out == ""
    assert draft.read_bytes() == before
    assert re.match(r'---\ntitle: ".+"\ndescription: ".+"\nslug: "[a-z0-9-]+"\ncategories: \[".+"\]\n---\n\n# ', output)
    assert output.index("\n# ") < output.index("**TL;DR**") < output.index("**Key takeaways**") < output.index("<!-- geo-optimizer:")
    assert output.rstrip().endswith("-->")
    rows = iter(output.split("\n"))
    assert all(row in rows for row in before.decode().split("\n"))
    for said in (
        "Added",
        "TL;DR",
        "Key takeaways",
        "of the draft]",
        "Internal links to consider",
        "Statistics without a source",
        "Next",
        "engine: offline",
    ):
        assert said in done.err


@pytest.mark.parametrize(
    "name",
    [
        "ai-orchestration.md",
        "postgres-backups.md",
        "launch.mdx",
        "remote-work-research.md",
        "transit-news.md",
        "waermepumpen.md",
        "interview.md",
    ],
)
@pytest.mark.parametrize("site", [(), ("--site", SITE)], ids=["alone", "with a site"])
def test_a_second_run_changes_nothing(run: Run, tmp_path: Path, name: str, site: tuple[object, ...]) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / name).read_bytes())
    assert run("-i", path, *site).code == 0
    once = path.read_bytes()
    assert once != (SAMPLES / name).read_bytes()
    done = run("-i", path, *site)
    assert path.read_bytes() == once
    assert "nothing to add" in done.err
    assert run(path, "--check", *site).code == 0


def test_a_german_draft_gets_no_english_word(run: Run) -> None:
    done = run(SAMPLES / "waermepumpen.md", "-o", "-", "-q")
    assert "**Das Wichtigste in Kürze**" in done.out
    assert "geo-optimizer:" not in done.out
    assert not re.search(r"TL;DR|takeaways|\bthe\b", done.out)


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    done = run("-", stdin=OPINION.read_bytes())
    assert done.out.startswith("---\ntitle:")
    assert "<stdin>" in done.err


def test_diff_prints_a_patch_that_git_applies(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent)
    done = run("draft.md", "--diff")
    expected = run("draft.md", "-o", "-", "-q").out
    assert sorted(p.name for p in draft.parent.iterdir()) == ["draft.md"]
    patch = draft.parent / "p.diff"
    patch.write_text(done.out)
    subprocess.run(["git", "apply", patch.name], cwd=draft.parent, check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": "/"})
    assert draft.read_text() == expected


def test_check_writes_nothing_and_exits_with_1(run: Run, draft: Path) -> None:
    assert run(draft, "--check").code == 1
    assert run(draft, "--check", "--diff").code == 1
    assert run(draft, "--diff").code == 0
    assert [p.name for p in draft.parent.iterdir()] == ["draft.md"]


@pytest.mark.parametrize(
    ("flags", "has", "has_not"),
    [
        (["--only", "frontmatter"], ["---\ntitle"], ["TL;DR", "takeaways", "<!--"]),
        (["--only", "tldr,takeaways"], ["TL;DR", "takeaways"], ["---\ntitle", "<!--"]),
        (["--skip", "links,frontmatter"], ["TL;DR", "takeaways"], ["---\ntitle", "<!--"]),
    ],
)
def test_only_and_skip(run: Run, draft: Path, flags: list[str], has: list[str], has_not: list[str]) -> None:
    out = run(draft, "-o", "-", "-q", "--site", SITE, *flags).out
    assert all(words in out for words in has)
    assert not any(words in out for words in has_not)


def test_a_draft_can_opt_out(run: Run, draft: Path) -> None:
    text = draft.read_text()
    draft.write_text("---\ngeo_optimizer: false\n---\n" + text)
    assert run(draft, "--check").code == 0
    draft.write_text("---\ngeo_optimizer: {tldr: false}\n---\n" + text)
    out = run(draft, "-o", "-", "-q").out
    assert "TL;DR" not in out
    assert "Key takeaways" in out


def test_an_edited_output_is_not_overwritten(run: Run, draft: Path) -> None:
    output = draft.parent / "draft.optimized.md"
    assert run(draft, "-q").code == 0
    assert run(draft, "-q").code == 0
    output.write_text(output.read_text() + "An editor's line.\n")
    done = run(draft, "-q")
    assert (done.code, "--force" in done.err) == (3, True)
    assert output.read_text().endswith("An editor's line.\n")
    assert run(draft, "-q", "--force").code == 0
    assert not output.read_text().endswith("An editor's line.\n")


def test_many_drafts_into_a_folder_with_a_report(run: Run, tmp_path: Path) -> None:
    base = tmp_path / "posts"
    (base / "sub").mkdir(parents=True)
    (base / "a.md").write_bytes(OPINION.read_bytes())
    (base / "sub" / "b.md").write_bytes(b"\xff\xfe")
    (base / "c.md").write_text("Short.\n")
    report = tmp_path / "run.jsonl"
    done = run(base, "--output-dir", tmp_path / "out", "--base", base, "--report", report, "--skip", "frontmatter")
    rows = [json.loads(row) for row in report.read_text().split("\n") if row]
    assert done.code == 3
    assert [Path(row["path"]).name for row in rows] == ["a.md", "c.md", "b.md"]
    assert [bool(row["error"]) for row in rows] == [False, False, True]
    assert sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.md")) == ["a.md", "c.md"]
    assert (tmp_path / "out" / "c.md").read_text() == "Short.\n"
    assert "error: " in done.err
    assert "b.md: it is UTF-16 (save it as UTF-8)" in done.err


def test_the_report_traces_every_line_and_its_edits_make_the_output(run: Run, draft: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.json"
    run(draft, "--report", report, "-q", "--site", SITE)
    row = json.loads(report.read_text())
    source = draft.read_text()
    for line in row["enhancements"]:
        if line["kind"] in ("tldr", "takeaway", "description") and line["verdict"] == "supported":
            assert line["evidence"]
        for evidence in line["evidence"]:
            assert source[slice(*evidence["span"])] == evidence["text"]
    for link in row["links"]:
        assert source[slice(*link["span"])] == link["anchor"]
    output = source
    for edit in reversed(row["edits"]):
        output = output[: edit["span"][0]] + edit["text"] + output[edit["span"][1] :]
    assert output == Path(row["output"]).read_text()


# ------------------------------------------------------------------ the other commands


def test_analyze(run: Run) -> None:
    done = run("analyze", OPINION, "--format", "json").json()
    source = OPINION.read_text()
    assert (done["schema"], done["language"]) == (1, "en")
    assert {h["kind"] for h in done["headings"]} <= {"question", "declarative", "label"}
    for statistic in done["statistics"]:
        for value in statistic["values"]:
            assert source[slice(*value["span"])] == value["text"]
        assert source[: statistic["span"][0]].count("\n") + 1 == statistic["line"]
    assert done["readability"]["flesch_reading_ease"] > 0
    assert "Statistics" in run("analyze", OPINION).out


def test_propose_writes_nothing(run: Run, draft: Path) -> None:
    row = run("propose", draft, "--engine", "offline", "--format", "json").json()
    assert 3 <= len(row["tldr"]) <= 5
    assert 3 <= len(row["takeaways"]) <= 5
    assert row["title"] == draft.read_text().split("\n")[0].lstrip("# ")
    assert not set(row["tldr"]) & set(row["takeaways"])
    assert [p.name for p in draft.parent.iterdir()] == ["draft.md"]


def test_links(run: Run) -> None:
    row = run("links", OPINION, "--site", SITE, "-n", "20", "--format", "json").json()
    source = OPINION.read_text()
    assert row["suggestions"]
    assert len({s["target"] for s in row["suggestions"]}) == len(row["suggestions"])
    for s in row["suggestions"]:
        assert source[slice(*s["span"])] == s["anchor"]
        assert source[: s["span"][0]].count("\n") + 1 == s["line"]
    assert run("links", OPINION, "--site", SITE, "--format", "markdown").out.startswith("### ")


def test_verify(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "draft.md"
    source.write_text("# Agents\n\nOf the organisations studied, 12% have scaled their agents.\n")
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("12% of the organisations studied have scaled their agents.\n")
    bad.write_text("---\ntitle: Agents\n---\n\n- 21% of the organisations studied have scaled their agents.\n")
    assert run("verify", good, "--against", source).code == 0
    done = run("verify", bad, "--against", source, "--format", "json")
    (title, line) = done.json()["lines"]
    assert done.code == 1
    assert (title["verdict"], title["line"]) == ("supported", 2)
    assert (line["verdict"], line["line"], line["reasons"][0]["kind"]) == ("unsupported", 5, "number")
    assert run("verify", "-", "--against", source, stdin=good.read_bytes()).code == 0


def test_verify_reads_all_that_a_text_says(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "draft.md"
    source.write_text("Lamps need oil in winter, and wicks last a year.\n\n| Lamp | Price |\n|---|---|\n| Tin | $4 |\n")
    text = "Lamps need oil.\nWicks last a year.\n\n{{< note >}}\nWicks burn.\n{{< /note >}}\n\n<p>Wicks sell.</p>\n\n| Lamp | Price |\n|---|---|\n| Tin | $4 |\n| Tin | $5 |\n"
    lines = run("verify", "-", "--against", source, "--format", "json", stdin=text.encode()).json()["lines"]
    assert [(line["line"], line["text"]) for line in lines] == [
        (1, "Lamps need oil."),
        (2, "Wicks last a year."),
        (5, "Wicks burn."),
        (8, "Wicks sell."),
        (12, "Lamp: Tin; Price: $4"),
        (13, "Lamp: Tin; Price: $5"),
    ]
    assert [line["verdict"] for line in lines] == ["supported"] * 2 + ["unsupported"] * 2 + ["supported", "unsupported"]


def test_verify_many_at_once(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "draft.md"
    source.write_text("Lamps need oil in winter, and wicks last a year.\n")
    batch = tmp_path / "batch.jsonl"
    asked = [
        ("a", source, "Lamps need oil."),
        ("b", source, "Lamps need no oil in winter."),
        ("c", tmp_path / "none.md", "Oil."),
        ("d", source, ""),
    ]
    batch.write_text("\ufeff" + "".join(json.dumps({"id": i, "draft": str(d), "text": t}) + "\n" for i, d, t in asked))
    done = run("verify", "--batch", batch, "--format", "jsonl")
    rows = [json.loads(row) for row in done.out.split("\n") if row]
    assert [(r["id"], [x["verdict"] for x in r["lines"]]) for r in rows] == [
        ("a", ["supported"]),
        ("b", ["unsupported"]),
        ("c", []),
        ("d", []),
    ]
    assert run("verify", "--batch", batch).out.count("{") == 0
    assert done.code == 3


def test_check_points_at_the_place_behind_bom_frontmatter_and_carriage_returns(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_bytes("\ufeff---\r\ntitle: A\r\ndescription: B\r\n---\r\n\r\nSee [here](/x).\r\n".encode())
    (finding,) = run("check", path, "--format", "json").json()["files"][0]["findings"]
    assert (finding["code"], finding["line"], finding["column"], finding["end_column"]) == ("L001", 6, 5, 15)
    assert f"{path}:6:5: info L001 vague-anchor" in run("check", path).out


def test_check_exit_codes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text("# A\n\n### B\n")
    assert run("check", path).code == 0
    assert run("check", path, "--fail-on", "warning").code == 1
    assert run("check", path, "--fail-on", "warning", "--ignore", "H").code == 0
    assert run("check", path, tmp_path / "none.md", "--format", "json").code == 3


def test_rule(run: Run) -> None:
    listed = run("rule").out
    assert "S001" in listed
    assert "Evidence: guidance. Google" in run("rule", "f001").out


# ------------------------------------------------------------------ a model on the wire

LINES = [
    "51% of organisations are exploring agents.",
    "Only 12% run agents in production.",
    "Nine per cent have agents orchestrated across workflows.",
]


def model_answer(**parts: object) -> str:
    empty: dict[str, object] = {"title": None, "description": None, "slug": None, "categories": [], "tldr": [], "takeaways": []}
    return json.dumps({**empty, **parts})


MODEL_DRAFT = """# Agents

A survey of organisations came out in May.

- 51% are exploring agents.
- 12% run agents in production.

Lamps need oil in winter. Oil is dear in spring. Wicks last a year at most.
"""


def test_the_model_writes_and_a_wrong_line_is_refused_and_shown(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.md"
    path.write_text(MODEL_DRAFT)
    lines = [
        {"text": t, "sentences": [4]}
        for t in ("Lamps need oil in winter.", "Oil is dear in spring.", "Wicks last a year at most.", "Wicks last 3 years at most.")
    ]
    with messages_api([reply(model_answer(tldr=lines)), reply(model_answer())]) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        done = run(path, "--base-url", server.url, "--only", "tldr", "-o", "-")
    assert "- Lamps need oil in winter.\n- Oil is dear in spring.\n- Wicks last a year at most.\n\n" in done.out
    assert "3 years" not in done.out
    assert "refused" in done.err
    assert "Wicks last 3 years at most." in done.err
    assert "engine: claude" in done.err


def test_auto_falls_back_with_one_line_and_claude_does_not(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with messages_api([error(401), error(401)]) as server:
        monkeypatch.setenv("ANTHROPIC_API_KEY", server.key)
        done = run(draft, "--base-url", server.url)
        assert done.code == 0
        assert len([row for row in done.err.split("\n") if "claude" in row and "failed" in row]) == 1
        assert "engine: offline" in done.err
        (draft.parent / "draft.optimized.md").unlink()
        done = run(draft, "--engine", "claude", "--base-url", server.url)
    assert done.code == 4
    assert [p.name for p in draft.parent.iterdir()] == ["draft.md"]
    assert server.key not in done.err


# ------------------------------------------------------------------ bad input


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


BAD: list[tuple[str, list[str], bytes | None, int, str]] = [
    ("missing file", ["none.md"], None, 3, "none.md: there is no such file"),
    ("a folder without drafts", ["."], None, 3, "no Markdown file"),
    ("an empty folder to check", ["check", "."], None, 3, "no Markdown file"),
    ("binary", ["d.md"], b"\x89PNG\0\0", 3, "d.md: it is a binary file"),
    ("not UTF-8", ["d.md"], b"# A\n\xe9\n", 3, "d.md:2: it holds bytes that are not UTF-8"),
    ("broken frontmatter", ["d.md"], b"---\ntitle: [A\n---\n\nText.\n", 3, "d.md:2: the frontmatter is not valid YAML"),
    ("unclosed frontmatter", ["d.md"], b"---\ntitle: A\n\nText.\n", 3, "d.md:1: the frontmatter is never closed"),
    ("unbalanced MDX", ["d.mdx"], b"# A\n\n<Tabs>\n", 3, "d.mdx:3: <Tabs> is never closed"),
    ("an output as a draft", ["d.optimized.md"], b"# A\n", 2, "not a draft"),
    ("an empty file", ["d.md"], b"", 3, "d.md: there is no text in it (write the article first)"),
    ("a file of blanks", ["d.md"], b"\xef\xbb\xbf \r\n\n", 3, "d.md: there is no text in it"),
    ("broken JSON frontmatter", ["d.md"], b'{\n"title": "A",\n}\n\nText.\n', 3, "the frontmatter is not valid JSON"),
    ("no command and no draft", ["optimise", "d.md"], b"# A\n", 2, "no command and no draft is called 'optimise'"),
    ("an unknown language", ["d.md", "--language", "klingon"], b"# A\n", 2, "is no language code"),
    ("no part", ["d.md", "--only", ""], b"# A\n", 2, "no part is named"),
    ("a folder as output", ["d.md", "-o", "."], b"# A\n\nText.\n", 3, "this is a folder"),
    (
        "a report in a folder that is not there",
        ["d.md", "--report", "none/r.json"],
        b"# A\n\nText.\n",
        3,
        "the report's folder is not there",
    ),
    ("an unbalanced draft to verify against", ["verify", "-", "--against", "d.mdx"], b"# A\n\n<Tabs>\n", 3, "never closed"),
    ("two outputs", ["d.md", "-o", "x", "-i"], b"# A\n", 2, "exclude each other"),
    ("an unknown engine", ["d.md", "--engine", "gpt"], b"# A\n", 2, "'gpt' is not one of"),
    ("an unknown part", ["d.md", "--only", "tldr,body"], b"# A\n", 2, "body is no part"),
    ("an unknown option", ["d.md", "--polish"], b"# A\n", 2, "--polish"),
    ("an unknown rule", ["check", "d.md", "--select", "X9"], b"# A\n", 2, "no rule has the code X9"),
    ("an unknown report", ["d.md", "--report", "r.pdf"], b"# A\n", 2, "cannot be written as .pdf"),
    ("a site that is not there", ["d.md", "--site", "none"], b"# A\n", 2, "none"),
    ("an output folder that is not there", ["d.md", "-o", "none/out.md"], b"# A\n\nText.\n", 3, "cannot be written"),
    ("the draft as its own output", ["d.md", "-o", "d.md"], b"# A\n\nText.\n", 2, "the draft itself"),
    ("a slug to write anew", ["d.md", "--refresh", "title,slug"], b"# A\n", 2, "an existing slug is never changed"),
    ("nothing to write anew", ["d.md", "--refresh", ","], b"# A\n", 2, "nothing is named"),
    ("something else to write anew", ["d.md", "--refresh", "body"], b"# A\n", 2, "body cannot be written anew"),
    ("written anew and left out", ["d.md", "--refresh", "tags", "--only", "tldr"], b"# A\n", 2, "--refresh names categories, which --only"),
    ("an unknown generator", ["d.md", "--preset", "wordpress"], b"# A\n", 2, "'wordpress' is not one of 'auto', 'hugo'"),
    ("a name too long", ["d" * 300 + ".md"], None, 3, "it cannot be read: file name too long"),
    ("an output name too long", ["d.md", "-o", "o" * 300], b"# A\n\nText.\n", 3, "it cannot be written: file name too long"),
    ("too large", ["d.md"], b"a" * (10 * 1024 * 1024 + 1), 3, "d.md: it is larger than 10 MiB"),
    ("verify without a draft", ["verify", "d.md"], b"# A\n", 2, "needs a text and a draft"),
    ("verify nothing", ["verify", "-", "--against", "d.md"], b"# A\n", 3, "no line to verify"),
    ("a batch that is no JSON", ["verify", "--batch", "d.md"], b"# A\n", 2, "d.md:1: this is not an object"),
    (
        "a batch of other types",
        ["verify", "--batch", "d.md"],
        b'{"id": 1, "draft": ["d.md"], "text": null}\n',
        2,
        "d.md:1: this is not an object",
    ),
    (
        "a batch of half characters",
        ["verify", "--batch", "d.md"],
        b'{"id": "a", "draft": "d.md", "text": "\\ud800"}\n',
        2,
        "d.md:1: this is not",
    ),
    ("a batch nested too deep", ["verify", "--batch", "d.md"], b"[" * 100_000 + b"\n", 2, "d.md:1: this is not an object"),
    ("a batch with a draft beside it", ["verify", "--batch", "d.md", "--against", "d.md"], b"# A\n", 2, "its own texts and drafts"),
    ("standard input twice", ["verify", "-", "--against", "-"], b"# A\n", 2, "not both"),
    ("an empty key", ["d.md", "--engine", "claude"], b"# A\n\nText.\n", 4, "key"),
]


@pytest.mark.parametrize(("arguments", "data", "code", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input(  # noqa: PLR0917 - fixtures and the columns of the table
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], data: bytes | None, code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in arguments:
        if data is not None and name.startswith("d."):
            (tmp_path / name).write_bytes(data)
    files = {p: p.read_bytes() for p in tmp_path.iterdir()}
    done = run(*arguments)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err
    errors = [row for row in done.err.split("\n") if row.lower().startswith("error:")]
    assert len(errors) == 1
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == files


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_unreadable_and_unwritable_files(run: Run, draft: Path) -> None:
    draft.chmod(0)
    assert "you may not read this file" in run(draft).err
    draft.chmod(0o644)
    draft.parent.chmod(0o555)
    done = run(draft)
    draft.parent.chmod(0o755)
    assert (done.code, "cannot be written" in done.err) == (3, True)


def test_an_unreachable_server(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    done = run(draft, "--engine", "claude", "--base-url", f"http://127.0.0.1:{closed_port()}")
    assert done.code == 4
    assert "sk-test" not in done.err
    assert [p.name for p in draft.parent.iterdir()] == ["draft.md"]


@pytest.mark.parametrize("text", ["```\ncode only\n```\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "---\ntitle: T\n---\n"])
def test_a_draft_without_prose_is_left_alone_but_for_its_frontmatter(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "d.md"
    path.write_text(text)
    done = run(path, "-o", "-", "--only", "tldr,takeaways,links")
    assert (done.code, done.out) == (0, text)
    assert re.fullmatch(r".*d\.md: nothing to add: there is no prose.*\n+", done.err)


@pytest.mark.skipif(os.name != "posix", reason="a shell with these redirections is needed")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("$GEO draft.md -q >&-", 0, ""),
        ("$GEO draft.md 2>&-", 0, ""),
        ("$GEO draft.md -o - -q >&-", 3, "error: draft.md: standard output is closed (open it, or redirect it to a file)"),
        ("$GEO - -q <&-", 3, "error: <stdin>: standard input is closed (name a file)"),
        ("mkdir gone; cd gone; rmdir ../gone; $GEO draft.md", 3, "error: the current folder is not there any more (go to one that is)"),
        ("PYTHONIOENCODING=ascii LC_ALL=C $GEO draft.md -o - -q | grep -q TL.DR", 0, ""),
        ("PYTHONIOENCODING=ascii LC_ALL=C $GEO optimize --help | grep -q geo-optimize", 0, ""),
        ("GEO_OPTIMIZER_CACHE=draft.md $GEO draft.md -q", 0, "warning: the cache cannot be used (not a directory), so the next run will"),
        ("for n in 1 2 3 4 5 6 7 8 9; do cat draft.md; done > x.md; $GEO analyze x.md x.md x.md x.md --format json | head -c 1", 0, ""),
        (
            "mkfifo pipe.md; $GEO -i pipe.md",
            3,
            "error: pipe.md: this is a pipe or a device, not a file (give - and redirect it to standard",
        ),
        ("head -c 11000000 draft.md /dev/zero | $GEO -", 3, "error: <stdin>: it is larger than 10 MiB, the most that a draft may have"),
    ],
)
def test_odd_surroundings(draft: Path, line: str, code: int, said: str) -> None:
    env = {**os.environ, "GEO": f"{sys.executable} -m geo_optimizer"}
    command = ["bash", "-o", "pipefail", "-c", line]
    done = subprocess.run(command, cwd=draft.parent, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert done.stderr.startswith(said) if said else not done.stderr
    assert done.stderr.count("\n") == bool(said)


def test_an_output_is_no_more_public_than_its_draft(run: Run, draft: Path) -> None:
    draft.chmod(0o600)
    assert run(draft, "-q").code == 0
    assert (draft.parent / "draft.optimized.md").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("place", [(), ("-o", "other.md"), ("--output-dir", "out", "--base", ".")])
def test_an_output_is_for_the_group_of_its_draft(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[str, ...]) -> None:
    monkeypatch.chdir(draft.parent)
    os.chown(draft, 4711, 4242)
    draft.chmod(0o640)
    assert run("draft.md", "-q", *place).code == 0
    (output,) = {path for path in draft.parent.rglob("*.md") if path.name != "draft.md" or path.parent.name == "out"}
    assert (output.stat().st_gid, output.stat().st_mode & 0o777) == (4242, 0o640)


@pytest.mark.skipif(os.name != "posix", reason="modes are needed")
def test_a_read_only_draft_is_refused_whoever_runs(run: Run, draft: Path) -> None:
    draft.chmod(0o444)
    done = run("-i", draft, "-q")
    assert (done.code, "draft.md: it cannot be written: the file is read-only" in done.err) == (3, True)
    assert draft.read_bytes() == OPINION.read_bytes()
    assert run(draft, "-q").code == 0


def test_a_cache_that_cannot_be_used_is_said_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("")
    monkeypatch.setenv("GEO_OPTIMIZER_CACHE", str(tmp_path / "cache"))
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(OPINION.read_bytes())
    done = run(tmp_path, "-q")
    assert (done.code, done.err.count("warning: the cache cannot be used")) == (0, 1)


# ------------------------------------------------------------------ stopped, and two at once

_STOPPED = """
import os, signal, sys
from pathlib import Path
from geo_optimizer.cli import main
rename, count = Path.replace, 0

def replace(self, other):  # the moment before the second draft is in its place
    global count
    count += str(other).endswith(".md")
    if count == 2 and str(other).endswith(".md"):
        os.kill(os.getpid(), signal.NAME)
    return rename(self, other)

Path.replace = replace
sys.argv[:] = ["geo-optimize", "-i", "-q", "a.md", "b.md", "c.md", "--report", "r.json"]
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are needed")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_run_that_is_stopped_leaves_whole_files_and_its_report(tmp_path: Path, name: str, code: int) -> None:
    for draft in ("a.md", "b.md", "c.md"):
        (tmp_path / draft).write_bytes(OPINION.read_bytes())
    script = _STOPPED.replace("NAME", name)
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr.strip() == "interrupted"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "b.md", "c.md", "r.json"]
    assert (tmp_path / "a.md").read_bytes() != OPINION.read_bytes()
    assert (tmp_path / "b.md").read_bytes() == (tmp_path / "c.md").read_bytes() == OPINION.read_bytes()
    rows = json.loads((tmp_path / "r.json").read_text())["drafts"]
    assert [(row["path"], row["error"] and row["error"]["slug"]) for row in rows] == [
        ("a.md", None),
        ("b.md", "interrupted"),
        ("c.md", "not-begun"),
    ]


def test_a_run_whose_reader_has_enough_says_in_its_report_what_was_not_done(tmp_path: Path) -> None:
    for draft in ("a.md", "b.md"):
        (tmp_path / draft).write_bytes(OPINION.read_bytes())
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "geo_optimizer", "a.md", "b.md", "-q", "--diff", "--report", "r.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(row) for row in (tmp_path / "r.jsonl").read_text().split("\n") if row]
    assert [(row["path"], row["error"]["slug"]) for row in rows] == [("a.md", "interrupted"), ("b.md", "not-begun")]


_STOPPED_AFTER_WRITING = """
import os, signal, sys
from geo_optimizer.cli import main
from geo_optimizer.report import json

def stop(*arguments):  # the moment after the draft is in its place
    os.kill(os.getpid(), signal.SIGTERM)

json.optimization = stop
sys.argv[:] = ["geo-optimize", "-i", "-q", "a.md", "b.md", "--report", "r.jsonl"]
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are needed")
def test_a_run_that_is_stopped_just_after_a_draft_is_written_reports_on_it(tmp_path: Path) -> None:
    for draft in ("a.md", "b.md"):
        (tmp_path / draft).write_bytes(OPINION.read_bytes())
    done = subprocess.run([sys.executable, "-c", _STOPPED_AFTER_WRITING], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (143, "interrupted")
    rows = [json.loads(row) for row in (tmp_path / "r.jsonl").read_text().split("\n") if row]
    assert [(row["path"], row["error"]["slug"]) for row in rows] == [("a.md", "interrupted"), ("b.md", "not-begun")]
    assert "before this draft was done" not in rows[0]["error"]["message"], "it may be done"


_STOPPED_EARLY = """
import sys
from geo_optimizer.cli import main

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Stop())
main()
"""


def test_a_run_that_is_stopped_while_it_is_loaded_shows_no_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", _STOPPED_EARLY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


@pytest.mark.parametrize("arguments", [["-i", "draft.md"], ["draft.md"], ["draft.md", "--output-dir", "out", "--base", "."]])
def test_two_runs_at_once_write_one_whole_file(run: Run, draft: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "geo_optimizer", "-q", *arguments]
    runs = [subprocess.Popen(command, cwd=draft.parent, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ends = [(process.communicate()[1], process.returncode) for process in runs]
    assert ends == [("", 0)] * 3
    expected = run("-", "-q", stdin=OPINION.read_bytes()).out
    (written,) = {p.read_text() for p in draft.parent.rglob("*.md")} - {OPINION.read_text()}
    assert written == expected
    assert not list(draft.parent.rglob("*.tmp"))


# ------------------------------------------------------------------ what is written anew, and how drafts are read


def test_refresh_can_be_checked_and_shown(run: Run, draft: Path) -> None:
    text = "---\ntitle: Agents\ndescription: Old.\n---\n\n" + draft.read_text()
    draft.write_text(text)
    assert run("-i", draft, "-q").code == 0
    assert run(draft, "--check", "-q").code == 0
    assert run(draft, "--check", "-q", "--refresh", "description").code == 1
    shown = run(draft, "--diff", "-q", "--refresh", "description").out
    assert [row[:13] for row in shown.split("\n") if re.match(r"[+-](?![+-])", row)] == ["-description:", "+description:"]
    assert run("-i", draft, "-q", "--refresh", "description").code == 0
    assert run(draft, "--check", "-q", "--refresh", "description").code == 0


def test_a_dialect_can_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text("# A\n\n<Tabs>\n")
    for command in (["check"], ["analyze"], ["propose"], ["links", "--site", SITE], ["optimize", "--check"]):
        assert run(*command, path).code < 2
        done = run(*command, path, "--dialect", "mdx")
        assert (done.code, "<Tabs> is never closed" in done.err) == (3, True)


def test_the_generator_around_a_draft_is_found_and_can_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text("# A\n\n<Tabs>\n")
    assert run(path, "--check").code == 1
    assert "<Tabs> is never closed" in run(path, "--check", "--preset", "docusaurus").err
    (tmp_path / "docusaurus.config.js").write_text("")
    assert "<Tabs> is never closed" in run(path, "--check").err
    assert "<Tabs> is never closed" in run("analyze", path).err
    assert run(path, "--check", "--preset", "plain").code == 1


def test_our_own_bug_says_how_to_report_it(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("two\nlines")

    monkeypatch.setattr("geo_optimizer.pipeline.optimize", broken)
    done = run(draft, "--report", draft.parent / "r.json")
    assert done.code == 70
    assert done.err.startswith(
        f"error: {draft}: a bug in geo-optimizer: ValueError: two lines (please report it in the project's issue tracker, with"
    )
    assert done.err.count("\n") == 1
    assert json.loads((draft.parent / "r.json").read_text())["error"]["slug"] == "bug"
    assert sorted(p.name for p in draft.parent.iterdir()) == ["draft.md", "r.json"]


def test_an_output_that_breaks_the_promise_says_how_to_report_it(draft: Path) -> None:
    draft_read = parse(draft.read_text(), str(draft))
    with pytest.raises(OutputUnsafe) as unsafe:
        verify_output(draft_read, [Edit(Span(0, 0), "", "title")], draft_read.source + "x", lambda _: ())
    assert "nothing was written" in str(unsafe.value)
    assert "report it in the project's issue tracker, with the draft" in str(unsafe.value)


def test_a_closed_pipe_is_no_error() -> None:
    command = f'"{sys.executable}" -m geo_optimizer check "{SITE}" --format json | head -c 10'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_help_of_every_command_has_examples(run: Run) -> None:
    for command in ("optimize", "analyze", "propose", "links", "verify", "check"):
        assert "Examples:" in run(command, "--help").out
    assert "Examples:" in run("--help").out
    assert run("--version").out.startswith("geo-optimize, version ")


def test_outputs_among_many_drafts_are_left_out_with_a_note(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent)
    (draft.parent / "b.md").write_text("Short.\n")
    (draft.parent / "draft.optimized.md").write_text("# Ours\n")
    done = run("check", "b.md", "draft.md", "draft.optimized.md")
    assert done.code == 0
    assert "note: left out, because they are outputs of geo-optimize: draft.optimized.md" in done.err


def test_quiet_says_only_warnings_and_errors(run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(draft.parent)
    (draft.parent / "b.md").write_text("Short.\n")
    os.link("draft.md", "c.txt")
    arguments = ("-q", "--only", "frontmatter", "b.md", "draft.md", "draft.optimized.md")
    (draft.parent / "draft.optimized.md").write_text("# Ours\n")
    assert run("--check", *arguments).err == ""
    done = run("-i", *arguments)
    assert (done.code, done.err) == (0, "warning: draft.md: 1 other name of the file (hard link) still holds the old text\n")
    assert "-q, --quiet Say nothing but warnings and errors." in " ".join(run("optimize", "--help").out.split())


REPORTS = [
    ("the draft", ["x.json", "-o", "out.md", "--report", "x.json"]),
    ("the draft, by another way", ["x.json", "-o", "out.md", "--report", "../posts/x.json"]),
    ("the draft, by a link", ["x.json", "-o", "out.md", "--report", "link.json"]),
    ("another name of the draft", ["x.json", "-o", "out.md", "--report", "hard.json"]),
    ("the second of two drafts", ["a.md", "x.json", "--report", "x.json"]),
    ("the output", ["a.md", "-o", "r.json", "--report", "r.json"]),
    ("the output, by another way", ["a.md", "-o", "r.json", "--report", "../posts/r.json"]),
    ("the output, which a link leads to", ["a.md", "-o", "r.json", "--report", "dangling.json"]),
    ("an output in a folder", ["x.json", "--output-dir", "out", "--base", ".", "--report", "out/x.json"]),
    ("an output beside its draft", ["x.json", "--report", "x.optimized.json"]),
    ("a draft to be changed", ["-i", "x.json", "--report", "x.json"]),
]


@pytest.mark.skipif(os.name != "posix", reason="links are needed")
@pytest.mark.parametrize("arguments", [row[1] for row in REPORTS], ids=[row[0] for row in REPORTS])
def test_a_report_takes_the_place_of_no_draft_and_no_output(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    folder = tmp_path / "posts"
    (folder / "out").mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in ("a.md", "x.json"):
        (folder / name).write_bytes(OPINION.read_bytes())
    (folder / "link.json").symlink_to("x.json")
    (folder / "dangling.json").symlink_to("r.json")
    os.link("x.json", "hard.json")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = run(*arguments)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert re.fullmatch(
        r"error: \S+\.json: the report would take the place of (a draft|an output), \S+ \(give it another name\)\n", done.err
    )
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_report_is_replaced_by_the_next(run: Run, draft: Path) -> None:
    report = draft.parent / "r.json"
    for _ in range(2):
        assert run(draft, "-q", "--report", report).code == 0
        assert json.loads(report.read_text())["path"] == str(draft)


def test_an_output_folder_inside_the_input_is_no_input(run: Run, draft: Path) -> None:
    for _ in range(2):
        assert run(draft.parent, "--output-dir", draft.parent / "out", "--base", draft.parent, "-q").code == 0
    assert sorted(p.relative_to(draft.parent).as_posix() for p in draft.parent.rglob("*.md")) == ["draft.md", "out/draft.md"]


def test_our_own_output_is_supported_by_its_draft(run: Run, draft: Path) -> None:
    run(draft, "-q", "--site", SITE)
    assert run("verify", draft.parent / "draft.optimized.md", "--against", draft).code == 0


def test_a_run_without_the_site_keeps_the_links_of_one_with_it(run: Run, draft: Path) -> None:
    run("-i", draft, "-q", "--site", SITE)
    assert run(draft, "--check").code == 0


def test_a_published_page_keeps_its_address(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "2026-05-03-lamps-on-the-quay.md"
    path.write_text("---\ntitle: Lamps\ndate: 2026-05-03\n---\n\n" + OPINION.read_text())
    out = run(path, "-o", "-", "-q").out
    assert "description:" in out
    assert "slug:" not in out
    assert "categories:" not in out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is needed")
def test_a_full_disk_under_standard_output(draft: Path) -> None:
    command = f'"{sys.executable}" -m geo_optimizer "{draft}" -o - -q > /dev/full'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert re.fullmatch(r"error: .*standard output cannot be written: no space left on device.*\n", done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file name be any bytes")
def test_file_names_that_are_no_text(run: Run, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"bad\xff.md", b"two\nlines.md", b"-dash.md"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(OPINION.read_bytes())
    report = tmp_path / "r.jsonl"
    done = run(tmp_path, "--report", report)
    assert done.code == 0
    assert len([row for row in report.read_text().split("\n") if row]) == 3
    assert len(list(tmp_path.glob("*.optimized.md"))) == 3
