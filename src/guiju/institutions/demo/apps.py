"""The app's place in Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.demo"
    label = "demo"
