"""Many people at the same few checks, on a real database: run in a process of its own, where Django is set up for that one."""

import random
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import connection

from guiju.assess import assess
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Document, Share
from guiju.subjects import dossier_from
from guiju.wording import GuijuError

PEOPLE, EACH, CHECKS = 8, 30, 5
DAY = date(2026, 11, 22)


class Crowd:
    """People who do at random what a check allows; the few dossiers are said by many, so that documents are shared."""

    def __init__(self) -> None:
        vocabulary = site_corpus().vocabulary
        self.dossiers = [dossier_from(f"facts: {{markets: [{one}]}}\n", "one", vocabulary) for one in ("EU", "CN", "KR")]
        self.result = assess(self.dossiers[0], site_corpus(), DAY)
        self.keys = [checks.open_check(self.dossiers[number % 3])[1] for number in range(CHECKS)]
        self.errors: list[str] = []

    def acts(self, person: int) -> None:
        """What one of them does; a refusal in the house's words is no error."""
        chance = random.Random(person)
        for _ in range(EACH):
            act = chance.choice((self.save, self.save, self.share, self.colleague, self.keep, self.take_back, self.begin_anew))
            try:
                act(chance.randrange(CHECKS), chance)
            except GuijuError:
                pass
            except Exception as problem:  # noqa: BLE001  # whatever it is, it is to be told
                self.errors.append(f"{act.__name__}: {problem!r}")
        connection.close()

    def save(self, place: int, chance: random.Random) -> None:
        check = checks.check_by_key(self.keys[place])
        checks.save(check, chance.choice(self.dossiers), check.version)

    def share(self, place: int, _: random.Random) -> None:
        checks.share(checks.check_by_key(self.keys[place]), self.keys[place], DAY, DAY, result=self.result)

    def colleague(self, place: int, _: random.Random) -> None:
        checks.colleague(checks.check_by_key(self.keys[place]), self.keys[place], "Li")

    def keep(self, place: int, chance: random.Random) -> None:
        for one, _ in checks.shares_of(checks.check_by_key(self.keys[place]), self.keys[place]):
            checks.keep_share(one, chance.random() < 0.5)

    def take_back(self, place: int, _: random.Random) -> None:
        for one, _token in checks.shares_of(checks.check_by_key(self.keys[place]), self.keys[place])[:1]:
            checks.delete_share(one)

    def begin_anew(self, place: int, chance: random.Random) -> None:
        check = checks.check_by_key(self.keys[place])
        self.keys[place] = checks.open_check(chance.choice(self.dossiers))[1]
        checks.delete(check)


def together(act: Callable[[int], None]) -> None:
    people = [threading.Thread(target=act, args=(one,)) for one in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()


def main() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    crowd = Crowd()
    together(crowd.acts)
    twice = Colleague.objects.count() - Colleague.objects.values("check_of", "who").distinct().count()
    for check in Check.objects.all():
        checks.delete(check)
    left = {model.__name__: model.objects.count() for model in (Check, Share, Colleague, Document)}
    return {"vendor": connection.vendor, "errors": crowd.errors, "twice": twice, "left": left}
