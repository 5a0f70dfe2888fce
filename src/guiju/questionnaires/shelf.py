"""The questionnaires of an edition of the rules, found by id and version, each read when it is first asked for."""

from __future__ import annotations

import re
from functools import cached_property

from guiju.norms import Corpus
from guiju.questionnaires.answers import Answers
from guiju.questionnaires.errors import QuestionnaireError
from guiju.questionnaires.model import Questionnaire, Titles
from guiju.questionnaires.reading import first_keys, read_questionnaire, read_titles
from guiju.wording import Where, nearest


def plain_version(version: str) -> str:
    """A version as files of several tools spell it: ``v0.9.1``, ``V.0.9.1``, ``Version 0.9.1`` and ``0.9.1`` are one."""
    return re.sub(r"^(version)?\s*v?\.?\s*", "", version.strip().lower())


class Shelf:
    """The questionnaires that a corpus holds."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts = dict(corpus.questionnaires)
        self._read: dict[tuple[str, str], Questionnaire] = {}
        self._words: dict[str, Titles | None] = {}

    @cached_property
    def _files(self) -> dict[str, dict[str, str]]:
        """Questionnaire, plain version and file; the file of words has the version of nothing."""
        found: dict[str, dict[str, str]] = {}
        for name, text in self._texts.items():
            keys = first_keys(text)
            versions = found.setdefault(keys.get("questionnaire", ""), {})
            version = plain_version(keys.get("version", ""))
            if version in versions:
                raise QuestionnaireError(
                    "questionnaire.version-twice", Where(name), got=keys.get("version", ""), first=versions[version]
                )
            versions[version] = name
        return found

    @property
    def ids(self) -> list[str]:
        """The questionnaires there are."""
        return sorted(self._files)

    @property
    def first(self) -> str:
        """The questionnaire meant where none is named.

        :raises QuestionnaireError: where the rules hold none.
        """
        if not self.ids:
            raise QuestionnaireError("questionnaire.none-here")
        return self.ids[0]

    def versions(self, identifier: str) -> list[str]:
        """The versions of one questionnaire as it spells them, the oldest first."""
        named = [first_keys(self._texts[name]) for version, name in self._versions(identifier).items() if version]
        return [one["version"] for one in sorted(named, key=lambda keys: (keys.get("published", ""), keys["version"]))]

    def newest(self, identifier: str) -> Questionnaire:
        """The version published last."""
        return self.get(identifier, self.versions(identifier)[-1])

    def get(self, identifier: str, version: str, where: Where | None = None) -> Questionnaire:
        """One version of a questionnaire.

        :raises QuestionnaireError: for a questionnaire or a version that the rules do not hold; ``where`` is where it was named.
        """
        files = self._versions(identifier, where)
        plain = plain_version(version)
        if not plain or plain not in files:
            known = self.versions(identifier)
            raise QuestionnaireError(
                "questionnaire.no-such-version", where, got=version, known=known, near=nearest(version, known), of=identifier
            )
        key = (identifier, plain)
        if key not in self._read:
            name = files[plain]
            self._read[key] = read_questionnaire(self._texts[name], name, self.words(identifier))
        return self._read[key]

    def edition_of(self, answers: Answers, version: str | None = None) -> Questionnaire:
        """The edition that answers were given for; ``version`` says it where they do not.

        :raises QuestionnaireError: for answers without a version, or given for another one than asked for.
        """
        identifier = answers.questionnaire or self.first
        if answers.version is None and version is None:
            raise QuestionnaireError("answers.no-version", answers.where, known=self.versions(identifier))
        named = None if answers.version is None else self.get(identifier, answers.version, answers.version_at)
        wanted = named if version is None else self.get(identifier, version)
        if wanted is None or (named is not None and named is not wanted):
            raise QuestionnaireError("answers.other-version", answers.version_at, got=answers.version, expected=version)
        return wanted

    def words(self, identifier: str) -> Titles | None:
        """The words for all versions of a questionnaire."""
        if identifier not in self._words:
            name = self._versions(identifier).get("")
            self._words[identifier] = None if name is None else read_titles(self._texts[name], name)
        return self._words[identifier]

    def _versions(self, identifier: str, where: Where | None = None) -> dict[str, str]:
        if identifier not in self._files:
            near = nearest(identifier, self.ids)
            raise QuestionnaireError("questionnaire.no-such", where, got=identifier, known=self.ids, near=near)
        return self._files[identifier]


def shelf_of(corpus: Corpus) -> Shelf:
    """The questionnaires of a corpus."""
    return Shelf(corpus)
