"""The app's place in Django."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.hall"
    label = "hall"
