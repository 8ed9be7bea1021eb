"""``mythmark`` whose server serves ``tests.load.bare_app``; nothing of it is loaded here, before gevent is ready."""

import sys

from app.cli import main, serve

if __name__ == "__main__":
    serve.FACTORY = "tests.load.bare_app:make_app()"
    sys.exit(main())
