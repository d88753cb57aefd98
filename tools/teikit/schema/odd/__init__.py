"""An ODD, the TEI's way to write a schema with its documentation, compiled to what validates.

    compile_odd(odd, source, name="edition.odd") -> CompiledSchema

source.py reads the TEI's definitions, customisation.py what the ODD selects and changes,
merge.py applies the one to the other; relaxng.py and schematron.py write the result, compact.py
the RELAX NG once more in the compact syntax.
"""

from teikit.schema.odd.compile import CompiledSchema, compile_odd
from teikit.schema.odd.errors import OddError, UnknownName, UnreadableOdd, UnreadableSource

__all__ = [
    "CompiledSchema",
    "OddError",
    "UnknownName",
    "UnreadableOdd",
    "UnreadableSource",
    "compile_odd",
]
