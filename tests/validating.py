"""What the tests of `teikit validate` share: small files, and a schema that lets all pass."""

from pathlib import Path

from teikit.document import TEI

HEAD = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>'
TAIL = "</body></text></TEI>"
TWICE = f'{HEAD}<p xml:id="i"/><p xml:id="i"/>{TAIL}'
GOOD = f"{HEAD}<p/>{TAIL}"
ANY = "start = any any = element * { attribute * { text }*, (text | any)* }"


def write(path: Path, text: str | bytes) -> Path:
    """Write a file, with the folders around it, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
