"""Rules on one page; each lies in the file of its name."""
