"""Addresses below ``/<lang>/invitation/``."""

from django.urls import path

from guiju.institutions.people.views import invitation_pages

urlpatterns = [path("<str:token>", invitation_pages.invitation, name="invitation")]
