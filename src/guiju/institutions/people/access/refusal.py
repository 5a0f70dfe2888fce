"""A refusal: what may not be done, which right is missing, and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.wording import LANGUAGES, GuijuError, fill, join_words


class AccessError(GuijuError):
    """Somebody may not do an action. ``action`` and ``roles`` are words of the matrix; ``names`` are people who may."""

    status = 403

    def __init__(self, code: str, action: str, names: Sequence[str] = (), roles: Iterable[str] = ()) -> None:
        self.action = action
        self.names = tuple(names)
        given = tuple(roles)
        self.roles = () if "person" in given else given  # what is a person's own is nobody else's, whatever their role
        super().__init__(
            code,
            None,
            action={lang: fill(f"access.do-{action.replace('.', '-')}", lang, "message", {}) for lang in LANGUAGES},
            who={lang: self._who(lang) for lang in LANGUAGES},
        )

    def _who(self, lang: str) -> str:
        """Who has the right: the roles, and the people by name where they may be told."""
        if not self.roles:
            return fill("access.nobody-else", lang, "message", {})
        roles = join_words([fill(f"access.role-{one}", lang, "message", {}) for one in self.roles], lang)
        if not self.names:
            return fill("access.have-it", lang, "message", {"roles": roles})
        return fill("access.have-it-named", lang, "message", {"roles": roles, "names": join_words(list(self.names), lang)})
