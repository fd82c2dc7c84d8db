"""Tests of `audit/`."""
