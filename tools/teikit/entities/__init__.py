"""Entities and their mentions: the table of both, and names that are not marked yet."""
