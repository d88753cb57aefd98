"""Entities as the scholar works on them: a sheet of the registers, and back."""
