"""What refers to something, found from the models themselves, so that an app added later is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Manager, Model
from django.db.models.options import Options


def options_of(model: type[Model]) -> Options[Any]:
    """What a model says of itself."""
    return model._meta  # noqa: SLF001  # Django's documented way to it


def rows_of(model: type[Model]) -> Manager[Any]:
    """All rows of a model."""
    return model._default_manager  # noqa: SLF001  # the same


def references(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """The models that refer to a model, each with the name of the field."""
    for one in options_of(model).get_fields(include_hidden=True):
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one):
            yield one.related_model, one.field.name  # type: ignore[misc, union-attr]  # a relation from elsewhere
