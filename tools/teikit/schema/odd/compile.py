"""ODD and TEI source in, RELAX NG (in both syntaxes) and Schematron out."""

from dataclasses import dataclass

from lxml import etree

from teikit.schema.odd.checks import check_customisation
from teikit.schema.odd.compact import render_compact
from teikit.schema.odd.customisation import Customisation, read_customisation
from teikit.schema.odd.errors import Remarks
from teikit.schema.odd.merge import merge
from teikit.schema.odd.relaxng import render_relaxng
from teikit.schema.odd.schematron import render_schematron
from teikit.schema.odd.source import Source, read_source


@dataclass(frozen=True)
class CompiledSchema:
    """What an ODD was compiled to."""

    relaxng: bytes
    compact: bytes  # the same RELAX NG in the compact syntax; empty: nested too deeply for it
    schematron: bytes
    messages: tuple[str, ...]  # warnings, "edition.odd:12: …"


def compile_odd(odd: bytes, source: bytes, *, name: str, lenient: bool = False) -> CompiledSchema:
    """Return the schema that the customisation ODD makes of the TEI's p5subset.xml.

    NAME is what messages call the ODD. Raises OddError; nothing but the two arguments is read.
    LENIENT makes a name that nobody defines a warning, for an ODD older than the TEI source
    (the TEI's own tei_simplePrint.odd names elements that the TEI no longer has).
    """
    remarks = Remarks(name, lenient)
    custom = read_customisation(odd, remarks)
    tei = read_source(source)
    version = _version(custom, tei, remarks)
    schema = merge(custom, tei, remarks)
    check_customisation(custom, tei, schema, remarks)
    relaxng = render_relaxng(schema, custom, version, remarks)
    compact = _compact(relaxng, custom, remarks)
    schematron = render_schematron(schema, custom, version, remarks)
    return CompiledSchema(relaxng, compact, schematron, tuple(remarks.lines))


def _compact(relaxng: bytes, custom: Customisation, remarks: Remarks) -> bytes:
    try:
        return render_compact(relaxng)
    except (RecursionError, etree.XMLSyntaxError):  # the parser has a limit too
        remarks.warn(
            custom.schema,
            "its patterns are nested too deeply to be written in the compact syntax (.rnc), and "
            "for most programs to be read: simplify the content of its elements",
        )
        return b""


def _version(custom: Customisation, tei: Source, remarks: Remarks) -> str:
    """Return the TEI release: what the source says of itself, else what the ODD asks for."""
    if custom.version and tei.version and custom.version != tei.version:
        text = f"the ODD is for TEI {custom.version}, the source given is TEI {tei.version}"
        remarks.warn(custom.schema, text)
    return tei.version or custom.version
