"""Addresses below ``/<lang>/example/``."""

from django.urls import path

from guiju.institutions.demo import views

urlpatterns = [
    path("", views.example, name="example"),
    path("sign-in", views.sign_in, name="example-sign-in"),
    path("<str:system>/start", views.begin, name="example-start"),
]
