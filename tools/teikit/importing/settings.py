"""What a person says about a source and the TEI that is made of it."""

from dataclasses import dataclass, field

from teikit.importing.example import Example

HYPHENS = ("weak", "maybe", "keep")  # what becomes of a hyphen at the end of a line


@dataclass(frozen=True)
class ImportSettings:
    """What a person says about the source and the TEI file; see `teikit import --help`."""

    format: str = ""  # one of formats.FORMATS; empty: what the file seems to be
    encoding: str = ""
    layout: dict[str, str] = field(default_factory=dict)
    title: str = "auto"
    heading: str = ""
    headings: bool = True
    verse: bool | None = None  # None: as the lines look
    sentences: bool = False
    hyphens: str = HYPHENS[0]
    language: str = ""
    site_language: str = "en"  # the first of the edition's website
    models: tuple[str, ...] = ()
    source_name: str = ""
    source_path: str = ""  # as seen from the TEI file
    example: Example = field(default_factory=Example)  # what prefixes of pointers are taken from
