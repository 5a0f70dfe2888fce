"""Addresses in a language, and the same place in the other one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from guiju.wording import LANGUAGES

DJANGO_NAMES: Final[Mapping[str, str]] = {"zh": "zh-hans", "en": "en"}
"""What Django calls the languages of addresses."""


class Language:
    """``zh`` or ``en`` at the front of an address."""

    regex = "zh|en"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


def current_language() -> str:
    """The language of the request that is being answered; outside of one, English."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


class LanguagePrefix:
    """The language in front of addresses whose views take none: ``path`` patterns below it are reversed without an argument.

    As ``django.urls.LocalePrefixPattern``, but either language is understood, whichever is spoken meanwhile.
    """

    converters: Mapping[str, Any] = MappingProxyType({})
    name = None

    @property
    def language_prefix(self) -> str:
        """The language that is spoken meanwhile, as an address begins with it."""
        return f"{current_language()}/"

    @property
    def regex(self) -> re.Pattern[str]:
        """What addresses that are made begin with."""
        return re.compile(re.escape(self.language_prefix))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        """The rest of an address that begins with a language."""
        first, slash, rest = path.partition("/")
        return (rest, (), {}) if slash and first in LANGUAGES else None

    def check(self) -> list[Any]:
        """Nothing can be wrong."""
        return []

    def describe(self) -> str:
        """For messages about patterns."""
        return f"'{self}'"

    def __str__(self) -> str:
        return self.language_prefix


def language_of(request: HttpRequest) -> str:
    """The language of the address; where it has none, the one the reader's browser asks for."""
    first = request.path_info.split("/", 2)[1] if request.path_info.count("/") else ""
    return first if first in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))


def preferred(accepted: str) -> str:
    """Chinese or English, whichever comes first in an Accept-Language header; English where neither does."""
    for one in accepted.lower().split(","):
        tag = one.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return "en"


def desk_address(lang: str) -> str:
    """Where a person who is signed in goes: their desk; where a site has none, their account."""
    try:
        return reverse("desk", args=(lang,))
    except NoReverseMatch:
        return reverse("account")


def sign_in_address(request: HttpRequest) -> str:
    """Where a reader signs in, to come back to what is read now."""
    where = reverse("account_login")
    about_accounts = request.path_info.startswith(where.removesuffix("sign-in"))
    if request.method not in ("GET", "HEAD") or about_accounts:
        return where
    return f"{where}?{urlencode({'next': request.get_full_path()})}"


def other_language(request: HttpRequest) -> tuple[str, str]:
    """The other language, and the address of the same place in it, filters and all."""
    lang = language_of(request)
    other = "en" if lang == "zh" else "zh"
    whole = request.get_full_path()
    return other, f"/{other}{whole[3:]}" if whole.startswith(f"/{lang}/") else f"/{other}/"
