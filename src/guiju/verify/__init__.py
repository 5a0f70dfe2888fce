"""Are the rules what the texts say: coverage paragraph by paragraph, norms held against provisions, who has signed them off."""

from guiju.verify.as_json import coverage_json, places_json, queue_json, verification_json
from guiju.verify.check import TextCheck
from guiju.verify.coverage import COLUMNS, ENCODED, NOT_OPERATIVE, STATES, Covered, Unit, coverage, covered
from guiju.verify.figures import Figures, figures, share
from guiju.verify.findings import FINDINGS, Finding
from guiju.verify.queue import WAITING, Entry, Waiting, signoff_entry, signoff_queue
from guiju.verify.report import Verification, Verified, VerifyError, places_checked, texts_in, verification, verified

__all__ = [
    "COLUMNS",
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
    "share",
    "signoff_entry",
    "signoff_queue",
    "texts_in",
    "verification",
    "verification_json",
    "verified",
]
