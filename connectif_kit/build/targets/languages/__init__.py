"""Template languages, one file each."""
