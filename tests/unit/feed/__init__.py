"""Tests of `feed/`."""
