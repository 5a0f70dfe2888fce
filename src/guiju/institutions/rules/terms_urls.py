"""Addresses of the definitions."""

from __future__ import annotations

from django.urls import path

from guiju.institutions.rules import terms

urlpatterns = [
    path("terms/", terms.definitions, name="terms"),
    path("terms/<str:name>", terms.one_name, name="term"),
]
