"""What every page stands on: layout, components, language in the address, errors, uploads, the outbox and tasks."""
