"""The rules as pages: search, instruments, norms, definitions, the calendar of changes."""
