"""HTML against the vocabulary and the plan. `page_run` runs the rules, `context` is what they see."""
