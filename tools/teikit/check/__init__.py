"""Checks that no schema makes: one file a subject, each a generator of findings."""
