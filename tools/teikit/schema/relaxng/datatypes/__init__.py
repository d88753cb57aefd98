"""Datatypes: what the text of a `data` or `value` pattern may be (section 4.3, 6.2.7-6.2.9).

`find_datatype` gives a Datatype for a library, a name and facets. Two libraries are known: the
built-in one (`string`, `token`) and W3C XML Schema Datatypes. A type maps text to a value, and
values are compared as values: 1.0 is 1.00, and 2011-02-29 is nothing.
"""

from teikit.schema.relaxng.datatypes.base import (
    BadDatatype,
    Context,
    Datatype,
    Nowhere,
    Prefixes,
)
from teikit.schema.relaxng.datatypes.registry import XSD, Params, find_datatype

__all__ = [
    "XSD",
    "BadDatatype",
    "Context",
    "Datatype",
    "Nowhere",
    "Params",
    "Prefixes",
    "find_datatype",
]
