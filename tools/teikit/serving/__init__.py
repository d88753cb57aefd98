"""A preview of the site on this computer: the files of the site, kept in memory, over HTTP."""
