"""The kinds of pages: one module each, with a function that takes its pages in."""
