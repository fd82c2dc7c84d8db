"""A server on loopback that behaves as Connectif's HTTP API is documented to, its failures included."""
