"""What keeps a site from being served."""

from guiju.wording import GuijuError


class ServeError(GuijuError):
    """A site that cannot be served as asked."""
