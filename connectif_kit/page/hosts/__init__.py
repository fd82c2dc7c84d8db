"""The files in which hosts are told which headers to send: one module for each kind."""
