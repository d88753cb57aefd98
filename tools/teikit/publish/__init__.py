"""From an Edition and its texts to the files of a site."""
