"""The self-check: start, what was read, one question a page, the result, and the links to it."""
