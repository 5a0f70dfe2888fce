"""Addresses of the calendar of changes."""

from __future__ import annotations

from django.urls import path

from guiju.institutions.rules import changes

urlpatterns = [
    path("calendar", changes.calendar, name="rules-calendar"),
    path("calendar.atom", changes.feed, name="rules-feed"),
    path("calendar.ics", changes.coming_days, name="rules-ics"),
]
