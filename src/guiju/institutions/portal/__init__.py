"""The front of the site: Home, the check of a system from the first question to the result, and the public API."""
