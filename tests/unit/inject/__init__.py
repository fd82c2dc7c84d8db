"""Tests of `inject/`."""
