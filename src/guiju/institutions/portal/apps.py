"""The app's place in Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.portal"
    label = "portal"
