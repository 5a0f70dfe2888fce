"""The app's place in Django."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.rules"
    label = "rules"
