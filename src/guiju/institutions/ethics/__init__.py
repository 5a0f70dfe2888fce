"""Ethics review: committees with their charters, cases, meetings and decisions, as rules of procedure let them be."""
