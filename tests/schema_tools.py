"""What the tests of the edition's schema share: its files, jing, a look into a grammar."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from jing import run
from shared_data import PROJECT

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def files_of(edition: Path) -> list[Path]:
    """Return the texts and registers of an edition."""
    folders = ("texts", "registers")
    return sorted(path for folder in folders for path in (edition / folder).glob("*.xml"))


EDITION_FILES = files_of(PROJECT / "tei")


def relative(path: Path) -> str:
    """Return the path as the project sees it."""
    return path.relative_to(PROJECT).as_posix()


@lru_cache
def relaxng(path: Path) -> etree.RelaxNG:
    """Return the compiled schema."""
    return etree.RelaxNG(etree.parse(path))


def jing(schema: Path, files: list[Path]) -> list[str]:
    """Return what jing says of the files, one line each, in one run; skip where it is absent.

    Its check of ID types (-i switches it off) knows no schema as wide as tei_all.
    """
    ran = run("jing", "-i", str(schema), *map(str, files))
    assert ran.returncode in (0, 1), ran.stderr
    return ran.stdout.splitlines()


def definitions(grammar: etree._Element) -> dict[str, list[etree._Element]]:
    """Return what each name of the grammar stands for."""
    found = defaultdict(list)
    for definition in grammar.iter(f"{RNG}define"):
        found[definition.get("name")].append(definition)
    return found


def attributes_by_element(grammar: etree._Element) -> dict[str, set[str]]:
    """Return the attributes that each element of the grammar may have."""
    defined, elements = definitions(grammar), defaultdict(set)

    def names(pattern: etree._Element, above: frozenset) -> Iterator[str]:
        for child in pattern.iterchildren(f"{RNG}*"):
            if child.tag == f"{RNG}attribute":
                yield child.get("name") or child.findtext(f"{RNG}name") or "*"
            elif child.tag == f"{RNG}ref" and child.get("name") not in above:
                for definition in defined[child.get("name")]:
                    yield from names(definition, above | {child.get("name")})
            elif child.tag not in (f"{RNG}element", f"{RNG}ref"):
                yield from names(child, above)

    for element in grammar.iter(f"{RNG}element"):
        if element.get("name"):
            elements[element.get("name")] |= set(names(element, frozenset()))
    return elements
