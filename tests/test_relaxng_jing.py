"""The same verdict as jing: on real files, on documents that grew from a schema, on mutants."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

import jing
import mutations
from generate import Generator
from recovery_figures import DOCUMENTS, SCHEMAS, parse, sources
from shared_data import CORPORA, SHARED, shared_files
from teikit.document import read_document
from teikit.schema.relaxng import Grammar, load_grammar

PARAMETERS = shared_files(*SCHEMAS)
TRIES = 150
FEW, MANY = 12, 200  # mutants of each kind: in every run, and in the slow one


def write(folder: Path, name: str, tree: etree._Element) -> Path:
    path = folder / name
    path.write_bytes(etree.tostring(tree, encoding="utf-8"))
    return path


def mutants(schema: Path, grammar: Grammar, count: int) -> Iterator[mutations.Mutant]:
    """Yield COUNT mutants of each kind, the same in every run.

    Most changes at random leave a document valid. So of every four, three are sought until we
    find them invalid; jing judges all of them.
    """
    documents = sources(schema, grammar)
    names = sorted(grammar.automaton.declared)
    for kind in mutations.KINDS:
        found, seed, tries = 0, 0, 0
        while found < count:
            seed += 1
            mutant = mutations.mutate(documents[seed % len(documents)], kind, names, seed)
            if mutant is None:
                continue
            tries += 1
            if found % 4 and tries < TRIES and grammar.is_valid(mutant.tree):
                continue
            found, tries = found + 1, 0
            yield mutant


@pytest.mark.parametrize("schema", PARAMETERS)
def test_real_files(schema):
    if not CORPORA or not isinstance(CORPORA[0], Path):
        pytest.skip("../shared is not here")
    files = sorted((SHARED / "corpora").glob("*/*.xml"))
    said = jing.complaints(schema, files)
    grammar = load_grammar(schema)
    for path in files:
        ours = grammar.is_valid(read_document(path.read_bytes(), path.name).tree)
        assert ours == (not said[path.name]), (path.name, said[path.name][:3])


@pytest.mark.parametrize("schema", PARAMETERS)
def test_documents_that_grew_are_valid(schema, tmp_path):
    grammar = load_grammar(schema)
    generator = Generator(grammar, seed=7)
    trees = {f"{number}.xml": generator.document(60) for number in range(DOCUMENTS)}
    files = [write(tmp_path, name, tree) for name, tree in trees.items()]
    said = jing.complaints(schema, files)
    for name, tree in trees.items():
        assert list(grammar.validate(tree)) == [], name
        assert said[name] == [], name


def judge(schema: Path, folder: Path, count: int) -> None:
    grammar = load_grammar(schema)
    made: dict[str, tuple[str, str]] = {}
    for number, mutant in enumerate(mutants(schema, grammar, count)):
        write(folder, f"{number}.xml", mutant.tree)
        made[f"{number}.xml"] = mutant.kind, mutant.what
    said = jing.complaints(schema, [folder / name for name in made])
    differ = [
        (kind, what, said[name][:1])
        for name, (kind, what) in made.items()
        if grammar.is_valid(parse((folder / name).read_bytes())) != (not said[name])
    ]
    assert differ == []
    assert sum(map(bool, said.values())) * 2 >= len(made)


@pytest.mark.parametrize("schema", PARAMETERS)
def test_mutants(schema, tmp_path):
    judge(schema, tmp_path, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("schema", PARAMETERS)
def test_many_mutants(schema, tmp_path):
    judge(schema, tmp_path, MANY)


@pytest.mark.parametrize("schema", PARAMETERS)
def test_the_compact_syntax_says_the_same(schema, tmp_path):
    compact = tmp_path / "schema.rnc"
    ran = jing.run("trang", str(schema), str(compact))
    assert ran.returncode == 0, ran.stderr
    grammar, other = load_grammar(schema), load_grammar(compact)
    for mutant in mutants(schema, grammar, 4):
        ours = [(problem.kind, problem.name) for problem in grammar.validate(mutant.tree)]
        assert [(problem.kind, problem.name) for problem in other.validate(mutant.tree)] == ours


def test_mutants_are_the_same_in_every_run():
    tree = parse(b"<a><b x='1'>t</b><c/><d y='2'/></a>")
    made = [
        etree.tostring(mutations.mutate(tree, kind, ["e", "f"], 3).tree)
        for kind in ("renamed", "doubled", "text inserted")
    ]
    again = [
        etree.tostring(mutations.mutate(tree, kind, ["e", "f"], 3).tree)
        for kind in ("renamed", "doubled", "text inserted")
    ]
    assert made == again
    assert len({hashlib.sha256(data).digest() for data in made}) == len(made)
