"""Tests, as a package: files of one name may stand in several folders."""
