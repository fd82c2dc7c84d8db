"""A first plan for a site that is there already: evidence from its files, then a plan that fits it."""
