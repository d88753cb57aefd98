"""Where the data that comes with teikit lies, in a wheel and in a checkout alike."""

from importlib.resources import files
from pathlib import Path


def shipped(name: str) -> Path:
    """Return the folder NAME: "xslt", "templates", "schema" or "starter"."""
    packaged = Path(str(files("teikit"))) / "data" / name
    if packaged.is_dir():  # installed from a wheel
        return packaged
    checkout = Path(__file__).resolve().parents[2]
    return checkout / {"schema": "tei/schema"}.get(name, name)
