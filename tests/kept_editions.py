"""An edition that a test edits at random, to see whether what is kept of it is ever outdated."""

import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from sites import SMALL, copy_of
from teikit.cli.publish import make_site
from teikit.project import read_project
from teikit.safety.worker import Here

_XI = "http://www.w3.org/2001/XInclude"
_TEXT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>{title}</title></titleStmt><publicationStmt><p>none</p></publicationStmt>
<sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader><text><body><div xml:id="d">
<p xml:id="p1">A word of <persName ref="../registers/people.xml#anna">Anna</persName>, see
<ref target="first.xml#d1.p1">the first</ref> and <ref target="added-1.xml#p1">another</ref>.</p>
{more}</div></body></text></TEI>
"""
_INCLUDES = f'<xi:include xmlns:xi="{_XI}" href="../parts/shared.xml"/>'
_PART = '<p xmlns="http://www.tei-c.org/ns/1.0" xml:id="shared">Shared words, {}.</p>'
_STYLE = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:import href="teikit:html.xsl"/><xsl:include href="more.xsl"/></xsl:stylesheet>"""
_MORE = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="tei">
<xsl:template match="tei:persName"><b class="{}"><xsl:apply-templates/></b></xsl:template>
</xsl:stylesheet>"""
_PAGE = """{{% extends "shipped/base.html" %}}
{{% block head %}}{} {{{{ edition.texts|length }}}}{{% endblock %}}"""
_SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start>
<define name="any"><element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><text/>
<ref name="any"/></choice></zeroOrMore></element></define>{}</grammar>"""


def edition_to_edit(folder: Path) -> Path:
    """Return the folder of an edition with includes, a stylesheet, a schema, a few texts."""
    edition = copy_of(SMALL, folder)
    for name in ("parts", "style", "schema"):
        (edition / name).mkdir()
    (edition / "parts" / "shared.xml").write_text(_PART.format("at first"))
    (edition / "style" / "page.xsl").write_text(_STYLE)
    (edition / "style" / "more.xsl").write_text(_MORE.format("name"))
    (edition / "schema" / "any.rng").write_text(_SCHEMA.format(""))
    for number in range(3):
        _write_text(edition, f"added-{number}", f"Added {number}", _INCLUDES if number else "")
    settings = edition / "edition.toml"
    more = '\n[schema]\nrelaxng = "schema/any.rng"\n[publish]\nstylesheet = "style/page.xsl"\n'
    settings.write_text(settings.read_text("utf-8") + more, "utf-8")
    return edition


def _write_text(edition: Path, name: str, title: str, more: str = "") -> None:
    (edition / "texts" / f"{name}.xml").write_text(_TEXT.format(title=title, more=more), "utf-8")


def site_of(edition: Path) -> Mapping[str, bytes]:
    """Return the files that `teikit publish --draft` would write."""
    return make_site(read_project(edition), Here(), draft=True).files


# -- edits ------------------------------------------------------------------------------------


def _change(path: Path, pattern: str, new: str, rng: random.Random) -> None:
    """Put NEW for one of the places where the pattern is found; nothing where it is not."""
    text = path.read_text("utf-8")
    found = list(re.finditer(pattern, text))
    if found:
        match = rng.choice(found)
        path.write_text(text[: match.start()] + match.expand(new) + text[match.end() :], "utf-8")


def _any_text(edition: Path, rng: random.Random) -> Path:
    return rng.choice(sorted((edition / "texts").glob("*.xml")))


def change_words(edition: Path, rng: random.Random) -> None:
    """Change a word of a text."""
    _change(_any_text(edition, rng), r"\b[a-z]{4,}\b(?=[^<>]*</p>)", f"word{rng.random()}", rng)


def add_id(edition: Path, rng: random.Random) -> None:
    """Give a paragraph an id, or another id."""
    name = f"n{rng.randrange(10**6)}"
    _change(_any_text(edition, rng), r"<p(?: xml:id=\"[^\"]*\")?>", f'<p xml:id="{name}">', rng)


def remove_id(edition: Path, rng: random.Random) -> None:
    """Take the id of an element away, so that pointers to it lead nowhere."""
    _change(_any_text(edition, rng), r' xml:id="[^"]*"', "", rng)


def rename_entity(edition: Path, rng: random.Random) -> None:
    """Call an entity by another name."""
    register = rng.choice(sorted((edition / "registers").glob("*.xml")))
    name = rng.choice(["Bertha", "Ōsaka", "麦尔"])
    _change(register, r"(<(?:pers|place|org)Name[^>]*>)[^<]*", rf"\g<1>{name}", rng)


def rename_entity_id(edition: Path, rng: random.Random) -> None:
    """Give an entity another id, so that mentions of it lead nowhere."""
    _change(edition / "registers" / "people.xml", r'xml:id="\w+"', f'xml:id="e{rng.random()}"', rng)


def add_text(edition: Path, rng: random.Random) -> None:
    """Add a text: the others get another neighbour, and pointers to it a place."""
    number = rng.randrange(9)
    _write_text(edition, f"added-{number}", f"Added again {rng.random()}", _INCLUDES)


def remove_text(edition: Path, rng: random.Random) -> None:
    """Remove a text that was added."""
    found = sorted((edition / "texts").glob("added-*.xml"))
    if found:
        rng.choice(found).unlink()


def change_part(edition: Path, rng: random.Random) -> None:
    """Change what texts include, take it away, or put it back."""
    part = edition / "parts" / "shared.xml"
    if rng.random() < 0.3 and part.exists():
        part.unlink()
    else:
        part.write_text(_PART.format(rng.random()))


def change_settings(edition: Path, rng: random.Random) -> None:
    """Change the title, the languages, the stylesheet or whether there is a main text."""
    settings = edition / "edition.toml"
    text = settings.read_text("utf-8")
    match rng.randrange(4):
        case 0:
            text = re.sub(r'en = "Two[^"]*"', f'en = "Two letters, {rng.random()}"', text)
        case 1:
            languages = rng.choice(['"en", "zh"', '"zh", "en"', '"en"', '"zh"'])
            text = re.sub(r"languages = \[.*\]", f"languages = [{languages}]", text)
        case 2:
            text = re.sub(r"\[publish\]\n.*\n", "", text)
            if rng.random() < 0.6:
                text += '[publish]\nstylesheet = "style/page.xsl"\n'
        case 3:
            text = re.sub(r"(?m)^#?(main|introduction) =", rng.choice([r"#\1 =", r"\1 ="]), text)
    settings.write_text(text, "utf-8")


def change_stylesheet(edition: Path, rng: random.Random) -> None:
    """Change what the edition's stylesheet imports."""
    (edition / "style" / "more.xsl").write_text(_MORE.format(f"name{rng.randrange(100)}"))


def change_template(edition: Path, rng: random.Random) -> None:
    """Write a template of the edition's own, or remove it."""
    folder = edition / "templates"
    if folder.is_dir() and rng.random() < 0.4:
        shutil.rmtree(folder)
    else:
        folder.mkdir(exist_ok=True)
        (folder / "base.html").write_text(_PAGE.format(rng.random()))


def change_schema(edition: Path, rng: random.Random) -> None:
    """Make the schema allow everything, or nothing, or be no schema."""
    wrong = rng.choice(["", "", '<define name="other"><ref name="none"/></define>'])
    schema = _SCHEMA.format(wrong)
    if rng.random() < 0.4:
        schema = schema.replace('<ref name="any"/></start>', "<notAllowed/></start>")
    (edition / "schema" / "any.rng").write_text(schema)


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    change_words,
    add_id,
    remove_id,
    rename_entity,
    rename_entity_id,
    add_text,
    remove_text,
    change_part,
    change_settings,
    change_stylesheet,
    change_template,
    change_schema,
)
