"""What installs whole environments is left to ``make compat``."""

import os

collect_ignore = [] if os.environ.get("COURSEKIT_COMPAT") else ["test_compat.py"]
