"""`python -m connectif_kit` is `connectif-kit`."""

from connectif_kit.cli import main

main()
