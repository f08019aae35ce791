"""Workers of one run share no files.

pytest-odoo gives each worker a database of its own but one folder of files. Files are
named after their content: tests that make the same document would alter it for others.
"""

import os
import shutil
from unittest.mock import patch

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_files(request, tmp_path_factory):
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    request.getfixturevalue("load_registry")
    from odoo.tools import config

    files = tmp_path_factory.mktemp("worker") / "files"
    shutil.copytree(config.filestore(config["db_name"]), files)
    with patch.object(config, "filestore", return_value=str(files)):
        yield
