"""Our reader of ISO Schematron (ISO/IEC 19757-3) and the two engines that run its rules.

reading.py (with includes.py, expanding.py, embedded.py) makes values of a schema; planning.py says
which engine runs which assertion (xpath1.py) and what is refused (closing.py); stylesheet.py writes
the XSLT, libxslt.py and saxon.py run it, check.py makes findings of the result.
"""

from teikit.schema.schematron.check import (
    Rules,
    check_schematron,
    check_schematron_file,
    compile_rules,
    run_rules,
)
from teikit.schema.schematron.values import SCH, BadRules

__all__ = [
    "SCH",
    "BadRules",
    "Rules",
    "check_schematron",
    "check_schematron_file",
    "compile_rules",
    "run_rules",
]
