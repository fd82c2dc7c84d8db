"""HTML against the vocabulary and the plan. `engine` runs rules, `view` is what they see."""
