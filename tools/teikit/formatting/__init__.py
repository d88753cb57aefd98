"""The layout of a TEI file, changed only where white space is no text: `teikit format`.

    bytes -> Document -> what the white space in each element is (`spaces`)
    characters -> tokens -> layout -> characters, which `proof` holds against the first

Nothing is written by a serializer: what is no white space between two tags, or inside one, comes
out as it went in.
"""
