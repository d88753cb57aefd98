"""Who follows an advice gets rid of the finding, and gets no other; the words stay in order."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest
from lxml import etree

import mutations
from shared_data import SHARED
from teikit.document import TEI, Document, read_document, safe_parser
from teikit.location import plain_name
from teikit.report import Finding
from teikit.schema.relaxng import Grammar, load_grammar
from teikit.schema.relaxng.check import check_relaxng

TEI_ALL = SHARED / "schema" / "tei-p5" / "tei_all.rng"
LETTERS = sorted((SHARED / "corpora" / "letters").glob("*.xml"))
PLAYS = sorted((SHARED / "corpora" / "drama").glob("*.xml"))
APPARATUS = sorted((SHARED / "corpora" / "apparatus").glob("*.xml"))
pytestmark = pytest.mark.skipif(not TEI_ALL.exists(), reason="../shared is not here")
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>\n<publicationStmt><p/>"
    "</publicationStmt>\n<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
LINE = r" in line (\d+)"
REST = rf"all that follows it|what follows it (?:up to|as far as) the \w+(?:{LINE})?"
RUN = rf"Put it(?:, with (?:{REST}),)? into an? (\w+)"


@cache
def tei_all() -> Grammar:
    return load_grammar(TEI_ALL)


def problems(root: etree._Element) -> Counter:
    """Return what is wrong, without where."""
    found = tei_all().validate(root)
    return Counter((one.kind, one.name, one.parent, one.found) for one in found)


# -- following an advice ----------------------------------------------------------------------


def take_out(element: etree._Element) -> None:
    """Take an element out of its parent; what is after it stays."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def put_around(document: Document, element: etree._Element, name: str, line: str, run: str):
    """Put another element around this one, and what follows as far as the line."""
    wrapper = etree.Element(f"{{{TEI}}}{name}")
    inside = [element]
    for sibling in element.itersiblings(etree.Element) if run else ():
        at_end = line and document.place(sibling).line == int(line)
        if at_end and "as far as" not in run:
            break
        inside.append(sibling)
        if at_end:
            break
    wrapper.tail, inside[-1].tail = inside[-1].tail, None
    element.addprevious(wrapper)
    wrapper.extend(inside)
    return wrapper


def put_around_text(document: Document, parent: etree._Element, found: Finding, name: str, line):
    """Put an element around text and what follows, as far as the line."""
    first = etree.Element(f"{{{TEI}}}anchor")
    said = re.search("“(.*?)…?”", found.message)[1]
    for holder, where in [(parent, "text"), *((one, "tail") for one in parent)]:
        text = getattr(holder, where) or ""
        if " ".join(text.split()).startswith(said):
            setattr(holder, where, None)
            first.tail = text
            (parent.insert(0, first) if where == "text" else holder.addnext(first))
            break
    run = "with" in found.hint
    wrapper = etree.Element(f"{{{TEI}}}{name}")
    wrapper.text, first.tail = first.tail, None
    for sibling in list(first.itersiblings()) if run else ():
        at_end = line and isinstance(sibling.tag, str) and document.place(sibling).line == int(line)
        if at_end and "as far as" not in found.hint:
            break
        tail = sibling.tail
        wrapper.append(sibling)
        if at_end:
            sibling.tail, first.tail = None, tail
            break
    first.addprevious(wrapper)
    take_out(first)


def find_sibling(document: Document, element: etree._Element, name: str, line: str):
    (sibling,) = (
        one
        for one in element.getparent().iterchildren(f"{{{TEI}}}{name}")
        if document.place(one).line == int(line) and one is not element
    )
    return sibling


def begin_new(parent: etree._Element, behind: etree._Element, text: str, rest: list) -> None:
    new = etree.Element(parent.tag)
    new.text = text
    new.extend(rest)
    behind.addnext(new)


def end_before(element: etree._Element, begin_again: bool) -> None:
    """End the parent before the element; what follows in it comes after it, or in another."""
    parent, rest = element.getparent(), list(element.itersiblings())
    text, element.tail = element.tail, None
    outer_tail, parent.tail = parent.tail, None
    parent.addnext(element)
    if begin_again:
        begin_new(parent, element, text, rest)
        element.getnext().tail = outer_tail
    else:
        assert not (text or "").strip()
        for one in reversed(rest):
            element.addnext(one)
        (rest[-1] if rest else element).tail = outer_tail


def begin_after(element: etree._Element) -> None:
    parent = element.getparent()
    assert not (parent.text or "").strip()
    take_out(element)
    parent.addprevious(element)


def belong(element: etree._Element, count: int) -> None:
    before = element.getprevious()
    run = [element, *list(element.itersiblings(etree.Element))[: count - 1]]
    before.extend(run)


def move(element: etree._Element, sibling: etree._Element, behind: bool, more: int) -> None:
    """Move an element, and so many after it, before or behind a sibling."""
    moved = [element, *list(element.itersiblings(etree.Element))[:more]]
    for one in moved:
        take_out(one)
        if behind:
            one.tail, sibling.tail = sibling.tail, None
            sibling.addnext(one)
        else:
            sibling.addprevious(one)


def ways(document: Document, found: Finding) -> Iterator[Callable[[], object]]:
    """Yield what the hint says may be done with the document, one way at a time."""
    element, hint = document.element(found.ordinal), found.hint
    name = plain_name(element.tag)
    if match := re.match(RUN, hint):
        if found.rule.endswith("text-not-allowed"):
            yield partial(put_around_text, document, element, found, match[2], match[1])
        else:
            yield partial(
                put_around,
                document,
                element,
                match[2],
                match[1],
                match[0] if "with" in match[0] else "",
            )
    more = r"(?: and the (?:(\d+) )?elements? after it)?"
    if match := re.match(rf"{name}({more}) must stand (before|after) the (\w+){LINE}", hint):
        sibling = find_sibling(document, element, match[4], match[5])
        number = int(match[2] or 1) if match[1] else 0
        yield partial(move, element, sibling, match[3] == "after", number)
    if match := re.search(r", or( with .*?)? in an? (\w+) of its own", hint):
        line = re.search(LINE, match[1] or "")
        place = line[1] if line else ""
        yield partial(put_around, document, element, match[2], place, match[1] or "")
    if re.match(r"End the \w+ before it", hint):
        yield partial(end_before, element, "begin another" in hint)
    if re.match(r"Begin the \w+ after it", hint):
        yield partial(begin_after, element)
    if match := re.match(r"It belongs(?:, with the (?:(\d+) )?elements? after it,)?", hint):
        yield partial(belong, element, 1 + (int(match[1] or 1) if "with" in match[0] else 0))


def follow(source: bytes) -> tuple[int, list[str]]:
    """Return how many advices there are for a document, and which of them do not help."""
    document = read_document(source, "a.xml")
    before, count, bad = problems(document.root), 0, []
    for number, found in enumerate(check_relaxng(document, str(TEI_ALL))):
        if number == 10:
            break
        for index, _way in enumerate(list(ways(document, found))):
            fresh = read_document(source, "a.xml")
            words = "".join(fresh.root.xpath("string()").split())
            list(ways(fresh, found))[index]()
            after, count = problems(fresh.root), count + 1
            moved = "must stand" in found.hint
            if not (after <= before and after.total() < before.total()):
                bad.append(f"{found.message}: {found.hint} -> {after - before}")
            elif not moved and "".join(fresh.root.xpath("string()").split()) != words:
                bad.append(f"{found.message}: {found.hint} -> words moved")
    return count, bad


# -- advices ----------------------------------------------------------------------------------

TYPICAL = [
    "<p>One.</p>\n<closer>Yours</closer>\n<p>a</p>\n<p>b</p>\n<p>c</p>",
    "<p>x</p>\nwords <note/> and <app><lem/></app><lb/> words",
    "<p>One <item>a</item>\n<item>b</item> two</p>",
    "<p>One.</p>\n<p>Two</p>\n<closer>Yours</closer>\n<p>P.S. two</p>",
    "<closer>x</closer>\n<p>a</p>\n<p>b</p>",
    "<opener>o</opener>\n<closer>x</closer>\n<p>a</p>",
    "<p>a <p>b</p></p>",
    "<p>a <p>b</p> c</p>",
    "<p><head>b</head> c</p>",
    "<p>x</p>\n<del>a</del>",
    "<p>x</p>\n<persName>a</persName>",
    "<p>x</p>\n<address><addrLine>a</addrLine></address>",
    "<lg><l/><p>x</p></lg>",
    "<listPerson><person><placeName>W</placeName></person></listPerson>",
    "<listPlace><place><location><geo>1 2</geo><idno>x</idno></location></place></listPlace>",
    "<list><item/></list>\n<item/>\n<item/>\n<p/>",
    "<hi>a</hi> b <name>c</name>\n<p/>",
    "<hi>a</hi> b <name>c</name>",
    "words <hi>a</hi> b\n<p/>",
    "<p/><item>x</item>\n<item>y</item>",
    "<p>x</p>\n<head>y</head>",
    "<p>x</p>\n<head>y</head>\n<p>z</p>",
    "<speaker>A</speaker>\n<p>Hi</p>\n<speaker>B</speaker>\n<p>Ho</p>",
    "<table><cell/></table>",
    "<table><row>a <hi>b</hi></row></table>",
    "<lg>a <hi>b</hi>\n<l/></lg>",
]


def whole(text: str, header: str = HEADER) -> bytes:
    return f'<TEI xmlns="{TEI}">{header}{text}</TEI>'.encode()


@pytest.mark.parametrize("body", TYPICAL)
def test_what_is_advised_helps(body):
    count, bad = follow(whole(f"<text><body><div>\n{body}\n</div></body></text>"))
    assert count and not bad


FIRST = "<profileDesc/>\n<fileDesc>"


@pytest.mark.parametrize(
    "source",
    [
        whole("<text>\n<back><p/></back>\n<body><p/></body></text>"),
        whole("<text><body><p/></body></text>", HEADER.replace("<fileDesc>", FIRST)),
    ],
)  # fmt: skip
def test_what_is_advised_of_large_parts_helps(source):
    count, bad = follow(source)
    assert count and not bad


def advice_of_mutants(files, number: int, seed: int) -> tuple[int, list[str]]:
    names = sorted(tei_all().automaton.declared)
    trees = [etree.fromstring(path.read_bytes(), safe_parser()) for path in files]
    count, bad = 0, []
    for kind in (*mutations.KINDS, *mutations.BOUNDARIES):
        for index in range(number):
            mutant = mutations.mutate(trees[index % len(trees)], kind, names, seed + index)
            if mutant is not None:
                some, wrong = follow(mutant.lined())
                count, bad = count + some, bad + [f"{kind}: {one}" for one in wrong]
    return count, bad


def test_what_is_advised_after_any_mistake_helps():
    files = [min(paths, key=lambda path: path.stat().st_size) for paths in (PLAYS, LETTERS)]
    count, bad = advice_of_mutants([*files, APPARATUS[0]], 3, 0)
    assert count > 10
    assert not bad, "\n".join(bad)


@pytest.mark.slow
def test_what_is_advised_after_any_mistake_helps_at_length():
    count, bad = advice_of_mutants([*LETTERS[:40], *PLAYS[:3]], 100, 1000)
    assert len(bad) <= count / 100, "\n".join([f"{count}", *bad])
