"""XInclude against libxml2, on files that include one another at random."""

import random

import pytest
from lxml import etree

from xinclude_files import DIV, Files, check_places

LAST = 4  # files f0 to f4; each includes only later ones, so that there are no circles
WORDS = ("x", "é元", "\n ", "a &amp; b", "<!-- c -->", "<ab/>", "<?p q?>")
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def node(rng: random.Random, number: int, depth: int = 0) -> str:
    """Return some content of file NUMBER; -1 is the document itself."""
    kind = rng.random()
    if kind < 0.25 or depth > 4 or (kind < 0.55 and number == LAST):
        return rng.choice(WORDS)
    if kind >= 0.55:
        inner = (node(rng, number, depth + 1) for _ in range(rng.randrange(4)))
        return f'<p n="{rng.randrange(99)}">{"".join(inner)}</p>'
    other = rng.randrange(number + 1, LAST + 1)
    folder = f"{'../' if number >= 0 else ''}p{other}"
    form = rng.random()
    if form < 0.15:
        return f'<xi:include href="{folder}/t.txt" parse="text"/>'
    if form < 0.3:
        inner = "".join(node(rng, number, depth + 2) for _ in range(rng.randrange(3)))
        return f'<xi:include href="no.xml"><xi:fallback>{inner}</xi:fallback></xi:include>'
    pointer = rng.choice(("", f"i{other}", "element(/1/1)", f"element(i{other}/1)"))
    attribute = f' xpointer="{pointer}"' if pointer else ""
    return f'<xi:include href="{folder}/f{other}.xml"{attribute}/>'


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_is_that_of_libxml2_and_every_place_is_right(tmp_path, seed):
    rng, files = random.Random(seed), Files(tmp_path)
    for number in range(LAST + 1):
        first = f'<ab xml:id="i{number}"><seg/>{node(rng, number)}</ab>'
        rest = "".join(node(rng, number) for _ in range(3))
        files.put(**{f"p{number}__f{number}": f"{DIV}>{first}{rest}</div>"})
        (tmp_path / f"p{number}" / "t.txt").write_text(f"text {number} <&>\n")
    files.read("".join(node(rng, -1) for _ in range(5)))
    assert {finding.rule for finding in files.findings} <= {"xinclude:fallback"}
    check_places(files.document, tmp_path, files.data)
    (tmp_path / "main.xml").write_bytes(files.data)
    theirs = etree.parse(tmp_path / "main.xml", etree.XMLParser(no_network=True))
    theirs.xinclude()
    for element in theirs.iter(etree.Element):
        element.attrib.pop(BASE, None)
    ours = files.document.clean_tree()
    for tree in (ours, theirs):  # libxml2 leaves out what stands before and after the root
        etree.strip_tags(tree, etree.Comment, etree.PI)
        etree.cleanup_namespaces(tree)
    assert etree.tostring(ours, method="c14n") == etree.tostring(theirs, method="c14n")
