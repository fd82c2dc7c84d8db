"""The last step: a real browser goes through the site, and what leaves it is held against the plan."""
