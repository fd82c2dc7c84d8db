"""Tests of the project itself: layout, documentation, what is shipped."""
