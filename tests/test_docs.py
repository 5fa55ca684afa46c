"""What the documentation says exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import click
import pytest

import geo_optimizer
from command import Run
from geo_optimizer import optimize
from geo_optimizer.cli.app import cli
from geo_optimizer.config import load
from geo_optimizer.engines.offline import OfflineEngine
from geo_optimizer.model import ReasonKind
from geo_optimizer.site import open_site

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "docs" / "ci.md", ROOT / "docs" / "grounding.md", ROOT / "samples" / "README.md", ROOT / "CONTRIBUTING.md"]


def command_lines() -> list[str]:
    """Every `geo-optimize ...` line of the pages' shell blocks."""
    found = []
    for page in PAGES:
        for block in re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            found += re.findall(r"(?:^|\| |/)geo-optimize (.+)$", block, re.MULTILINE)
    return found


@pytest.mark.parametrize("line", command_lines())
def test_every_documented_command_can_be_given(line: str) -> None:
    arguments = shlex.split(re.split(r" [|>] ", line)[0], comments=True)
    context = click.Context(cli)
    known = cli.list_commands(context)
    assert arguments[0] in known or re.search(r"^-|\.mdx?$|/$|^COMMAND$", arguments[0]), "neither a command nor a draft"
    name = arguments[0] if arguments[0] in known else "optimize"
    command = cli.get_command(context, name)
    assert command
    context = command.make_context(name, arguments[arguments[0] == name :])
    assert isinstance(context, click.Context)


def test_there_are_commands_to_test() -> None:
    assert len(command_lines()) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_local_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_example_is_what_the_sample_gives() -> None:
    shown = re.search(r"<!-- after -->\n```markdown\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown
    sample = ROOT / "samples" / "ai-orchestration.md"
    done = optimize(sample.read_text(encoding="utf-8"), [OfflineEngine()], open_site(str(ROOT / "samples" / "site")), path=str(sample))
    rows = iter(done.output.split("\n"))
    for row in shown[1].split("\n"):
        wanted = row.removesuffix(" ...")
        assert any(real == wanted or (row.endswith(" ...") and real.startswith(wanted)) for real in rows), row


def test_the_finding_is_what_a_check_prints(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(
        r"<!-- finding -->\n```console\n\$ geo-optimize check draft.md\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown
    line = re.search(r"^3 \| (.*)$", shown[1], re.MULTILINE)
    assert line
    (tmp_path / "draft.md").write_text(f"# Prices\n\n{line[1]}\n")
    monkeypatch.chdir(tmp_path)
    assert run("check", "draft.md").out == shown[1] + "\n"


def test_the_verdicts_are_what_verify_prints(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = README.read_text(encoding="utf-8")
    draft = re.search(r"<!-- verify-draft -->\n```markdown\n(.*?)```", text, re.DOTALL)
    shown = re.search(r"<!-- verify -->\n```console\n\$ geo-optimize verify newsletter.txt --against draft.md\n(.*?)```", text, re.DOTALL)
    assert draft
    assert shown
    (tmp_path / "draft.md").write_text(draft[1])
    lines = re.findall(r"^newsletter.txt:\d: \w+: (.*)$", shown[1], re.MULTILINE)
    (tmp_path / "newsletter.txt").write_text("".join(f"{line}\n" for line in lines))
    monkeypatch.chdir(tmp_path)
    assert run("verify", "newsletter.txt", "--against", "draft.md").out == shown[1]


def test_the_state_of_a_site_is_what_is_printed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(r"<!-- site -->\n```console\n\$ geo-optimize site content/\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    pages = {
        "index.md": "Read about [lamps](posts/lamps.md).",
        "posts/lamps.md": "# Lamps\n\n[Oil](oil-price.md) is [dear](oil-prices.md).",
        "posts/oil-prices.md": "# Oil prices\n\nThey rose.",
    }
    for path, text in pages.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text + "\n")
    monkeypatch.chdir(tmp_path)
    assert run("site", "content/").out == shown[1]


def test_the_links_are_what_links_prints(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(r"<!-- links -->\n```console\n\$ geo-optimize (.*)\n((?s:.*?))\.\.\.\n```", README.read_text(encoding="utf-8"))
    assert shown
    monkeypatch.chdir(ROOT)
    score = re.compile(r"\(\d\.\d\d\)")
    assert score.sub("", run(*shlex.split(shown[1])).out).startswith(score.sub("", shown[2]))


def test_every_kind_of_reason_is_explained() -> None:
    page = (ROOT / "docs" / "grounding.md").read_text(encoding="utf-8")
    told = {kind for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for kind in re.findall(r"`(\w+)`", row)}
    assert told == set(get_args(ReasonKind))


def test_the_configuration_can_be_read(tmp_path: Path) -> None:
    shown = re.search(r"^```toml\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert shown
    (tmp_path / "geo-optimizer.toml").write_text(shown[1])
    read = load(tmp_path / "geo-optimizer.toml")
    assert read.options().rule_options == {"T006": {"words": 180}}
    assert read.options().severity["S001"] == "error"


def test_one_version() -> None:
    assert f'version = "{geo_optimizer.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_public_name_can_be_had() -> None:
    for name in geo_optimizer.__all__:
        assert getattr(geo_optimizer, name) is not None
