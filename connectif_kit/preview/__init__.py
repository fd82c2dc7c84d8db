"""The preview: a built site with its integration, a stand-in for the vendor's client, and an inspector."""

BASE = "/__connectif"
"""Everything of ours lies below this path."""
