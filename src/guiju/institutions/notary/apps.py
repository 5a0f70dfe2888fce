"""The app's place in Django."""

from django.apps import AppConfig


class NotaryConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.notary"
    label = "notary"
