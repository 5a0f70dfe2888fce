"""Who may act in which seat: persons and their accounts, organisations, bodies and seats, and the one matrix of access."""
