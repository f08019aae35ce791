"""What most verbs start with: Odoo, Python, PostgreSQL and a template database."""

from contextlib import contextmanager

from . import cluster, database, logcheck, odoo_run, odoo_source, paths, venv
from .locks import lock
from .odoo_run import Runner
from .ui import DevError, Steps, say

STEPS = 4  # that `environment` announces
RECIPE = 3  # raise it when a template is built in another way
KEEP_TEMPLATES = 2
MARK_DEMO = "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
UNMARK_DEMO = f"UPDATE ir_module_module SET demo = false WHERE name <> '{paths.MODULE}'"
# The order of the addons is in a bundle's version, so this comes after the install.
BUNDLES = """
qweb = env["ir.qweb"]
for name in ("web.assets_web", "web.assets_frontend", "web.assets_frontend_lazy"):
    qweb._get_asset_bundle(name, css=False, js=True).js()
for name in ("web.assets_web", "web.assets_web_print", "web.assets_frontend"):
    qweb._get_asset_bundle(name, css=True, js=False).css()
env.cr.commit()
"""


@contextmanager
def environment(steps: Steps):
    """Odoo, Python and the cluster, and with them the template's name."""
    steps("Odoo 19 and the Debian packages it uses")
    odoo_source.ensure()
    steps("Python packages")
    venv.ensure(venv.RUNTIME)
    steps("PostgreSQL")
    with cluster.running():
        runner = odoo_run.ensure()
        steps("Template database: the host modules, without the addon")
        yield runner, template(runner)


def template(runner: Runner) -> str:
    """A database with the modules the addon depends on, made once for each set.

    It is named after everything that went into it. Chinese is active in it, so that a
    copy loads the addon's translations as it installs; English, named first, is the
    default of new partners.
    """
    depends = sorted(odoo_run.manifest()["depends"])
    key = database.digest(RECIPE, runner.odoo.version, depends, venv.key(venv.RUNTIME))
    name = f"edu_template_{key}"
    with lock("template"):
        if database.stamp(name) != key:
            _build_template(runner, name, depends)
            database.set_stamp(name, key)
            _drop_old_templates(name)
    return name


def _build_template(runner: Runner, name: str, depends: list[str]) -> None:
    say(f"    installing {', '.join(depends)} (some minutes, once)")
    database.drop(name)
    log = odoo_run.batch(
        runner, name, "-i", ",".join(depends),
        "--load-language", f"en_US,{odoo_run.LANGUAGE}", log="template",
    )  # fmt: skip
    logcheck.check(log)


def _drop_old_templates(current: str) -> None:
    """Templates of earlier dependency lists, but for the newest."""
    others = [name for name in database.names("edu_template_") if name != current]
    for name in others[: -(KEEP_TEMPLATES - 1)]:
        database.drop(name)


def addon_stamp(template_name: str) -> str:
    """Changes with the template and with any file of the addon."""
    return database.digest(template_name, database.tree_digest(paths.ADDON))


def install(runner: Runner, template_name: str, target: str, *, demo: bool) -> None:
    """A fresh copy of the template with the addon in it; its log must be clean."""
    say(f"    copying {template_name} to {target}")
    database.copy(template_name, target)
    arguments = ["-i", paths.MODULE]
    if demo:
        # Odoo loads a module's demo data only where all its dependencies have theirs.
        # Marking the host's modules gives a clean school without Odoo's own sample
        # companies; the marks go again, since nothing else may act upon them.
        database.psql(target, MARK_DEMO)
        arguments.append("--with-demo")
    log = odoo_run.batch(runner, target, *arguments, log=f"install-{target}")
    if demo:
        database.psql(target, UNMARK_DEMO)
    logcheck.check(log)
    if demo:
        check_demo(target)


def ensure_bundles(runner: Runner, name: str) -> None:
    """Make the web client's files now; every tour, rolled back, would make its own."""
    sql = "SELECT count(*) FROM ir_attachment WHERE url LIKE '/web/assets/%'"
    if int(database.psql(name, sql)):
        return
    say("    bundling the web client's files")
    odoo_run.script(runner, name, BUNDLES, log=f"bundle-{name}")


def check_demo(name: str) -> None:
    """Odoo survives broken demo data with a log line; we do not."""
    loaded = database.psql(
        name, f"SELECT demo FROM ir_module_module WHERE name = '{paths.MODULE}'"
    )
    failures = database.psql(name, "SELECT count(*) FROM ir_demo_failure")
    if (loaded.strip(), failures.strip()) != ("t", "0"):
        raise DevError(f"The demo data was not loaded into {name}.")
