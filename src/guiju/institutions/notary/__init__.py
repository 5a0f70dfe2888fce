"""The record on the site: its key and log, witnesses, the log for programs, and the pages on which anybody looks and verifies."""
