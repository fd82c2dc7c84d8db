"""Where `connectif-kit` and `python -m connectif_kit` begin: interrupts first, then all that takes time."""

import gc
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(100_000, 50, 50)  # loading makes no rings; looking for them takes a tenth
    try:
        from connectif_kit.core import interrupts

        interrupts.arm()
    except KeyboardInterrupt:  # before the handler was there
        import os

        os.write(2, b"interrupted; every file is whole\n")
        os._exit(130)
    from connectif_kit.quick import answered

    if (status := answered(sys.argv[1:])) is not None:
        sys.exit(status)
    from connectif_kit.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
