"""Second opinions that are not ours."""
