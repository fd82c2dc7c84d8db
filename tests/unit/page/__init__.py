"""Tests of `page/`."""
