"""Leads, their lists and reports, and the nightly jobs: `./dev bench pipeline`.

First what a lead costs a salesperson without education role, with the addon and
without: made one by one, and by each lead more in a batch. Then an education team with
a tenth of the leads and with all of them: a screen asks no more queries for all. Last
the nightly jobs over all leads: what they cost, and that a second run writes nothing.
"""

import argparse

from _client import view_specification
from _measure import (
    ADDON,
    AGENT,
    GROUP_AGENT,
    HOST,
    HOST_GROUPS,
    SALESPERSON,
    end_request,
    environment,
    make_user,
    measure,
    median,
    print_table,
    start_odoo,
)
from _pipeline import fill

from odoo.tools import SQL

MANAGER = "bench-manager"
GROUP_MANAGER = "edu_crm_addon.group_edu_manager"
SINGLE_LEADS = 20
FEW, MANY = 10, 100
MORE_QUERIES = 2  # a single lead may cost
SLOPE = 0.1  # more queries each lead of a batch may cost
LEADS_PER_OWNER = 2500
PER_RECORD = 0.1  # queries a nightly job may ask for each lead it goes through
TIMES = 3
CONTEXT = {"edu_pipeline": True, "read_group_expand": True}
DOMAIN = [("type", "=", "opportunity"), ("team_id.edu_is_education", "=", True)]
# The method, and how often it goes through the leads.
JOBS = {
    "screening of all leads again": ("_cron_edu_screening", 1),
    "reminders: late, beyond limit": ("_cron_edu_follow_up", 2),
}


# ---------------------------------------------------------------------- creating leads
def create_single(env, contacts):
    for contact in contacts[:SINGLE_LEADS]:
        env["crm.lead"].create(lead_vals(contact))
        end_request(env)


def create_batch(size):
    def run(env, contacts):
        env["crm.lead"].create([lead_vals(contact) for contact in contacts[:size]])

    return run


def lead_vals(contact):
    return {"name": f"Lead of {contact}", "type": "opportunity", "partner_id": contact}


def creating(rounds):
    """Measure both databases in turn; every run is undone."""
    contacts = {database: prepare(database) for database in (HOST, ADDON)}
    cases = {
        "single": create_single,
        "few": create_batch(FEW),
        "many": create_batch(MANY),
    }
    samples = {}
    for name, run in cases.items():
        for database in (HOST, ADDON) * (rounds + 1):  # one more, to warm up
            with environment(database, SALESPERSON) as env:
                ids = contacts[database]
                sample = measure(env, lambda env, run=run, ids=ids: run(env, ids))
            samples.setdefault((name, database), []).append(sample)
    return [
        *_single_row({db: samples["single", db][1:] for db in (HOST, ADDON)}),
        _slope_row(
            {
                db: (samples["few", db][1:], samples["many", db][1:])
                for db in (HOST, ADDON)
            }
        ),
    ]


def prepare(database):
    with environment(database, keep=True) as env:
        make_user(env, SALESPERSON, *HOST_GROUPS)
        contacts = env["res.partner"].create(
            [
                {"name": f"Contact {n}", "email": f"contact.{n}@example.com"}
                for n in range(MANY)
            ]
        )
        return contacts.ids


def _single_row(samples):
    host, addon = (
        median(samples[database], "queries") / SINGLE_LEADS
        for database in (HOST, ADDON)
    )
    cpu = [median(samples[db], "cpu") / SINGLE_LEADS for db in (HOST, ADDON)]
    more = addon - host
    yield [
        "lead create, single",
        f"{host:.2f}",
        f"{addon:.2f}",
        f"{more:+.2f}",
        *(f"{value:.1f}" for value in cpu),
        f"≤ +{MORE_QUERIES}",
        "ok" if more <= MORE_QUERIES else "MISSED",
    ]


def _slope_row(samples):
    """What each lead more costs in a batch."""
    queries, cpu = (
        [
            (median(many, name) - median(few, name)) / (MANY - FEW)
            for few, many in (samples[HOST], samples[ADDON])
        ]
        for name in ("queries", "cpu")
    )
    more = queries[1] - queries[0]
    return [
        "each lead more in a batch",
        *(f"{value:.2f}" for value in queries),
        f"{more:+.2f}",
        *(f"{value:.1f}" for value in cpu),
        f"≤ +{SLOPE}",
        "ok" if more <= SLOPE else "MISSED",
    ]


# ---------------------------------------------------------------------- screens
def read_list(env):
    leads = env["crm.lead"].with_context(**CONTEXT)
    spec = SPECIFICATIONS["list"]
    leads.web_search_read(DOMAIN, spec, limit=80, count_limit=10001)


def read_kanban(env):
    env["crm.lead"].with_context(**CONTEXT).web_read_group(
        DOMAIN,
        ["stage_id"],
        ["expected_revenue:sum"],
        auto_unfold=True,
        unfold_read_specification=SPECIFICATIONS["kanban"],
        unfold_read_default_limit=20,
    )


def read_late(env):
    leads = env["crm.lead"].with_context(**CONTEXT)
    late = [*DOMAIN, ("edu_is_late", "=", True)]
    leads.web_search_read(late, SPECIFICATIONS["list"], limit=80, count_limit=10001)


def read_pivot(model, groupby, measures):
    def run(env):
        env[model].formatted_read_grouping_sets([], [[], [groupby]], measures)

    return run


def read_lines(model):
    def run(env):
        spec = SPECIFICATIONS[model]
        env[model].web_search_read([], spec, limit=80, count_limit=10001)

    return run


PIPELINE = "edu.pipeline.report"
SOURCES = "edu.source.report"
STAGE_MEASURES = (
    "lead_count:count_distinct",
    "days:avg",
    "conversion_rate:avg",
    "drop_out_rate:avg",
    "rotting_count:sum",
    "expected_revenue:sum",
)
LEAD_MEASURES = (
    "lead_count:count_distinct",
    "won_count:count_distinct",
    "enrollment_rate:avg",
    "won_revenue:sum",
)
COST_MEASURES = (*LEAD_MEASURES, "cost_per_lead:avg", "return_rate:avg")
SCREENS = {
    "lead list, 80 rows": read_list,
    "lead kanban, six columns of 20": read_kanban,
    "list of late follow-ups": read_late,
    "report: time per stage": read_pivot(PIPELINE, "stage_id", STAGE_MEASURES),
    "report: by source": read_pivot(PIPELINE, "source_id", LEAD_MEASURES),
    "report: by education stage": read_pivot(PIPELINE, "edu_stage_ids", LEAD_MEASURES),
    "report: expected revenue by month": read_pivot(
        PIPELINE, "date_deadline:month", ["expected_revenue:sum"]
    ),
    "report: lines, 80 rows": read_lines(PIPELINE),
    "report: sources with costs": read_pivot(SOURCES, "source_id", COST_MEASURES),
    "report: lines of sources, 80 rows": read_lines(SOURCES),
}
SPECIFICATIONS = {}


def make_crowd(count, total):
    """Add leads to the education team; its people are made with the first ones."""
    with environment(ADDON, keep=True) as env:
        owners = env["res.users"].search([("login", "=like", f"{AGENT}%")])
        if not owners:
            make_user(env, MANAGER, *HOST_GROUPS, GROUP_MANAGER)
            for number in range(max(1, total // LEADS_PER_OWNER)):
                owners |= make_user(env, f"{AGENT}-{number}", GROUP_AGENT)
        print(f"making {count} leads", flush=True)
        fill(env, count, owners)


def read_specifications():
    with environment(ADDON, MANAGER) as env:
        for name, model, view, xmlid in (
            ("list", "crm.lead", "list", "crm.crm_case_tree_view_oppor"),
            ("kanban", "crm.lead", "kanban", "crm.crm_case_kanban_view_leads"),
            (PIPELINE, PIPELINE, "list", None),
            (SOURCES, SOURCES, "list", None),
        ):
            key = xmlid and env["ir.model.data"]._xmlid_to_res_id(xmlid)
            SPECIFICATIONS[name] = view_specification(env, model, view, key or False)


def screens():
    """Return {screen: the quickest of some requests}, by a manager who sees it all."""
    found = {}
    for name, run in SCREENS.items():
        samples = []
        for _time in range(TIMES + 1):
            with environment(ADDON, MANAGER) as env:
                samples.append(measure(env, run))
        found[name] = min(samples[1:], key=lambda sample: sample.wall)
    return found


def screen_rows(few, many):
    for name in SCREENS:
        queries = few[name].queries, many[name].queries
        yield [
            name,
            *queries,
            f"{few[name].wall / 1000:.2f}",
            f"{many[name].wall / 1000:.2f}",
            "no more",
            "ok" if queries[1] <= queries[0] else "MISSED",
        ]


# ---------------------------------------------------------------------- nightly jobs
def jobs(count):
    for name, (method, passes) in JOBS.items():
        print(f"running: {name}", flush=True)
        first, changed = run_job(method)
        again, unchanged = run_job(method)
        each = first.queries / (count * passes)
        yield [
            name,
            changed,
            first.queries,
            f"{each:.3f}",
            f"{first.wall / 1000:.1f}",
            again.queries,
            f"{again.wall / 1000:.1f}",
            f"≤ {PER_RECORD}, then none",
            "ok" if each <= PER_RECORD and not unchanged else "MISSED",
        ]


def run_job(method):
    """Return the cost of the job and how many leads and activities it wrote."""
    with environment(ADDON) as env:
        before = _rows(env)
        env.cr.commit()
        sample = measure(env, lambda env: getattr(env["crm.lead"], method)())
        env.cr.commit()
        return sample, len(_rows(env) - before)


def _rows(env):
    """Return leads and activities as they are; each version of a row is told apart."""
    return set(
        env.execute_query(
            SQL(
                "SELECT 'lead', id, xmin::text FROM crm_lead"
                " UNION ALL SELECT 'activity', id, xmin::text FROM mail_activity"
            )
        )
    )


def main():
    parser = argparse.ArgumentParser(prog="./dev bench pipeline", description=__doc__)
    parser.add_argument("--leads", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    start_odoo()
    print("creating leads", flush=True)
    create_rows = creating(options.rounds)
    few = options.leads // 10
    make_crowd(few, options.leads)
    read_specifications()
    small = screens()
    make_crowd(options.leads - few, options.leads)
    screen_table = list(screen_rows(small, screens()))
    job_rows = list(jobs(options.leads))
    print()
    head = ["by a salesperson", "queries", "addon", "more", "CPU ms", "addon"]
    print_table([*head, "goal", ""], create_rows)
    print()
    sizes = [f"{number:,} leads" for number in (few, options.leads)]
    print_table(
        ["screen", "queries", "", *(f"s, {size}" for size in sizes), "goal", ""],
        screen_table,
    )
    print()
    head = ["nightly job", "written", "queries", "per lead", "s", "queries again", "s"]
    print_table([*head, "goal", ""], job_rows)


if __name__ == "__main__":
    main()
