"""The app's place in Django."""

from django.apps import AppConfig


class EthicsConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.ethics"
    label = "ethics"
