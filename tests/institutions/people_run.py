"""Two people at once at one thing, on a real database: run in a process of its own, where Django is set up for that one."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from tests.institutions.people import body_of, invited, link, organisation, person, with_role

from guiju.institutions.people import invitations, members, organisations
from guiju.institutions.people.bodies import Offered
from guiju.institutions.people.models import Membership
from guiju.institutions.people.places import day_in
from guiju.wording import GuijuError

ROUNDS = 4


def together(*acts: Callable[[], object]) -> list[str]:
    """Do these at once, each in a connection of its own; what each ended with."""
    told = [""] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(number: int) -> None:
        ready.wait()
        try:
            acts[number]()
            told[number] = "done"
        except GuijuError as problem:
            told[number] = problem.code
        except Exception as problem:  # noqa: BLE001  # whatever it is, it is to be told
            told[number] = repr(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(told)


def accepting(number: int) -> list[str]:
    lu, a, b = person("lu"), person("a"), person("b")
    made, _ = invited(organisation(f"accepting-{number}", lu), lu, "han@example.org")
    return together(lambda: invitations.accept(made, a), lambda: invitations.accept(made, b))


def ending(number: int) -> list[str]:
    lu = person("lu")
    org = organisation(f"ending-{number}", lu)
    han = with_role(org, "han", "administrator")
    told = together(lambda: members.end(org, lu, han, "administrator"), lambda: members.end(org, han, lu, "administrator"))
    left = Membership.objects.filter(organisation=org, role="administrator", ends=None).count()
    return [*told, str(left)]


def leaving(number: int) -> list[str]:
    lu = person("lu")
    org = organisation(f"leaving-{number}", lu)
    han = with_role(org, "han", "administrator")
    return together(lambda: members.leave(org, lu), lambda: members.leave(org, han))


def founding(number: int) -> list[str]:
    a, b = person("a"), person("b")
    return together(*(lambda by=by: organisations.found(by, f"one-{number}", {"en": "One"}, "utc") for by in (a, b)))


def chairing(number: int) -> list[str]:
    lu = person("lu")
    body = body_of(organisation(f"chairing-{number}", lu), lu)
    day = day_in(body.organisation.place)
    seat = Offered("chair", False, day, day)
    offer = lambda: invitations.offer_seat(body, lu, "han@example.org", seat, "en", link)  # noqa: E731
    return together(offer, offer)


def editing(number: int) -> list[str]:
    lu = person("lu")
    org = organisation(f"editing-{number}", lu)
    return together(*(lambda to=to: organisations.edit(org, lu, 1, {"en": to}, "utc") for to in ("First", "Second")))


def main() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    found = {
        act.__name__: sorted({" ".join(act(number)) for number in range(ROUNDS)})
        for act in (accepting, ending, leaving, founding, chairing, editing)
    }
    return {"vendor": connection.vendor, **found}
