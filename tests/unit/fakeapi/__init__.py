"""Tests of `fakeapi/`."""
