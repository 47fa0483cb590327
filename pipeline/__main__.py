"""`python -m pipeline` is `hyoka`, without installing it."""

import sys

from pipeline.cli import main

sys.exit(main())
