"""What tests of the register share: an organisation with its people, a system with a dossier, a published entry."""

from dataclasses import dataclass
from datetime import date

from tests.institutions.people import organisation, person, with_role

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.register import entries, publishing, results, systems, versions
from guiju.institutions.register.models import Entry, System
from guiju.subjects import Dossier, dossier_from

DAY = date(2026, 11, 20)
SAYS = {
    "what": {"en": "It talks with lonely people.", "zh": "陪人聊天。"},
    "purpose": {"en": "Companionship; no decisions."},
    "people": {"en": "Adults in mainland China."},
    "answers": {"en": "The office for rules."},
    "complain": {"en": "Write to the office."},
    "contact": {"en": "rules@example.org"},
}


def dossier(text: str = "facts: {markets: [CN]}") -> Dossier:
    """A small dossier."""
    return dossier_from(f"system: {{id: chat, name: {{en: Chat, zh: 聊天}}}}\n{text}\n", "test", site_corpus().vocabulary)


@dataclass
class House:
    """An organisation with an administrator, two editors and two approvers."""

    organisation: Organisation
    admin: Person
    editor: Person
    second_editor: Person
    approver: Person
    second_approver: Person


def house(handle: str = "yanban", place: str = "shanghai") -> House:
    """One such."""
    admin = person(f"{handle}admin")
    org = organisation(handle, admin, place)
    roles = [("editor", "editor"), ("editor2", "editor"), ("approver", "approver"), ("approver2", "approver")]
    return House(org, admin, *(with_role(org, f"{handle}{name}", role) for name, role in roles))


def system(home: House, said: str = "facts: {markets: [CN]}") -> System:
    """A system with a first version."""
    made = systems.new_system(home.organisation, {"en": "Chat", "zh": "聊天"})
    versions.add_version(made, dossier(said), "upload", home.editor)
    return made


def drafted(home: House, made: System | None = None) -> System:
    """A system with a whole draft."""
    made = made or system(home)
    version = versions.latest(made)
    assert version is not None
    result = results.work_out(version, DAY, home.editor)
    draft = entries.draft_of(made)
    entries.save_draft(made, SAYS, home.editor, draft.revision if draft else 0, version, result)
    return made


def published(home: House, made: System | None = None) -> Entry:
    """An entry that was published."""
    made = drafted(home, made)
    draft = entries.draft_of(made)
    assert draft is not None
    publishing.publish(made, draft.revision, home.approver)
    found = entries.current(made)
    assert found is not None
    return found
