"""Addresses below ``/<lang>/about/``."""

from django.urls import path

from guiju.institutions.hall import views

urlpatterns = [
    path("text-size", views.text_size, name="text-size"),
    path("this-house", views.about, {"which": "house"}, name="about-house"),
    path("stored", views.about, {"which": "stored"}, name="about-stored"),
    path("accessibility", views.about, {"which": "accessibility"}, name="about-accessibility"),
    path("components", views.components, name="components"),
]
