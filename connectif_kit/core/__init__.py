"""What every part stands on: diagnostics, files, processes."""
