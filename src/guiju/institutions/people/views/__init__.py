"""Pages of the desk: organisations, bodies and seats, invitations, the keeping of the site."""
