"""Addresses below ``/log/``, which belong to no language."""

from django.urls import path

from guiju.institutions.notary import log_views

urlpatterns = [
    path("checkpoint", log_views.checkpoint, name="log-checkpoint"),
    path("key", log_views.key, name="log-key"),
    path("tile/<path:path>", log_views.tile, name="log-tile"),
]
