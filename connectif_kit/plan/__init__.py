"""The plan: `connectif.yaml` read, validated and asked; `load` is where it begins."""
