"""Are the rules what the texts say: coverage paragraph by paragraph, norms held against provisions, who has signed them off."""

from guiju.verify.as_json import coverage_json, places_json, queue_json, verification_json
from guiju.verify.check import FINDINGS, Finding, TextCheck
from guiju.verify.coverage import ENCODED, NOT_OPERATIVE, STATES, Covered, Unit, coverage, covered
from guiju.verify.figures import Figures, figures
from guiju.verify.queue import WAITING, Entry, Waiting, signoff_entry, signoff_queue
from guiju.verify.report import Verification, Verified, VerifyError, places_checked, texts_in, verification, verified

__all__ = [
    "ENCODED",
    "FINDINGS",
    "NOT_OPERATIVE",
    "STATES",
    "WAITING",
    "Covered",
    "Entry",
    "Figures",
    "Finding",
    "TextCheck",
    "Unit",
    "Verification",
    "Verified",
    "VerifyError",
    "Waiting",
    "coverage",
    "coverage_json",
    "covered",
    "figures",
    "places_checked",
    "places_json",
    "queue_json",
    "signoff_entry",
    "signoff_queue",
    "texts_in",
    "verification",
    "verification_json",
    "verified",
]
