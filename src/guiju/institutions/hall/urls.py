"""Addresses below ``/<lang>/about/``."""

from django.urls import path

from guiju.institutions.hall import views

urlpatterns = [
    path("text-size", views.text_size, name="text-size"),
    path("components", views.components, name="components"),
]
