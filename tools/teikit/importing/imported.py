"""What the job `import` gives back."""

from dataclasses import dataclass, field

from teikit.report import Finding
from teikit.witness import Layout


@dataclass(frozen=True)
class Imported:
    """A TEI file, and what to tell about it; `problem` alone where there is none."""

    tei: bytes = b""
    encoding: str = ""
    how: str = ""  # how the encoding is known
    sample: str = ""  # a line by which a guess can be judged
    layout: Layout = field(default_factory=Layout)
    rules: tuple[str, ...] = ()
    counts: str = ""  # how many pages, lines, paragraphs and characters there are
    lost: tuple[Finding, ...] = ()
    problem: str = ""
    format: str = "text"  # one of formats.FORMATS
    witness: str = ""  # the words to compare with, to be kept beside the source; "": the source
    language: str = ""  # what the file or its script tells; empty where neither does
    language_from: str = "its script"
