"""Versions of a system's dossier at the desk: handed in, taken over from a check, edited as one, set side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.uploads import read_upload
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.models import Organisation
from guiju.institutions.register import checks
from guiju.institutions.register import kept as keeping
from guiju.institutions.register.arriving import arrived, pasted
from guiju.institutions.register.differences import differences
from guiju.institutions.register.errors import ChangedError, RegisterError
from guiju.institutions.register.models import DossierVersion, KeptCheck, System
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.versions import LONGEST_NOTE, add_version, between, dossier_of_version, latest, version_numbered
from guiju.institutions.register.views.forms import number_typed, onward, told, who
from guiju.institutions.register.views.systems import crumbs, desk_page, system_name
from guiju.subjects import Dossier, write_dossier
from guiju.wording import GuijuError


def version_of(system: str, number: int) -> DossierVersion:
    """The version of an address.

    :raises Http404: where there is none.
    """
    return opened(version_numbered(system_of(system), number))  # type: ignore[no-any-return]


def owner_of_version(version: DossierVersion) -> Organisation:
    """Whose system a version is of."""
    return version.system.organisation


@right(system_of, owner_of, GET="system.read", POST="system.edit")
def listed(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Every version; two of them side by side where the address names two; a new one handed in."""
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            found, way = _handed_in(request)
            made = add_version(system, found, way, who(request), request.POST.get("note", ""))
            return onward(reverse("system", args=(lang, system.public_id)) + f"?version={made.number}")
        except GuijuError as wrong:
            problem = wrong
    say = sayer(lang)
    sides = _sides(request, system)
    return desk_page(
        request,
        "versions",
        system,
        title=say("registry.versions-title", name=system_name(system, lang)),
        crumbs=crumbs(system, lang, (say("registry.versions"), "")),
        versions=system.versions.select_related("by").order_by("-number"),
        sides=sides,
        rows=between(*sides, lang) if sides else (),
        typed={"text": request.POST.get("text", ""), "note": request.POST.get("note", "")},
        longest_note=LONGEST_NOTE,
        **told(problem, lang, "file"),
    )


def _sides(request: HttpRequest, system: System) -> tuple[DossierVersion, DossierVersion] | None:
    """The two versions that the address names, the earlier first."""
    numbers = sorted({number_typed(request.GET.get(name, "")) for name in ("before", "after")})
    found = [one for one in (version_numbered(system, number) for number in numbers) if one is not None]
    return (found[0], found[1]) if len(found) == 2 else None


def _handed_in(request: HttpRequest) -> tuple[Dossier, str]:
    """A dossier, a model card or an earlier result, as a file or as text; or what a check holds, by its address. With the way."""
    text, address = request.POST.get("text", ""), request.POST.get("check", "").strip()
    given = [bool(request.FILES), bool(text.strip()), bool(address)]
    if sum(given) != 1:
        raise RegisterError("registry.version-nothing" if not any(given) else "registry.version-several", field="file")
    if address:
        return _of_check(address), "check"
    return arrived(read_upload(request, "file") if request.FILES else pasted(text)).dossier, "upload"


def _of_check(address: str) -> Dossier:
    """What a check holds, by the address that opens it: its key stands behind ``/check/``."""
    key = address.partition("/check/")[2].split("/")[0] or address
    return checks.dossier_of(checks.check_by_key(key.split("?")[0]))


@right(version_of, owner_of_version, GET="system.read")
def file(request: HttpRequest, lang: str, version: DossierVersion) -> HttpResponse:  # noqa: ARG001  # every view is given both
    """A version as a file."""
    response = HttpResponse(write_dossier(dossier_of_version(version)), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="dossier-{version.number}.yaml"'
    return response


@right(system_of, owner_of, POST="system.edit")
def edit(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Open the last version as a check, to answer and change it there."""
    version = latest(system)
    if version is None:
        raise RegisterError("registry.no-version", status_code=409)
    _, key = keeping.open_version(version, who(request))
    return onward(reverse("check-home", args=(lang, key)))


def edited_of(kept: str) -> KeptCheck:
    """The check in which a version is being edited.

    :raises Http404: where there is none.
    """
    found = keeping.kept_of(kept)
    if found.system is None:
        raise Http404
    return found


def owner_of_edited(found: KeptCheck) -> Organisation:
    """Whose system is being edited."""
    assert found.system is not None
    return found.system.organisation


@right(edited_of, owner_of_edited, GET="system.edit", POST="system.edit")
def back(request: HttpRequest, lang: str, found: KeptCheck) -> HttpResponse:
    """Bring back what was edited as the next version, with what it changes; or go on, or throw it away."""
    system, say = found.system, sayer(lang)
    assert system is not None
    here = reverse("system", args=(lang, system.public_id))
    do = request.POST.get("do", "")
    if do == "go-on":
        return onward(reverse("check-home", args=(lang, keeping.key_of(found))))
    if do == "drop":
        keeping.throw_away(found)
        return onward(here)
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            made = keeping.bring_back(
                found, who(request), request.POST.get("note", ""), number_typed(request.POST.get("base", ""))
            )
            return onward(here + f"?version={made.number}")
        except (ChangedError, RegisterError) as wrong:
            problem = wrong
    newest = latest(system)
    assert newest is not None
    return desk_page(
        request,
        "version_back",
        system,
        title=say("registry.back-title", number=newest.number + 1),
        crumbs=crumbs(system, lang, (say("registry.back-crumb"), "")),
        kept=found,
        newest=newest,
        moved=found.base is not None and found.base.pk != newest.pk,
        rows=differences(dossier_of_version(newest), keeping.edited(found), lang),
        note=request.POST.get("note", ""),
        **told(problem, lang),
    )
