"""What all benches share: Odoo in this process, users, counting and timing.

`./dev bench` makes two fresh databases, with and without the addon, and names them and
Odoo's configuration file in the environment. A bench may fill and change them as it
likes: the next run gets new ones.
"""

import gc
import os
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

HOST = os.environ["EDU_BENCH_HOST_DB"]
ADDON = os.environ["EDU_BENCH_ADDON_DB"]
SALESPERSON = "bench-salesperson"
AGENT = "bench-agent"
HOST_GROUPS = (
    "base.group_user",
    "sales_team.group_sale_salesman",
    "account.group_account_invoice",
)
GROUP_AGENT = "edu_crm_addon.group_edu_agent"


def start_odoo():
    """Read the configuration; only errors are logged, a bench prints its own."""
    config.parse_config(
        ["-c", os.environ["EDU_BENCH_CONFIG"], "--log-level=error", "--no-http"],
        setup_logging=True,
    )


@dataclass(frozen=True)
class Sample:
    """What one run cost: queries, and milliseconds of CPU here and of waiting."""

    queries: int
    cpu: float
    wall: float


@contextmanager
def environment(database, login=None, *, keep=False):
    """A transaction as a request of this user would have; undone unless to be kept."""
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        if login:
            user = env["res.users"].search([("login", "=", login)])
            context = {
                "lang": "en_US",
                "tz": "UTC",
                "uid": user.id,
                "allowed_company_ids": user.company_ids.ids,
            }
            cr.clear()
            env = api.Environment(cr, user.id, context)
            env.user.has_group("base.group_user")
        try:
            yield env
            if keep:
                cr.flush()
                cr.commit()
        finally:
            cr.clear()
            cr.rollback()


def measure(env, action):
    """Run the action with the garbage collector held, and count what it cost."""
    cr = env.cr
    gc.collect()
    gc.disable()
    try:
        queries, cpu, wall = cr.sql_log_count, time.process_time(), time.perf_counter()
        action(env)
        cr.flush()
        return Sample(
            queries=cr.sql_log_count - queries,
            cpu=1000 * (time.process_time() - cpu),
            wall=1000 * (time.perf_counter() - wall),
        )
    finally:
        gc.enable()


def end_request(env):
    """Write everything and forget the cache: the next call starts as a new request."""
    env.cr.flush()
    env.cr.clear()


def median(samples, name):
    return statistics.median(getattr(sample, name) for sample in samples)


def make_user(env, login, *groups):
    """Create a user with these groups in the main company."""
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "email": f"{login}@example.com",
            "company_id": env.company.id,
            "company_ids": [Command.set(env.company.ids)],
            "group_ids": [Command.set([env.ref(group).id for group in groups])],
        }
    )


def copies(env, record, count, **columns):
    """Insert `count` rows like the record's by SQL; return nothing.

    `columns` maps a column to the SQL expression of its value; `n` is the row's number,
    from 1. This is how a hundred thousand rows come to be in seconds.
    """
    record.flush_recordset()
    table = record._table
    rows = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND table_schema = current_schema"
            " AND column_name <> 'id'",
            table,
        )
    )
    names = [name for (name,) in rows]
    values = [
        columns[name] if name in columns else SQL.identifier("t", name)
        for name in names
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s t, generate_series(1, %s) n"
            " WHERE t.id = %s",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(name) for name in names),
            SQL(", ").join(values),
            SQL.identifier(table),
            count,
            record.id,
        )
    )


def print_table(head, rows):
    """Print rows of text in columns; the first is left-aligned, others to the right."""
    widths = [max(len(str(row[i])) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, ["─" * width for width in widths], *rows):
        first, *rest = (str(cell) for cell in row)
        cells = [
            cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)
        ]
        print("  ".join([first.ljust(widths[0]), *cells]).rstrip())
