"""Addresses below ``/<lang>/check/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
