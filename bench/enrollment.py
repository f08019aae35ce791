"""What enrolling and its nightly jobs cost: `./dev bench enrollment`.

Orders of courses in the addon's database are compared with the same orders of plain
services in a database without it. The jobs and the list run over many enrollments that
SQL has copied from one; a second run of a job must find nothing to do.
"""

import argparse
import time

from _client import view_specification
from _measure import (
    ADDON,
    AGENT,
    GROUP_AGENT,
    HOST,
    HOST_GROUPS,
    SALESPERSON,
    copies,
    end_request,
    environment,
    make_user,
    measure,
    median,
    print_table,
    start_odoo,
)

from odoo import Command
from odoo.tools import SQL

ORDERS = 20
IDS = {}


# ---------------------------------------------------------------------- preparation
def prepare(database):
    with environment(database, keep=True) as env:
        if not env.company.chart_template:
            env["account.chart.template"].try_loading(
                "generic_coa", env.company, install_demo=False
            )
        make_user(env, SALESPERSON, *HOST_GROUPS)
        values = {"type": "service", "list_price": 100}
        if database == ADDON:
            make_user(env, AGENT, *HOST_GROUPS, GROUP_AGENT)
            values.update(service_tracking="edu_course", edu_term=3, edu_lessons=24)
        products = env["product.product"].create(
            [{"name": f"Course {number}", **values} for number in range(10)]
        )
        contacts = env["res.partner"].create(
            [{"name": f"Learner {number}"} for number in range(ORDERS)]
        )
        IDS[database] = {"products": products.ids, "contacts": contacts.ids}


def fill(env, count):
    """Copy one enrollment `count` times: half of them should begin, half be over."""
    ids = IDS[ADDON]
    known = env["edu.enrollment"].search_count([])
    order = env["sale.order"].create(
        {
            "partner_id": ids["contacts"][0],
            "order_line": [
                Command.create(
                    {
                        "product_id": ids["products"][0],
                        "edu_date_start": f"{2030 + known % 50}-01-01",
                    }
                )
            ],
        }
    )
    order.action_confirm()
    copies(
        env,
        order.edu_enrollment_ids,
        count,
        name=SQL("'BENCH' || n + %s", known),
        sale_line_id=SQL("NULL"),
        order_id=SQL("NULL"),
        access_token=SQL("NULL"),
        user_id=SQL("NULL"),
        state=SQL("CASE WHEN n %% 2 = 0 THEN 'onboarding' ELSE 'active' END"),
        is_ready=SQL("true"),
        date_start=SQL("current_date - n - %s", known),
        date_end=SQL("current_date + CASE WHEN n %% 2 = 0 THEN 60 ELSE -1 END"),
    )
    env.cr.execute("ANALYZE edu_enrollment")


# ---------------------------------------------------------------------- measured
def confirm(lines):
    def run(env):
        ids = IDS[env.cr.dbname]
        for contact in ids["contacts"]:
            order = env["sale.order"].create(
                {
                    "partner_id": contact,
                    "order_line": [
                        Command.create({"product_id": product})
                        for product in ids["products"][:lines]
                    ],
                }
            )
            env.cr.flush()
            order.action_confirm()
            end_request(env)

    return run


def compare_orders(rounds):
    rows = []
    for lines, limit in ((1, 15), (10, 20)):
        found = {}
        for database in (HOST, ADDON):
            samples = []
            for _round in range(rounds + 1):
                with environment(database, SALESPERSON) as env:
                    samples.append(measure(env, confirm(lines)))
            found[database] = samples[1:]
        host, addon = (
            median(found[name], "queries") / ORDERS for name in (HOST, ADDON)
        )
        more = addon - host
        rows.append(
            [
                f"order create + confirm, {lines} course line(s)",
                f"{host:.1f}",
                f"{addon:.1f}",
                f"{more:+.1f}",
                f"≤ +{limit}",
                "ok" if more <= limit else "MISSED",
            ]
        )
    print_table(["", "host", "addon", "more", "goal", ""], rows)


def run_job(env, name, method, model, count):
    """Print what one run of a job costs, and that the next one finds nothing."""
    rows = []
    for turn in ("first run", "second run"):
        before = env.cr.sql_log_count
        clock = time.perf_counter()
        getattr(env[model], method)()
        env.cr.flush()
        queries = env.cr.sql_log_count - before
        rows.append(
            [
                f"{name}, {turn}",
                queries,
                f"{queries / count:.3f}",
                f"{time.perf_counter() - clock:.1f}",
            ]
        )
        env.cr.commit()
        env.cr.clear()
    return rows


def measure_jobs(count):
    with environment(ADDON, keep=True) as env:
        fill(env, count)
    with environment(ADDON) as env:
        rows = run_job(
            env, "state of enrollments", "_cron_roll", "edu.enrollment", count
        )
    print()
    print_table([f"over {count} enrollments", "queries", "each", "seconds"], rows)


def measure_list(count):
    """Read pages of the list; the first and the hundredth cost the same."""
    with environment(ADDON, keep=True) as env:
        more = count - env["edu.enrollment"].search_count([])
        if more > 0:
            fill(env, more)
    with environment(ADDON, AGENT) as env:
        spec = view_specification(env, "edu.enrollment", "list")
    rows = []
    for limit, offset in ((8, 0), (80, 0), (80, 8000)):
        with environment(ADDON, AGENT) as env:

            def read(env, limit=limit, offset=offset):
                env["edu.enrollment"].web_search_read(
                    [], spec, limit=limit, offset=offset, count_limit=10001
                )

            measure(env, read)
            env.cr.clear()
            sample = measure(env, read)
            rows.append(
                [f"{limit} rows from {offset}", sample.queries, f"{sample.wall:.0f}"]
            )
    with environment(ADDON) as env:
        env.cr.execute(
            "EXPLAIN SELECT id FROM edu_enrollment"
            " ORDER BY date_start DESC, id DESC LIMIT 80"
        )
        plan = " ".join(line for (line,) in env.cr.fetchall())
    print()
    print_table([f"list of {count} enrollments", "queries", "ms"], rows)
    print(f"index order: {'yes' if 'Index' in plan and 'Sort' not in plan else 'NO'}")


def main():
    parser = argparse.ArgumentParser(prog="./dev bench enrollment", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--enrollments", type=int, default=50_000)
    parser.add_argument("--rows", type=int, default=200_000)
    options = parser.parse_args()
    start_odoo()
    for database in (HOST, ADDON):
        print(f"preparing {database}", flush=True)
        prepare(database)
    compare_orders(options.rounds)
    measure_jobs(options.enrollments)
    measure_list(options.rows)


if __name__ == "__main__":
    main()
