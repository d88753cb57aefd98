"""What each reading of a text leaves out and why: the table that is counted by.

A page has every word of the text and of the annotations in standOff, once. A plain text has the
words of one reading. Whatever else is missing is a loss. Who counts (publish/loss*.py) reads this
table and the document; the stylesheets have rules of their own, so that the one can show where
the other is wrong.
"""

from dataclasses import dataclass
from functools import cache

READING, SOURCE = "reading", "source"  # the two plain texts
BOTH = (READING, SOURCE)

# conditions that an element must meet to be left out
ANYWHERE = ""
IN_CHOICE = "in a choice that has the other side"
BESIDE = "in a choice that has both sides, and is neither"
LATER = "in a choice of equal sides, after the first"
NOT_CHOSEN = "not the lemma, nor the first reading where there is none"
IN_BACK = "in back"
AT_LINE_END = 'a weak hyphen before break="no"'
OPENS_BASE = "first in rb"
NOT_IN_LINE = 'not place="inline", or by its type a note of the editor or translator'
NOT_RESTORED = "not restored"
IN_FIGURE = "in figure"
IN_ENTRY = "in an entry of the apparatus"
LOCATED = "located by from, to or loc"


@dataclass(frozen=True)
class Omission:
    """Elements that plain texts leave out, where they meet the condition `when`."""

    elements: frozenset[str]
    readings: tuple[str, ...]
    reason: str
    when: str = ANYWHERE


def _left_out(
    elements: str, readings: tuple[str, ...], reason: str, when: str = ANYWHERE
) -> Omission:
    return Omission(frozenset(elements.split()), readings, reason, when)


OMISSIONS = (
    _left_out("teiHeader standOff", BOTH, "says something of the file, not in the text"),
    _left_out("noteGrp", BOTH, "said of the text; notes are in a file of their own"),
    _left_out("note", (READING,), "said of the text; notes are in a file of their own"),
    _left_out("note", (SOURCE,), "said of the text, not printed in its lines", NOT_IN_LINE),
    _left_out("witDetail", BOTH, "said of a witness, not in the text"),
    _left_out("wit", BOTH, "names the witnesses of a reading", IN_ENTRY),
    _left_out("figDesc", BOTH, "describes a picture"),
    _left_out("desc", BOTH, "describes a picture", IN_FIGURE),
    _left_out(
        "interp interpGrp span spanGrp certainty precision respons link linkGrp join alt index",
        BOTH,
        "analyses the text or its markup",
    ),
    _left_out("listApp", BOTH, "an apparatus apart from its text"),
    _left_out(
        "listPerson listPlace listOrg listEvent listObject listRelation",
        BOTH,
        "a register at the end of the text has pages of its own",
        IN_BACK,
    ),
    _left_out("app", BOTH, "speaks of words that stand elsewhere in the text", LOCATED),
    _left_out("corr reg expan", (SOURCE,), "the edited side of a choice", IN_CHOICE),
    _left_out("sic orig abbr", (READING,), "the source's side of a choice", IN_CHOICE),
    _left_out("*", BOTH, "the sides of the choice stand for it", BESIDE),
    _left_out("*", BOTH, "the first of equal sides stands for all", LATER),
    _left_out("rdg rdgGrp", BOTH, "a reading of the apparatus that was not chosen", NOT_CHOSEN),
    _left_out("supplied ex", (SOURCE,), "the source has no such words"),
    _left_out("surplus secl am fw", (READING,), "in the source, but no part of the edited text"),
    _left_out("del", (READING,), "taken out by the writer", NOT_RESTORED),
    _left_out("pc", (READING,), "stands only because the line ends", AT_LINE_END),
    _left_out("pc", (READING,), "only says where words with a reading begin", OPENS_BASE),
)

# what plain texts have in place of an element or around it, as publishing adds it
IN_PLACE = {"gap": "[…]", "space": "", "caesura": ""}
AROUND = {"rt": ("（", "）")}  # unless a pc stands there already

# standOff has registers too, whose entries have pages of their own; all else in it is annotation
REGISTERS = frozenset(
    "listPerson listPlace listOrg listEvent listObject listNym listRelation listBibl interpGrp "
    "taxonomy person personGrp place org event object bibl biblStruct".split()
)
# notes in standOff of these types are read in the reader's language, where they come in it
IN_LANGUAGES = frozenset(("explanation", "certainty"))

# elements whose words a page may set elsewhere: to its notes, beside the text, at a foot. So may
# be those of an app that is located by from, to or loc: they are no words of its place.
MOVABLE = frozenset(
    "note noteGrp rdg rdgGrp wit witDetail figDesc annotation span spanGrp interp listApp "
    "certainty precision respons".split()
)
MOVABLE_WHERE_LOCATED = frozenset(("app",))
# elements that stand on their own: within one of them words keep their order on the page
KEEPS_ORDER = frozenset(
    "p ab l lg head trailer byline sp speaker stage item label cell row salute signed dateline "
    "opener closer titlePart castItem div quote cit bibl figure".split()
)

# attributes whose pointers become links, on the elements named ("*": on all)
LINKED = {
    "ref": frozenset("*"),
    "target": frozenset(("ref", "ptr")),
}
# what a character is stands in its title: a text in which each is a link cannot be read; what a
# relation is stands in its label
NOT_LINKED = frozenset(("g", "relation"))
DATED = frozenset(("date", "time"))


@cache
def omissions(reading: str) -> dict[str, tuple[Omission, ...]]:
    """Return what a reading leaves out, by name of element; "*" holds for all."""
    found: dict[str, tuple[Omission, ...]] = {}
    for one in OMISSIONS:
        if reading in one.readings:
            for name in one.elements:
                found[name] = (*found.get(name, ()), one)
    return found
