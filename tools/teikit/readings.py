"""What each reading of a text leaves out (TEI P5, chapters 11 and 12).

The table is read by whoever counts or compares words; stylesheets have rules of their own, so
that the one can show where the other is wrong.
"""

# elements that are no part of the words as the source has them
NOT_IN_SOURCE = frozenset(
    "note noteGrp figDesc corr reg expan ex supplied rdg rdgGrp witDetail interp interpGrp "
    "certainty precision respons fw desc".split()
)
# corr, reg and expan stand outside a choice too: then they hold the only words there are
ONLY_IN_CHOICE = frozenset({"corr", "reg", "expan"})
