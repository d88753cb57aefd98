"""What breaks the rules of XML at the place where the parser stopped, and how to mend it.

expat says where and of what kind the fault is; for most it says only that a character cannot
stand there. Which construct it stands in is read from the characters before it. What expat does
not look at (prefixes, entities of a DTD) libxml2 says: `names`.
"""
