"""From a text file to TEI: what the readers of the formats give, and how it is written."""
