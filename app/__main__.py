"""``python -m app`` is ``mythmark``."""

import sys

from app.cli import main

sys.exit(main())
