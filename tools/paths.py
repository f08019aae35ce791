"""Where things are: the checkout, and the state folder that every checkout shares."""

import os
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
MODULE = "edu_crm_addon"
ADDON = REPO / MODULE
TOOLS = REPO / "tools"


def _default_home() -> Path:
    """Root's home is closed to the postgres user, who has to reach the cluster."""
    if os.geteuid() == 0:
        return Path("/var/cache/edu-crm-addon")
    return Path.home() / ".cache" / "edu-crm-addon"


HOME = Path(os.environ.get("EDU_DEV_HOME") or _default_home()).absolute()
LOCKS = HOME / "locks"
LOGS = HOME / "logs"
DATA = HOME / "data"
FILESTORE = DATA / "filestore"


def prepare() -> None:
    """Make the folders everything else takes for granted."""
    for folder in (HOME, LOCKS, LOGS, DATA, FILESTORE):
        folder.mkdir(parents=True, exist_ok=True)
