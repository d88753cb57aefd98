"""Searching: the words of a text, folded and indexed; the index as files that a script can read."""
