"""What a password has to be: long, none of the common ones, not like the person's name or address (NIST SP 800-63B, 3.1.1).

There are no rules about kinds of signs, and no password expires.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError

from guiju.institutions.people.accounts.words import said

LEAST: Final = 10
"""Characters of the shortest password."""


class LongEnough:
    """Ten characters or more."""

    def validate(self, password: str, user: Any = None) -> None:
        """:raises ValidationError: where it is shorter."""
        del user
        if len(password) < LEAST:
            raise ValidationError(said("accounts.password-short", least=LEAST), code="password_too_short")

    def get_help_text(self) -> str:
        """What is asked."""
        return said("accounts.password-help", least=LEAST)


class NotCommon(django.CommonPasswordValidator):
    """None of the 20 000 most used ones."""

    def validate(self, password: str, user: Any = None) -> None:
        """:raises ValidationError: where it is one of them."""
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(said("accounts.password-common"), code="password_too_common") from None

    def get_help_text(self) -> str:
        """Said only where it is one."""
        return ""


class NotLikeThePerson(django.UserAttributeSimilarityValidator):
    """Not the person's name or address, nor nearly."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("email", "name"))

    def validate(self, password: str, user: Any = None) -> None:
        """:raises ValidationError: where it is."""
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(said("accounts.password-similar"), code="password_too_similar") from None

    def get_help_text(self) -> str:
        """Said only where it is."""
        return ""
