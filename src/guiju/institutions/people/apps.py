"""The app's place in Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named after its folder."""

    name = "guiju.institutions.people"
    label = "people"
