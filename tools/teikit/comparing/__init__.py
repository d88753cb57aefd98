"""Two versions of a text: what changed in its words, and apart from that in its markup."""
