"""teikit: validate, publish and archive scholarly editions in TEI-XML."""

__version__ = "0.1.0"
