"""Whatever the script finds is there, and whatever is there it finds: 500 queries that are in the
texts and 500 that are not, for each of several scripts, against an oracle without an index.
"""

from pathlib import Path

import pytest

from search_oracle import Queries, make_corpus
from shared_data import PROJECT, SHARED, needs

CORPORA = SHARED / "corpora"
DECLARATION = sorted((PROJECT / "tei" / "texts").glob("*.xml"))


def real(folder: str, count: int) -> object:
    paths = sorted((CORPORA / folder).glob("*.xml"))[:count]
    return pytest.param(paths, id=folder, marks=needs(CORPORA / folder))


TEXTS = [
    pytest.param(DECLARATION, id="declaration"),
    real("inscriptions", 200),  # Greek, Latin, Punic
    real("drama", 3),  # Dutch
    real("letters", 60),  # German
    real("novels", 1),  # English
    real("apparatus", 20),  # Arabic, Greek
]


@pytest.mark.parametrize("paths", TEXTS)
def test_what_is_found_is_what_is_there(paths: list[Path], tmp_path):
    files = {f"texts/{path.name}": path.read_bytes() for path in paths}
    corpus = make_corpus(files, tmp_path)
    queries = Queries(corpus.oracle, seed=2012)
    present, missing = list(queries.present(500)), list(queries.absent(500))
    found = corpus.found([query for query, _ in (*present, *missing)])
    expected = [corpus.oracle.find(terms) for _, terms in (*present, *missing)]
    wrong = [
        (query, len(mine), len(theirs))
        for (query, _), mine, theirs in zip((*present, *missing), found, expected, strict=True)
        if mine != theirs
    ]
    assert wrong == []
    assert all(expected[:500]) and not any(expected[500:])
