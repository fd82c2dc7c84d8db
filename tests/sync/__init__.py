"""Tests of `sync` against the local API."""
