"""Addresses of Home."""

from django.urls import path

from guiju.institutions.portal import home

urlpatterns = [path("", home.home, name="home")]
