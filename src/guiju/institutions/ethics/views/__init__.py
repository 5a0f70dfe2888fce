"""Pages of ethics review."""
