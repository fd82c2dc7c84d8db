"""Tests of `preview/`."""
