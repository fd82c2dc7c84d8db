"""The rules, one file each, named for the fault that they find."""
