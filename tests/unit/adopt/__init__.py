"""Tests of `adopt/`."""
