"""Rules across pages; each lies in the file of its name."""
