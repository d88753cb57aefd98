"""What keeps strangers' files from doing harm: workers with limits, whole or no output."""
