"""The web system under test: its own folder, no cache of others, a fixed day where a test asks for one."""
