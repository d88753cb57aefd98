"""What tests of the extras skip by where these are not installed."""

import importlib.util

import pytest

_REASON = "the extra xslt3 is not installed"
HAS_SAXON = importlib.util.find_spec("saxonche") is not None
SAXON = pytest.mark.skipif(not HAS_SAXON, reason=_REASON)


def require_saxon() -> None:
    """Skip the test where Saxon is not installed."""
    if not HAS_SAXON:
        pytest.skip(_REASON)
