"""Deliberate faults: small changes of the kit's own sources, each of which some test must notice."""
