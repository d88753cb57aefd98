"""Entities and their mentions: the table of both, names that are not marked yet, and sheets."""
