"""The last step: a real browser goes through the finished site, and what leaves it is held against the plan."""
