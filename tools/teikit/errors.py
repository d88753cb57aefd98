"""What stops teikit, as one line for the scholar."""


class TeikitError(Exception):
    """Something that keeps a command from going on; its text is one line, fit to be shown."""
