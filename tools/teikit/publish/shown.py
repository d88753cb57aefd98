"""Which registers a site shows, and in which order: those of files, and those over all texts."""

import posixpath
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from teikit.edition.made import FOLDER
from teikit.edition.made import KINDS as MADE
from teikit.edition.model import Edition
from teikit.edition.records import Entity, RegisterRecord, Words
from teikit.publish.citation import choose
from teikit.publish.links import register_page
from teikit.publish.strings import Strings

ALL = "tk-all"  # where the registers over all texts lie
_KINDS = (*MADE, "nym", "witness", "hand", "character")
# scripts of which no reader looks up a name by its first sign
_NO_ALPHABETS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "YI ")
_AS_WRITTEN = 50  # entries up to which a register keeps the order of its file


@dataclass(frozen=True)
class Shown:
    """A register as pages show it: what it is called, its page, and its entries."""

    title: Words
    page: str
    entities: tuple[Entity, ...]
    origin: str  # the path of the file, or what it was made from
    is_in_text: bool = False  # whether it stands in a text, and so in the register of all texts
    is_made: bool = False  # whether it was made from the texts
    is_over_all: bool = False  # whether it gathers the entries of several texts

    @property
    def source(self) -> str:
        """Return the path under which its data is offered."""
        return self.origin


def shown_registers(edition: Edition, strings: Strings) -> list[Shown]:
    """Return the registers that have pages: those of their own files, those over all texts, those
    made from the texts, those of single texts.
    """
    own = [_shown(one, strings) for one in listed_registers(edition)]
    in_texts = [one for one in own if one.is_in_text]
    over_all = list(_over_all(edition, in_texts, strings)) if len(in_texts) > 1 else []
    listed = [
        *(one for one in own if not one.is_in_text and not one.is_made),
        *over_all,
        *(one for one in own if one.is_made),
    ]
    listed.sort(key=lambda one: not any(count_of(edition, entity) for entity in one.entities))
    return [*_told_apart(listed, strings), *in_texts]


def _told_apart(listed: list[Shown], strings: Strings) -> Iterator[Shown]:
    """Yield the registers so that no two have one name: by what they were made from, or a file."""
    times = Counter(one.title.text for one in listed)
    for one in listed:
        if times[one.title.text] == 1 or one.is_over_all:
            yield one
            continue
        by = "registers.name-made" if one.is_made else "registers.name-file"
        name = strings(by, title=one.title.text, file=posixpath.basename(one.origin))
        yield replace(one, title=replace(one.title, text=name))


def in_order(edition: Edition, shown: Shown) -> list[Entity]:
    """Return the entries of a short register in their order: those that texts mention first.

    A register of a file keeps the order of its editors; where nobody gave one, names are sorted.
    """
    entities = list(shown.entities)
    if (shown.is_made or shown.is_over_all) and _have_alphabet(entities):
        entities = _sorted(entities)
    return sorted(entities, key=lambda one: not count_of(edition, one))


def listed_registers(edition: Edition) -> list[RegisterRecord]:
    """Return the registers that have pages: those with entities that are no interpretations."""
    return [one for one in edition.registers if any(e.kind != "interp" for e in one.entities)]


def register_title(register: RegisterRecord, strings: Strings) -> Words:
    """Return what a register is called."""
    if register.path.startswith(f"{FOLDER}/"):
        return Words(strings.label("kinds", register.path.partition("/")[2]))
    return choose(register.titles, strings.language) or Words(register.path)


def _shown(register: RegisterRecord, strings: Strings) -> Shown:
    return Shown(
        register_title(register, strings),
        register_page(register.path),
        tuple(one for one in register.entities if one.kind != "interp"),
        register.path,
        register.is_in_text,
        register.path.startswith(f"{FOLDER}/"),
    )


def _over_all(edition: Edition, in_texts: list[Shown], strings: Strings) -> Iterator[Shown]:
    """Yield a register for each kind of thing that several texts describe; what is one, once."""
    found: dict[str, dict[str, Entity]] = defaultdict(dict)
    holders: dict[str, set[str]] = defaultdict(set)
    for register in in_texts:
        for entity in register.entities:
            if entity.uri:
                uri = edition.meant(entity.uri)
                found[entity.kind].setdefault(uri, edition.entities[uri])
                holders[entity.kind].add(register.origin)
    for kind in _KINDS:
        if len(holders[kind]) > 1:
            yield Shown(
                Words(strings.label("kinds", kind)),
                f"registers/{ALL}/{kind}.html",
                tuple(found[kind].values()),
                f"{ALL}/{kind}",
                is_over_all=True,
            )


@dataclass(frozen=True)
class Section:
    """Entries of a register that stand together: a letter of the alphabet, or those left over."""

    id: str
    label: str
    entities: tuple[Entity, ...]


def sections_of(edition: Edition, shown: Shown, name: str) -> list[Section]:
    """Return the entries in the order of the page: what texts mention first.

    A short register is in order as it is. A long one is sorted by the alphabet, with a section a
    letter; where most names are of a script without one, by the number of mentions. NAME is the
    title of the section of those that no text mentions.
    """
    entities = in_order(edition, shown)
    mentioned = [one for one in entities if count_of(edition, one)]
    others = entities[len(mentioned) :]
    if not mentioned:
        mentioned, others = others, []
    rest = [Section("tk-unmentioned", name, tuple(_sorted(others)))] if others else []
    if len(shown.entities) <= _AS_WRITTEN:
        rest = [Section("tk-unmentioned", name, tuple(others))] if others else []
        return [Section("", "", tuple(mentioned)), *rest]
    if not _have_alphabet(mentioned):
        mentioned.sort(key=lambda one: (-count_of(edition, one), _key(one)))
        return [Section("", "", tuple(mentioned)), *rest]
    letters: dict[str, list[Entity]] = {}
    for entity in _sorted(mentioned):
        letters.setdefault(_letter(entity), []).append(entity)
    other = letters.pop("", [])
    found = [
        Section(f"tk-letter-{ord(letter[0]):x}", letter, tuple(entities))
        for letter, entities in letters.items()
    ]
    if other:
        found.append(Section("tk-letter-other", "…", tuple(other)))
    return [*found, *rest]


def count_of(edition: Edition, entity: Entity) -> int:
    """Return how often the texts mention the entity."""
    return len(edition.mentions.get(edition.meant(entity.uri), ())) if entity.uri else 0


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=_key)


def _key(entity: Entity) -> tuple[str, str, str]:
    words = _sorted_by(entity)
    return _fold(words), words, entity.uri


def _sorted_by(entity: Entity) -> str:
    return entity.sort or (entity.names[0].text if entity.names else entity.id)


def _fold(words: str) -> str:
    """Return the words as an alphabet takes them: no case, no marks, no signs before them."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    folded = "".join(one for one in folded if not unicodedata.combining(one))
    start = next((at for at, one in enumerate(folded) if one.isalnum()), 0)
    return folded[start:]


def _letter(entity: Entity) -> str:
    first = _fold(_sorted_by(entity))[:1]
    is_letter = first.isalpha() and not unicodedata.name(first, "").startswith(_NO_ALPHABETS)
    return first.upper() if is_letter else ""


def _have_alphabet(entities: list[Entity]) -> bool:
    """Return whether most names are of a script with an alphabet."""
    return 2 * sum(bool(_letter(one)) for one in entities) >= len(entities)
