"""connectif-kit: build, inject, audit, preview and prove a hand-made Connectif integration."""

__version__ = "0.1.0"
