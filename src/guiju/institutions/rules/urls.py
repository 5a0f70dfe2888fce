"""Addresses below ``/<lang>/rules/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
