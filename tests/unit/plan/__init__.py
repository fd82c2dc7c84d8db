"""Tests of `plan/`."""
