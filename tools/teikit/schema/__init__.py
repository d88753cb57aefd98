"""Schemas: RELAX NG, Schematron and the ODD that both are compiled from."""
