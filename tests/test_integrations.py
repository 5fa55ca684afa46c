"""Where the check runs: pre-commit hooks, the GitHub action and the GitLab template, each by what its own file says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
LEFT = "# Prices\n\nPrices rose by a tenth :contentReference[oaicite:3]{index=3}.\n"
CLEAN = "# Prices\n\nPrices rose by a tenth.\n"


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "hooks"),
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        **more,
    }


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.md").write_text(CLEAN)
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=environment(tmp_path))
    return folder


# ------------------------------------------------------------------ pre-commit


def hooks(tmp_path: Path, repository: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Install and run a hook as its manifest has it, but from the environment that is at hand."""
    (hook,) = [hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()) if hook["id"] == name]
    local = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system", "args": list(arguments)}]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local))
    for command in (["git", "add", "."], ["pre-commit", "install"]):
        subprocess.run(command, cwd=repository, check=True, capture_output=True, env=environment(tmp_path))
    return subprocess.run(
        ["git", "commit", "-m", "two"], cwd=repository, capture_output=True, text=True, check=False, env=environment(tmp_path)
    )


def test_the_manifest_is_one() -> None:
    done = subprocess.run(
        [BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_a_commit_with_a_finding_is_refused(tmp_path: Path, repository: Path) -> None:
    (repository / "b.md").write_text(LEFT)
    (repository / "c.txt").write_text(LEFT)
    (repository / "b.optimized.md").write_text(LEFT)
    done = hooks(tmp_path, repository, "geo-optimizer-check")
    assert done.returncode == 1
    assert "b.md:3:24" in done.stderr
    assert "b.optimized.md" not in done.stderr
    assert (repository / "b.md").read_text() == LEFT


def test_a_clean_commit_passes(tmp_path: Path, repository: Path) -> None:
    (repository / "b.md").write_text(CLEAN)
    assert hooks(tmp_path, repository, "geo-optimizer-check", "--fail-on", "warning").returncode == 0


def test_the_fixing_hook_mends_the_draft_and_stops_the_commit(tmp_path: Path, repository: Path) -> None:
    (repository / "b.md").write_text("# Prices\n\n<!-- geo-optimizer-disable-next-line L001 -->\nPrices rose.\n")
    done = hooks(tmp_path, repository, "geo-optimizer-fix")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stderr
    assert (repository / "b.md").read_text() == "# Prices\n\nPrices rose.\n"


# ------------------------------------------------------------------ the GitHub action

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def step(name: str, given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A step's script and its environment, with the inputs in their places."""
    (found,) = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    inputs = {key: str(value["default"]) for key, value in ACTION["inputs"].items()} | given

    def value(expression: re.Match[str]) -> str:
        return inputs[expression[1].removeprefix("inputs.")]

    return found["run"], {key: re.sub(r"\$\{\{ (\S+) \}\}", value, text) for key, text in found.get("env", {}).items()}


def checked(tmp_path: Path, repository: Path, base: str = "", **given: str) -> tuple[subprocess.CompletedProcess[str], str, str]:
    script, own = step("Check", {name.replace("_", "-"): value for name, value in given.items()})
    output, summary = tmp_path / "output", tmp_path / "summary"
    env = environment(tmp_path, **own, GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary), GITHUB_BASE_REF=base)
    # as GitHub runs `shell: bash`
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False, env=env)
    return done, output.read_text(), summary.read_text() if summary.exists() else ""


def test_every_input_of_the_action_is_used_and_none_is_put_into_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    used = {name for step in steps for text in step.get("env", {}).values() for name in re.findall(r"inputs\.([\w-]+)", text)}
    assert used == set(ACTION["inputs"])
    assert not any("${{" in step["run"] for step in steps), "an input in a script could be a command"


def test_the_action_annotates_and_fails(tmp_path: Path, repository: Path) -> None:
    (repository / "b.md").write_text(LEFT)
    done, output, summary = checked(tmp_path, repository)
    assert done.returncode == 1
    assert re.search(r"^::error .*file=b\.md,line=3\b", done.stdout, re.MULTILINE)
    assert output == "exit-code=1\n"
    assert "b.md" in summary


def test_the_action_looks_at_what_a_pull_request_changes(tmp_path: Path, repository: Path) -> None:
    (repository / "a.md").write_text(LEFT)
    env = environment(tmp_path)
    for arguments in (["commit", "-qam", "two"], ["update-ref", "refs/remotes/origin/main", "HEAD"], ["checkout", "-qb", "work"]):
        subprocess.run(["git", *arguments], cwd=repository, check=True, capture_output=True, env=env)
    done, output, _ = checked(tmp_path, repository, base="main")
    assert (done.returncode, output) == (0, "exit-code=0\n")
    assert checked(tmp_path, repository, base="main", changed_only="false")[0].returncode == 1


def test_what_is_given_to_the_action_is_no_command(tmp_path: Path, repository: Path) -> None:
    done, output, _ = checked(tmp_path, repository, paths="a.md $(touch${IFS}x) ;touch y", args="--select H")
    assert done.returncode in (2, 3)
    assert output in ("exit-code=2\n", "exit-code=3\n")
    assert sorted(path.name for path in repository.iterdir()) == [".git", "a.md"]


# ------------------------------------------------------------------ GitLab


def test_the_template_of_gitlab_writes_a_report(tmp_path: Path, repository: Path) -> None:
    template: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "ci" / "gitlab.yml").read_text())
    (repository / "b.md").write_text(LEFT)
    job = template["geo-optimizer"]
    env = environment(tmp_path, **template["variables"])
    refused = subprocess.run(["bash", "-e", "-c", job["before_script"][0]], cwd=repository, capture_output=True, check=False, env=env)
    assert refused.returncode == 2, "what is to be installed has to be said"
    done = subprocess.run(["bash", "-e", "-c", "\n".join(job["script"])], cwd=repository, capture_output=True, check=False, env=env)
    assert done.returncode == 1
    report = json.loads((repository / job["artifacts"]["reports"]["codequality"]).read_text())
    assert {(row["location"]["path"], row["check_name"]) for row in report} == {("b.md", "R005 assistant-token")}
