"""Addresses of the result pages of a check."""

from django.urls import path

from guiju.institutions.portal.check import result, side_by_side

urlpatterns = [
    path("<str:key>/result", result.result, name="check-result"),
    path("<str:key>/result/duty", result.duty, name="check-duty"),
    path("<str:key>/result/side-by-side", side_by_side.side_by_side, name="check-sides"),
    path("<str:key>/result/share", result.give, name="check-share"),
    path("<str:key>/result.<slug:kind>", result.result_file, name="check-file"),
    path("result/<str:token>", result.shared, name="shared-result"),
    path("result/<str:token>/duty", result.shared_duty, name="shared-duty"),
    path("result/<str:token>/result.<slug:kind>", result.shared_file, name="shared-file"),
]
