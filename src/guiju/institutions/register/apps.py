"""The app's place in Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.register"
    label = "register"
