"""XInclude 1.1, of our own: inside the project, counted, every element placed in its own file."""

from teikit.xinclude.reading import read_whole

__all__ = ["read_whole"]
