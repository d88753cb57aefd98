"""Random editions: registers in every place, names that point to them in every way.

Each mention has words of its own, so that its place on a page can be told without our code.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path

HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>'
TITLE = "<title>{}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/>"
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="reg" matchPattern="([a-z0-9.]+)" '
    'replacementPattern="../registers/one.xml#$1"/></listPrefixDef></encodingDesc>'
)
KINDS = {
    "person": ("listPerson", "persName"),
    "place": ("listPlace", "placeName"),
    "org": ("listOrg", "orgName"),
}
HOLDERS = ("{}", "<standOff>{}</standOff>")


@dataclass
class Made:
    """A random edition: its files, and what must be on the page of each entity."""

    files: dict[str, str] = field(default_factory=dict)
    # page of an entity -> (words before, words, words after) of each mention, in no order
    expected: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)


@dataclass
class Known:
    """An entity: where it is defined, how it can be pointed to, and its page."""

    path: str
    id: str
    kind: str
    page: str
    address: str = ""
    key: bool = False  # whether its id is one of a kind


class Maker:
    """Makes one random edition."""

    def __init__(self, seed: int):
        self.chance, self.number, self.made = random.Random(seed), 0, Made()
        self.entities: list[Known] = []

    def edition(self) -> Made:
        """Return the edition: three registers, three texts with entries of their own."""
        for name in ("one", "two", "three"):
            path = f"registers/{name}.xml"
            body = self.register(path, f"{name}.", f"registers/{name}")
            holder = self.chance.choice(("standOff", "body"))
            if holder == "body":
                body = f"<text><body>{body}</body></text>"
            else:
                body = f"<standOff>{body}</standOff>"
            self.made.files[path] = (
                f"{HEAD}{TITLE.format(name)}</sourceDesc></fileDesc></teiHeader>{body}</TEI>"
            )
        for name in ("a", "b", "c"):
            path = f"texts/{name}.xml"
            own = self.register(path, "", f"registers/{name}")
            where = self.chance.choice(("back", "particDesc", "standOff"))
            self.made.files[path] = self.text(path, name, own, where)
        return self.made

    def register(self, path: str, prefix: str, folder: str) -> str:
        """Return lists of entries; those of texts have ids that other texts use too."""
        written = []
        for kind, (holder, name) in KINDS.items():
            entries = []
            for at in range(self.chance.randrange(1, 4)):
                identifier = f"{prefix}{kind}{at}"
                self.number += 1
                address = f"https://example.org/{self.number}" if self.chance.random() < 0.5 else ""
                idno = f"<idno>{address}</idno>" if address else ""
                known = Known(
                    path, identifier, kind, f"{folder}/{identifier}.html", address, bool(prefix)
                )
                self.entities.append(known)
                self.made.expected[known.page] = []
                entries.append(
                    f'<{kind} xml:id="{identifier}"><{name}>N{self.number}</{name}>{idno}</{kind}>'
                )
            if self.chance.random() < 0.3:
                entries.append(f"<{kind}><{name}>nobody</{name}></{kind}>")
            written.append(f"<{holder}>{''.join(entries)}</{holder}>")
        return "".join(written)

    def text(self, path: str, name: str, own: str, where: str) -> str:
        """Return a text with mentions in paragraphs, notes, readings, speeches and its header."""
        corresp = self.mention(path, "persName", before="", after="")
        header = f"<correspDesc><correspAction>{corresp}</correspAction></correspDesc>"
        if where == "particDesc":
            people = own.replace("<listPlace>", "</particDesc><settingDesc><listPlace>").replace(
                "</listPlace>", "</listPlace></settingDesc><particDesc>"
            )
            header = f"<particDesc>{people}</particDesc>{header}"
        paragraphs = "".join(self.paragraph(path, at) for at in range(self.chance.randrange(2, 6)))
        back = f"<back>{own}</back>" if where == "back" else ""
        apart = f"<standOff>{own}</standOff>" if where == "standOff" else ""
        return (
            f"{HEAD}{TITLE.format(name)}</sourceDesc></fileDesc>{PREFIX}<profileDesc>{header}"
            f'</profileDesc></teiHeader><text><body><div xml:id="d">{paragraphs}</div></body>{back}'
            f"</text>{apart}</TEI>"
        )

    def paragraph(self, path: str, at: int) -> str:
        """Return a paragraph with mentions in it."""
        words = []
        for _ in range(self.chance.randrange(1, 5)):
            _, (_, name) = self.chance.choice(list(KINDS.items()))
            element = self.chance.choice((name, "rs", "name", name))
            kind = self.chance.choice(("plain", "plain", "note", "rdg", "nested"))
            self.number += 1
            before, after = f"b{self.number}", f"a{self.number}"
            said = f"{before} {self.mention(path, element, before, after)} {after}"
            if kind == "note":
                said = f"word <note>{said}</note> word"
            elif kind == "rdg":
                said = f"word <app><lem>lemma</lem><rdg>{said}</rdg></app> word"
            elif kind == "nested":
                said = f"<hi>{said}</hi>"
            words.append(said)
        return f'<p xml:id="p{at}">{"".join(f" - {one}" for one in words)}</p>'

    def mention(self, path: str, element: str, before: str, after: str) -> str:
        """Return a name that points to one or two entities, and note where it must be listed."""
        self.number += 1
        surface = f"m{self.number}"
        count = 2 if self.chance.random() < 0.2 else 1
        meant = self.chance.sample(self.entities, min(count, len(self.entities)))
        pointers, key = [], ""
        for one in meant:
            ways = [f"../{one.path}#{one.id}"]
            if one.path == path:
                ways = [f"#{one.id}"]
            if one.path == "registers/one.xml":
                ways.append(f"reg:{one.id}")
            if one.address:
                ways.append(one.address)
            if not key and (one.key or one.path == path) and self.chance.random() < 0.3:
                key = self.chance.choice(("", "#")) + one.id
                continue
            pointers.append(self.chance.choice(ways))
        for one in dict.fromkeys(known.page for known in meant):
            self.made.expected[one].append((before, surface, after))
        said = f' ref="{" ".join(pointers)}"' if pointers else ""
        said += f' key="{key}"' if key else ""
        return f"<{element}{said}>{surface}</{element}>"


def write_edition(made: Made, folder: Path) -> Path:
    """Return the folder with the files of the edition in it."""
    for path, text in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "edition.toml").write_text('[edition]\ntitle = "Random"\n', encoding="utf-8")
    return folder
