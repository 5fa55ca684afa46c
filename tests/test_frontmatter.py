"""Frontmatter: found, read, and changed without touching a byte that was not asked for.

The documents in cases/frontmatter are tests, too: a `draft`, its `changes`, and what comes of it.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases import Block, Case, read_cases
from geo_optimizer.errors import DraftRefused
from geo_optimizer.markdown import apply_edits, parse
from geo_optimizer.markdown.edits import invert_edits
from geo_optimizer.markdown.frontmatter import Scalar, Unchangeable, find_frontmatter, keys_of, splice
from geo_optimizer.model import Draft, Newline, Template

CASES = list(read_cases("frontmatter"))


def block(case: Case, kind: str) -> Block | None:
    return next((b for b in case.blocks if b.kind == kind), None)


def spliced(draft: Draft, changes: dict[str, Scalar], *, replace: bool = False) -> str:
    """The draft with the changes; undone, it must be the draft again."""
    top = draft.frontmatter.span.start if draft.frontmatter else draft.body.start
    keys = frozenset(changes) if replace else frozenset[str]()
    edits = splice(draft.source, top, draft.frontmatter, changes, draft.newline, replace=keys)
    after = apply_edits(edits, draft.source)
    assert apply_edits(invert_edits(edits, draft.source), after) == draft.source
    return after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, newline: Newline) -> None:
    before, given_changes = block(case, "draft"), block(case, "changes")
    assert before
    source = before.text.replace("\n", newline)
    if refused := block(case, "refused"):
        with pytest.raises(DraftRefused) as error:
            parse(source, "post.md")
        assert (error.value.path, error.value.line) == ("post.md", int(refused.name))
        assert refused.text.strip() in str(error.value)
        return
    assert given_changes
    changes: dict[str, Scalar] = json.loads(given_changes.text)
    draft = parse(source)
    if kept := block(case, "kept"):
        with pytest.raises(Unchangeable, match=kept.text.strip()):
            spliced(draft, changes, replace=given_changes.name == "replace")
        return
    wanted = block(case, "after")
    assert wanted
    after = spliced(draft, changes, replace=given_changes.name == "replace")
    assert after == wanted.text.replace("\n", newline)
    assert spliced(parse(after), changes) == after


# Before, the changes, after.
SPLICED: list[tuple[str, dict[str, Scalar], str]] = [
    ("# T\n", {"title": "T"}, '---\ntitle: "T"\n---\n\n# T\n'),
    ("\ufeff# T\r\n", {"title": "T"}, '\ufeff---\r\ntitle: "T"\r\n---\r\n\r\n# T\r\n'),
    ("---\na: 1 # why\n---\nx\n", {"title": "T: U"}, '---\na: 1 # why\ntitle: "T: U"\n---\nx\n'),
    ("---\ntitle:\nb: 'q'\n---\n", {"title": "T"}, "---\ntitle: \"T\"\nb: 'q'\n---\n"),
    ("---\ntitle:   # later\n---\n", {"title": "T"}, '---\ntitle: "T"   # later\n---\n'),
    ("---\ntitle:\t\n---\n", {"title": "T"}, '---\ntitle: "T"\t\n---\n'),
    ("---\ntitle:  ''\n---\n", {"title": "T"}, "---\ntitle:  'T'\n---\n"),
    ('{"a": "", "b": 1}\nx\n', {"a": "T"}, '{"a": "T", "b": 1}\nx\n'),
    ('---\ntitle: ""  # later\n---\n', {"title": "T"}, '---\ntitle: "T"  # later\n---\n'),
    ("---\ntags: []\n---\n", {"tags": ["a", "b"]}, '---\ntags: ["a", "b"]\n---\n'),
    ("---\r\na: 1\r\n...\r\nx", {"b": "c"}, '---\r\na: 1\r\nb: "c"\r\n...\r\nx'),
    ("---\n---\nx\n", {"b": "c"}, '---\nb: "c"\n---\nx\n'),
    ("\n\n---\na: 1\n---\nx\n", {"b": "c"}, '\n\n---\na: 1\nb: "c"\n---\nx\n'),
    ("---\na: |\n  ---\n  text\n---\nx\n", {"b": "c"}, '---\na: |\n  ---\n  text\nb: "c"\n---\nx\n'),
    (
        '+++\ndescription = ""\n[params]\nx = 1\n+++\n',
        {"description": "D", "slug": "s"},
        '+++\ndescription = "D"\nslug = "s"\n[params]\nx = 1\n+++\n',
    ),
    ('{\n  "a": 1\n}\n\nx\n', {"b": ["c"]}, '{\n  "b": ["c"],\n  "a": 1\n}\n\nx\n'),
    ("{}\nx\n", {"b": "c"}, '{"b": "c"}\nx\n'),
    ('{"a": 1}\nx\n', {"b": "c"}, '{"b": "c", "a": 1}\nx\n'),
    ("---\n{}\n---\nx\n", {"b": "c"}, '---\n{"b": "c"}\n---\nx\n'),
    ("---\n{ } # none yet\n---\nx\n", {"b": "c"}, '---\n{"b": "c" } # none yet\n---\nx\n'),
    ("---\n!!map {a: 1}\n---\nx\n", {"b": "c"}, '---\n!!map {"b": "c", a: 1}\n---\nx\n'),
    ("\n---\n&all {a: 1}\n---\nx\n", {"b": "c"}, '\n---\n&all {"b": "c", a: 1}\n---\nx\n'),
    ("---yaml\n--- !!map\n  a: 1\n---\nx\n", {"b": "c"}, '---yaml\n--- !!map\n  a: 1\n  b: "c"\n---\nx\n'),
    ("---\na: {{ x }}\nb: {{ d }} c\n---\n", {"title": "\ue000"}, '---\na: {{ x }}\nb: {{ d }} c\ntitle: "\ue000"\n---\n'),
    ("---\na: {{ x }} b\n{{ y }}: 1\n---\n", {"title": "U+E000"}, '---\na: {{ x }} b\n{{ y }}: 1\ntitle: "U+E000"\n---\n'),
    ("---\n{% if x %}\n---\n", {"title": "T"}, '---\n{% if x %}\ntitle: "T"\n---\n'),
    ('+++\na."x=y" = 1\ntitle = ""\n+++\n', {"title": "T"}, '+++\na."x=y" = 1\ntitle = "T"\n+++\n'),
    ("+++\na . 'b=' . c = 1 # x=y\nt = ''\n+++\n", {"t": "T"}, "+++\na . 'b=' . c = 1 # x=y\nt = 'T'\n+++\n"),
]


@pytest.mark.parametrize(("before", "changes", "after"), SPLICED)
def test_spliced(before: str, changes: dict[str, Scalar], after: str) -> None:
    assert spliced(parse(before), changes) == after


@pytest.mark.parametrize(
    ("source", "slug", "line"),
    [
        ("---\ntitle: A\nx: [1\n---\n", "frontmatter-invalid", 3),
        ("---\ntitle: A\n\n# Body\n", "frontmatter-unclosed", 1),
        ("+++\ntitle = \n+++\n", "frontmatter-invalid", 2),
        ('{"title": "x",}\n\n# a\n', "frontmatter-invalid", 1),
        ("---\ntitle:# x\n---\n# a\n", "frontmatter-invalid", 2),
    ],
)
def test_broken_frontmatter_is_refused_with_its_line(source: str, slug: str, line: int) -> None:
    with pytest.raises(DraftRefused) as refused:
        parse(source, "post.md")
    assert (refused.value.slug, refused.value.path, refused.value.line) == (slug, "post.md", line)


@pytest.mark.parametrize(
    "source", ["---\n\nBody\n\n---\n\nmore\n", "----\n\ntext\n", "--- \n\n---\ntext\n---\n", "---\n- a\n---\n", ";;;\n", "---note\n"]
)
def test_rules_are_not_frontmatter(source: str) -> None:
    draft = parse(source)
    assert draft.frontmatter is None or not draft.frontmatter.values
    assert draft.blocks


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("---\nno: 1\n2: b\n'a: b': c\n---\n", {"False": 1, "2": "b", "a: b": "c"}),
        ("---\n# nothing yet\n---\n", {}),
        ("---\ndate: 2021-02-30\nsign: =\n---\n", {"date": "2021-02-30", "sign": "="}),
        ("---yaml\na: 1\n...\n", {"a": 1}),
        ("---toml\na = 1\n---\n", {"a": 1}),
        ("\ufeff\r\n---\r\na: >\r\n  b\r\n  c\r\n---\r\n", {"a": "b c\n"}),
        (
            "---\ntitle: {{ page.title }} here\ntags: [a, '{{ b }}']\n---\n",
            {"title": Template("… here"), "tags": ["a", Template("…")]},
        ),
        ("---\ntitle: <%= t %>\ndraft: { { x } }\n---\n", {"title": Template("…"), "draft": Template("…")}),
        ('{"title": {{ t }}, "a": 1}\n', {"title": Template("…"), "a": 1}),
        ("---\na: !ENV [HOME]\n---\n", {"a": Template("!ENV")}),
        ("---\n{}\n---\n", {}),
        ("---\na: !!bool maybe\nb: !!bool ''\nc: !!bool yes\n---\n", {"a": "maybe", "b": "", "c": True}),
        ("---\na: !!int ''\nb: !!float ''\nc: !!int 0b\nd: !!int 1:x\n---\n", {"a": "", "b": "", "c": "0b", "d": "1:x"}),
        ("---\na: !!timestamp soon\n!!timestamp never: 1\n---\n", {"a": "soon", "never": 1}),
        ("---\ntitle: \ue000 Pier\n'\ue001': \ufdd0\n---\n", {"title": "\ue000 Pier", "\ue001": "\ufdd0"}),
        (
            '---\ntitle: "\\ue000 Pier"\ndate: {{ d }}\nb: {{ d }} c\n---\n',
            {"title": "\ue000 Pier", "date": Template("…"), "b": Template("… c")},
        ),
        ("---\ntitle: \ue000 Pier {{ d }}\ndate: {{ d }} x\n---\n", {"title": Template("\ue000 Pier …"), "date": Template("… x")}),
        ("+++\ntitle = '\ue000'\ndate = {{ d }}\n+++\n", {"title": "\ue000", "date": Template("…")}),
        ('{"title": "\\uE000 \ue001", "date": {{ d }} }\n\n\ue002\n', {"title": "\ue000 \ue001", "date": Template("…")}),
    ],
)
def test_values(source: str, values: dict[str, object]) -> None:
    frontmatter = parse(source).frontmatter
    assert frontmatter
    assert frontmatter.values == values


@pytest.mark.parametrize("value", ["!!value [a]", "!!bool [a]", "!!int {a: b}", "!!timestamp [a]"])
def test_a_list_is_not_what_its_tag_says(value: str) -> None:
    with pytest.raises(DraftRefused, match="expected a scalar node"):
        find_frontmatter(f"---\na: {value}\n---\n", 0)


def test_a_block_of_templates_with_every_private_character_is_refused() -> None:
    private = "".join(map(chr, range(0xE000, 0xF900)))
    with pytest.raises(DraftRefused, match="every character that Unicode leaves to private use"):
        find_frontmatter(f"---\na: {{{{ x }}}} y\nb: '{private}'\n---\n", 0)
    icons = find_frontmatter(f"---\na: '{private}'\n---\n", 0)
    assert icons
    assert icons.values == {"a": private}


_WITHOUT_YAML = """
import sys
from geo_optimizer.markdown.frontmatter import find_frontmatter, keys_of, splice
source = {source!r}
frontmatter = find_frontmatter(source, 0)
splice(source, 0, frontmatter, {{"slug": "pier"}}, "\\n")
keys_of(source, frontmatter)
print(*sorted({{"frontmatter", "yaml"}} & set(sys.modules)))
"""


@pytest.mark.parametrize("source", ['{"title": "A pier"}\n', "+++\ntitle = 'A pier'\n+++\n"])
def test_json_and_toml_do_not_load_a_yaml_reader(source: str) -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT_YAML.format(source=source)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_templated_title_is_nobodys_title() -> None:
    assert parse("---\ntitle: {{ page.title }}\n---\n\n# The pier\n").title == "The pier"
    assert parse("---\ntitle: '{{ date }} notes'\n---\n\nText.\n").title is None


def test_the_key_of_a_line_is_what_the_loader_calls_it() -> None:
    source = "---\nno: 1\n'a: b': |\n  title: x\na.b: 2\nno: 3\n---\n"
    frontmatter = find_frontmatter(source, 0)
    assert frontmatter
    lines = {key: [span.of(source) for span in spans] for key, spans in keys_of(source, frontmatter).items()}
    assert lines == {"False": ["no: 1", "no: 3"], "a: b": ["'a: b': |"], "a.b": ["a.b: 2"]}


def test_a_second_block_is_no_text() -> None:
    draft = parse("---\ntitle: Mine\n---\n\n---\ntitle: Pasted\nslug: x\n---\n---\ntitle: Again\n---\n\n# The pier\n")
    assert [heading.text for heading in draft.headings] == ["The pier"]
    assert draft.frontmatter
    assert draft.frontmatter.problem
    assert draft.frontmatter.problem.span
    assert draft.line(draft.frontmatter.problem.span.start) == 5


@pytest.mark.parametrize(
    "body", ["---\n\nAuthor: Ada\nPlace: Pier\n\n---\n", "---\nNote: the pier is closed.\n---\n", "---\nGulls: birds\n", "---\n\n---\n"]
)
def test_prose_between_rules_is_no_second_block(body: str) -> None:
    frontmatter = find_frontmatter("---\ntitle: Mine\n---\n\n" + body, 0)
    assert frontmatter
    assert frontmatter.problem is None
    assert frontmatter.span.end == len("---\ntitle: Mine\n---\n")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BOMB, "aliases stand for more than 100,000 values"),
        ("a: &a [*a]", "refers to nothing before it"),
        ("a: " + "[" * 100_000, "nested more than 100 deep"),
        ("a:\n" + "- " * 50_000, "nested more than 100 deep"),
        ("a:\n" + "\n".join(" " * n + "b:" for n in range(1, 300)), "nested more than 100 deep"),
        ("a: b\n" * 300_000, "longer than 1,000,000 characters"),
    ],
    ids=["bomb", "itself", "brackets", "dashes", "indents", "long"],
)
def test_what_could_not_be_read_in_bounded_time_is_refused(content: str, why: str) -> None:
    with pytest.raises(DraftRefused, match=why):
        find_frontmatter(f"---\n{content}\n---\n", 0)


@pytest.mark.parametrize(
    "source",
    [
        '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}\n",
        '{"a": ' + "[" * 300 + "]" * 300 + "}\n",
        "+++\na = " + "[" * 300 + "]" * 300 + "\n+++\n",
        "+++\n" + "a." * 300 + "b = 1\n+++\n",
    ],
    ids=["json", "json-300", "toml-300", "toml-dotted"],
)
def test_deep_json_and_toml_are_refused(source: str) -> None:
    with pytest.raises(DraftRefused, match="nested"):
        find_frontmatter(source, 0)


@pytest.mark.parametrize("source", ["---\na: " + "{{" * 200_000 + "\n---\n", "---\na: " + "{% " * 200_000 + "\n---\n"])
def test_templates_that_never_close_are_read_once(source: str) -> None:
    with pytest.raises(DraftRefused):
        find_frontmatter(source, 0)


LONG = 300_000  # characters of a run that a reading whose cost grows with its square would not be done with while anybody waits


@pytest.mark.parametrize("line", ["a{} b", "'a{} b", "- a{}b", "-a{} b", "a{}'", "&a{} b", "!{}b", "a-{}!"])
def test_a_long_line_between_rules_is_no_key(line: str) -> None:
    for run in (" ", "\t", "a", "-"):
        assert find_frontmatter(f"---\n{line.format(run * LONG)}\n---\nText.\n", 0) is None


def test_a_text_with_a_long_run_of_blanks_is_replaced() -> None:
    source = f"---\ntitle: |\n  a{' ' * LONG}b\n{' ' * LONG}\n---\nText.\n"
    assert spliced(parse(source), {"title": "T"}, replace=True) == f'---\ntitle: "T"\n{" " * LONG}\n---\nText.\n'


def test_aliases_of_small_things_are_read() -> None:
    rows = "\n".join(f"k{n}: *a" for n in range(150))
    frontmatter = find_frontmatter(f"---\na: &a [1]\n{rows}\n---\n", 0)
    assert frontmatter
    assert frontmatter.values["k149"] == [1]


WORDS = st.text(st.sampled_from("ab yéß:#,'\"[]{}-%@&*!|>?\\\t0.\u2028\U0001f426"), max_size=12)
KEYS = st.sampled_from(["title", "description", "tags", "slug", "a b", "x-y", "N"])
COMMENTS = st.sampled_from(["", "  # why", "\t# it's", " #: [x"])
VALUES = st.one_of(
    WORDS.map(lambda text: json.dumps(text, ensure_ascii=False).replace("\u2028", "")),
    st.sampled_from(
        ["", "''", "plain words", "plain\n   on two", "'it''s'", "2024-01-02", "010", "no", "~", "[]", "[a, 'b',\n  c]", "{k: v}"]
    ),
    st.sampled_from(
        ["|\n  ---\n  text\n", ">-\n  folded\n\n  text", "|+\n  kept\n\n", "\n- a\n- 'b'", "\n  - a\n  - b: c", "\n  below", "\n  k: v"]
    ),
)
LINES = st.one_of(st.just("# a comment"), st.just(""), st.tuples(KEYS, VALUES, COMMENTS).map(lambda row: _row(*row)))
CHANGES = st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=3)), max_size=3)


def _row(key: str, value: str, comment: str) -> str:
    first, rest = value.split("\n", 1) if "\n" in value else (value, "")
    return f"{key}: {first}{comment if not value.startswith('plain') else ''}" + ("\n" + rest if rest else "")


@given(lines=st.lists(LINES, max_size=6), changes=CHANGES, newline=st.sampled_from(["\n", "\r\n"]), replace=st.booleans())
def test_any_block_reads_back_as_the_old_values_and_the_changes(
    lines: list[str], changes: dict[str, Scalar], newline: Newline, *, replace: bool
) -> None:
    check_splice("\n".join(["---", *lines, "---", "Text.", ""]).replace("\n", newline), changes, replace=replace)


TOML_VALUES = st.one_of(
    WORDS.map(lambda text: json.dumps(text, ensure_ascii=False)),
    st.sampled_from(
        ["''", "'it'", '"""\n[x]\n# no\n"""', "'''\n\"\"\"\n'''", "2024-01-02", "1.5", "[]", "[\n 'a', # b\n]", '["a", "]"]', "{k = 'v'}"]
    ),
)
TOML_KEYS = st.sampled_from(["title", "description", "tags", '"slug"', "x-y", "a.b", "a . c"])


@given(
    rows=st.lists(st.tuples(TOML_KEYS, TOML_VALUES, COMMENTS), max_size=5, unique_by=lambda row: row[0]),
    changes=CHANGES,
    replace=st.booleans(),
)
def test_any_toml_reads_back(rows: list[tuple[str, str, str]], changes: dict[str, Scalar], *, replace: bool) -> None:
    lines = [f"{key} = {value}{comment}" for key, value, comment in rows]
    changes.pop("a b", None)
    check_splice("\n".join(["+++", *lines, "", "[table]", "title = 'kept'", "+++", "Text.", ""]), changes, replace=replace)


@given(
    values=st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=2), st.none(), st.integers()), max_size=4),
    changes=CHANGES,
    indent=st.sampled_from([None, 0, 2]),
    replace=st.booleans(),
)
def test_any_json_reads_back(values: dict[str, object], changes: dict[str, Scalar], indent: int | None, *, replace: bool) -> None:
    check_splice(json.dumps(values, indent=indent) + "\n\nText.\n", changes, replace=replace)


def check_splice(source: str, changes: dict[str, Scalar], *, replace: bool) -> None:
    """Whatever is written reads back as the old values and the changes; undone, it is the source; done twice, it is done once."""
    try:
        draft = parse(source, dialect="markdown")
        before = draft.frontmatter
        after = spliced(draft, changes, replace=replace)
    except (DraftRefused, Unchangeable):
        assume(False)
    now = parse(after, dialect="markdown")
    assert now.frontmatter
    assert before
    assert now.frontmatter.values == {**before.values, **changes}
    assert now.text(now.body) == draft.text(draft.body)
    assert spliced(now, changes) == after
