"""Count what is usual in the corpora of ../shared: `python tests/usual_figures.py > usual.toml`.

The table is tools/teikit/schema/relaxng/words/usual.toml; a test counts again.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
_CHILDREN, _ELEMENTS, _ATTRIBUTES = 12, 150, 8  # how many are kept
_HEAD = """\
# How often elements and attributes stand where, in {files} TEI files: letters, novels, plays,
# inscriptions, critical editions. What is usual comes first in what a finding offers.
# Each of the {collections} collections counts by the logarithm of how often the name stands there:
# a habit of one project is not what is usual.
# Made by tests/usual_figures.py.
"""


def count_usual(corpora: Path) -> str:
    """Return the table for the TEI files in the folder."""
    children, attributes = defaultdict(Counter), defaultdict(Counter)
    elements: Counter[str] = Counter()
    files = sorted(corpora.rglob("*.xml"))
    for collection in sorted(corpora.iterdir()):
        seen = Counter(_pairs(sorted(collection.rglob("*.xml"))))
        for (kind, holder, name), count in seen.items():
            counts = {"element": elements, "child": children[holder], "@": attributes[holder]}
            counts[kind][name] += round(5 * math.log2(1 + count))
    tables = [
        _HEAD.format(files=len(files), collections=len(list(corpora.iterdir()))),
        "[elements]",
        *_rows(elements, _ELEMENTS),
        "\n[children]",
        *(
            f"{name} = {_inline(children[name], _CHILDREN)}"
            for name in sorted(children)
            if children[name]
        ),
        "\n[attributes]",
        *(
            f"{name} = {_inline(attributes[name], _ATTRIBUTES)}"
            for name in sorted(attributes)
            if attributes[name]
        ),
    ]
    return "\n".join(tables) + "\n"


def _pairs(files: list[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield each element, each child with its parent, each attribute with its element."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    for path in files:
        for element in etree.parse(path, parser).iter(f"{TEI}*"):
            name, parent = element.tag.removeprefix(TEI), element.getparent()
            yield "element", "", name
            yield from (("@", name, _written(key)) for key in element.keys())
            if parent is not None and parent.tag.startswith(TEI):
                yield "child", parent.tag.removeprefix(TEI), name


def _written(name: str) -> str:
    namespace, _brace, local = name.rpartition("}")
    return f"xml:{local}" if namespace.endswith("/XML/1998/namespace") else local


def _ranked(counts: Counter, most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def _rows(counts: Counter, most: int) -> list[str]:
    return [f"{_key(name)} = {count}" for name, count in _ranked(counts, most)]


def _inline(counts: Counter, most: int) -> str:
    return f"{{ {', '.join(_rows(counts, most))} }}"


def _key(name: str) -> str:
    return f'"{name}"' if ":" in name else name


if __name__ == "__main__":
    sys.stdout.write(count_usual(Path(__file__).resolve().parents[2] / "shared" / "corpora"))
