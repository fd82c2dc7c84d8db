"""Properties that hold for any page."""
