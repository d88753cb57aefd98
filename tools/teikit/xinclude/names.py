"""The names of XInclude, and ours for what it leaves."""

XI = "http://www.w3.org/2001/XInclude"
INCLUDE, FALLBACK = f"{{{XI}}}include", f"{{{XI}}}fallback"
MISSING = "teikit-missing"  # the processing instruction that stands where a part is missing
