"""Addresses in a language, and the same place in the other one."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.wording import LANGUAGES


class Language:
    """``zh`` or ``en`` at the front of an address."""

    regex = "zh|en"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


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


def other_language(request: HttpRequest) -> tuple[str, str]:
    """The other language, and the address of the same place in it, filters and all."""
    lang = language_of(request)
    other = "en" if lang == "zh" else "zh"
    whole = request.get_full_path()
    return other, f"/{other}{whole[3:]}" if whole.startswith(f"/{lang}/") else f"/{other}/"
