"""What passes between the command and the job `format`: plain values."""

from dataclasses import dataclass

from teikit.report import Finding


@dataclass(frozen=True)
class Formatted:
    """One file as it is to be: `data` is all of it, and the same bytes where nothing changes.

    A file that is not laid out has no data, but a finding, or a problem in words: why not.
    """

    path: str
    data: bytes = b""
    finding: Finding | None = None
    problem: str = ""
