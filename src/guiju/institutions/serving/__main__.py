"""One process of the group: ``python -m guiju.institutions.serving web|worker|sequencer``."""

import sys

from guiju.institutions.serving.roles import ROLES, end_with_parent

if __name__ == "__main__":
    end_with_parent()
    ROLES[sys.argv[1]]()
