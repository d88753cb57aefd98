"""What other vocabularies, and plain English, call what the TEI has a name for."""

from functools import cache

_ELEMENTS = """
paragraph para par: p
chapter section sect sect1 sect2 part article subsection volume canto act scene: div
h1 h2 h3 h4 h5 h6 heading header title1 title2 title3 caption rubric subtitle: head
title: title head
italic italics i b bold strong u underline sc smallcaps sup sub font small big tt code: hi
em emphasis: emph hi
br break newline linebreak line-break: lb
page pagebreak page-break newpage: pb
column columnbreak: cb
a link href url xref hyperlink: ref ptr
img image picture pic photo figure-image: graphic figure
ul ol dl itemizedlist orderedlist: list
li dt dd listitem bullet: item
verse line verseline: l
stanza strophe couplet linegroup poem: lg
footnote endnote fn annotation comment remark: note
person people persname: persName person
place location: placeName place
organisation organization institution: orgName org
blockquote citation extract: quote cit
q quotation: q quote said
table-row tr: row
td th: cell
hr rule: milestone
span: seg hi
section-break: milestone
speech: sp
speakername character: speaker
stagedirection stage-direction direction: stage
deletion deleted strike s: del
insertion inserted addition: add
illegible: gap unclear
missing lacuna omission: gap
abbreviation: abbr
expansion: expan
correction: corr
error: sic
foreignword: foreign
letter: div
signature: signed
address1: address
greeting: salute
datetime time-stamp: date
html doc document tei.2: TEI
head metadata: teiHeader head
main content: body text
toc contents: list
appendix: div back
preface introduction: div front
bibliography biblio references: listBibl
reference: bibl
book work: bibl title
"""

_ATTRIBUTES = """
id: xml:id
name: xml:id n key
lang language: xml:lang
base: xml:base
space: xml:space
href link src: target url ref
url: target ref
src source: url facs
class style: rend rendition style
class: type rend ana
align: rend
color: rend
number no num nr: n
date: when
datetime value: when
year: when
start begin: from notBefore
end until: to notAfter
after: notBefore
before: notAfter
title alt label: n
kind category: type ana
pos position: place
idref ref-id rid target-id: target ref corresp
author: resp who
editor: resp
speaker: who
role-name: role
image: facs
certainty: cert
hand-id: hand
language-code: xml:lang
"""

_VALUES = """
yes 1 y: true
no 0 n: false
"""

# of elements that stand in pairs, which one is likely to be missing
PARTNERS = {
    "abbr": "expan",
    "corr": "sic",
    "expan": "abbr",
    "label": "item",
    "lem": "rdg",
    "orig": "reg",
    "reg": "orig",
    "sic": "corr",
    "resp": "name",
    "persName": "resp",
    "name": "resp",
}

# of what is named and of its name: elements that are taken for one another
CONFUSED = {
    "org": "orgName",
    "orgName": "org",
    "persName": "person",
    "person": "persName",
    "place": "placeName",
    "placeName": "place",
}


def other_words(written: str, kind: str) -> tuple[str, ...]:
    """Return the names that the TEI has for what was written, the best first.

    KIND is "element", "attribute" or "value".
    """
    return _table(kind).get(written.casefold(), ())


@cache
def _table(kind: str) -> dict[str, tuple[str, ...]]:
    text = {"element": _ELEMENTS, "attribute": _ATTRIBUTES, "value": _VALUES}[kind]
    table: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        words, _colon, names = line.partition(": ")
        for word in words.split():
            table[word] = tuple(dict.fromkeys((*table.get(word, ()), *names.split())))
    return table
