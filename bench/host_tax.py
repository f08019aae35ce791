"""What the addon costs operations of the host: `./dev bench host-tax`.

The same operations by the same salesperson, who has no education role, in two databases
that differ only by the addon. Rounds alternate between the two, and change which one
is first, so that a slow moment of the machine meets both. Shown is the median of the
rounds; the ratio is the median of each round's own ratio. CPU is this process', without
that of PostgreSQL. Queries are exact, CPU is as good as the machine is quiet.
"""

import argparse
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from _client import view_specification
from _measure import (
    ADDON,
    AGENT,
    GROUP_AGENT,
    HOST,
    HOST_GROUPS,
    SALESPERSON,
    Sample,
    end_request,
    environment,
    make_user,
    measure,
    median,
    print_table,
    start_odoo,
)

from odoo import Command

CONTACT = "Bench contact"
CUSTOMER = "Bench customer"
LIST_OF_8 = "contact list, 8 rows"
LIST_OF_80 = "contact list, 80 rows"
CONTACTS = 240
CREATED_SINGLY = 200
OPENED = 20  # forms
DOCUMENTS = 20  # orders, invoices and single leads
REPEATED = 10  # list requests in one timed part


@dataclass(frozen=True)
class Goal:
    """How many more queries each record or request may cost, and how much more CPU."""

    queries: float
    ratio: float | None = None

    def __str__(self):
        ratio = f", ≤ {self.ratio}×" if self.ratio else ""
        return f"≤ +{self.queries:g} q{ratio}"

    def is_met(self, queries, ratio):
        return queries <= self.queries and (not self.ratio or ratio <= self.ratio)


BATCH = Goal(0.1, 1.05)
SINGLE = Goal(1)
READ = Goal(5)
LEAD = Goal(2, 1.05)
DOCUMENT = Goal(1, 1.05)


@dataclass(frozen=True)
class Operation:
    """`run` does `size` of them. `agent` runs in the addon's database only, by a user
    with the education role, and is compared with what `host` costs the salesperson.
    """

    name: str
    per: str
    size: int
    run: Callable
    goal: Goal | None = None
    agent: Callable | None = None


# ---------------------------------------------------------------------- operations
def partner_vals(number):
    return {
        "name": f"New contact {number}",
        "phone": f"+86 138 {number:04d} 0000",
        "email": f"new.{number}@example.com",
        "city": "Shanghai",
    }


def create_batch(env):
    env["res.partner"].create([partner_vals(number) for number in range(1000)])


def create_single(env):
    for number in range(CREATED_SINGLY):
        env["res.partner"].create(partner_vals(number))
        end_request(env)


def write_single(env):
    for contact in contact_ids(env, CREATED_SINGLY):
        env["res.partner"].browse(contact).write(
            {"city": "Beijing", "phone": "12345678"}
        )
        end_request(env)


def get_views(env):
    env["res.partner"].get_views([(False, "list"), (False, "form"), (False, "search")])


def open_forms(prefix):
    def run(env):
        ids = contact_ids(env, OPENED, prefix)
        spec = SPECIFICATIONS[env.cr.dbname, env.uid, "form"]
        for contact in ids:
            env.cr.clear()
            env["res.partner"].browse(contact).web_read(spec)

    return run


def read_list(rows, prefix=CONTACT):
    def run(env):
        spec = SPECIFICATIONS[env.cr.dbname, env.uid, "list"]
        domain = [("name", "=like", f"{prefix}%")]
        for _time in range(REPEATED):
            env.cr.clear()
            env["res.partner"].web_search_read(
                domain, spec, limit=rows, count_limit=10001
            )

    return run


def lead_vals(contact):
    return {
        "name": f"Lead of {contact}",
        "type": "opportunity",
        "partner_id": contact,
        "expected_revenue": 1000,
    }


def create_leads(env):
    env["crm.lead"].create([lead_vals(contact) for contact in contact_ids(env, 100)])


def create_anonymous_leads(env):
    """As a web form or an incoming e-mail makes them: without a contact."""
    env["crm.lead"].create(
        [{**lead_vals(False), "email_from": f"{n}@example.com"} for n in range(100)]
    )


def create_lead(env):
    for contact in contact_ids(env, DOCUMENTS):
        env["crm.lead"].create(lead_vals(contact))
        end_request(env)


def confirm_order(env):
    product = IDS[env.cr.dbname, "product"]
    for contact in contact_ids(env, DOCUMENTS):
        line = Command.create({"product_id": product, "product_uom_qty": 1})
        order = env["sale.order"].create({"partner_id": contact, "order_line": [line]})
        env.cr.flush()
        order.action_confirm()
        end_request(env)


def post_invoice(env):
    product = IDS[env.cr.dbname, "product"]
    for contact in contact_ids(env, DOCUMENTS):
        line = Command.create({"product_id": product, "quantity": 1, "price_unit": 100})
        env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": contact,
                "invoice_date": "2026-01-15",
                "invoice_line_ids": [line],
            }
        ).action_post()
        end_request(env)


CREATIONS = [
    Operation("partner create ×1000, one batch", "record", 1000, create_batch, BATCH),
    Operation(
        "partner create, single", "record", CREATED_SINGLY, create_single, SINGLE
    ),
    Operation("partner write, single", "record", CREATED_SINGLY, write_single),
]
READS = [
    Operation("contact views, once per browser", "request", 1, get_views),
    *(
        Operation(name, "request", size, run, READ, agent=run)
        for name, size, run in (
            ("contact form", OPENED, open_forms(CONTACT)),
            (LIST_OF_8, REPEATED, read_list(8)),
            (LIST_OF_80, REPEATED, read_list(80)),
        )
    ),
]
DOCUMENT_CREATIONS = [
    Operation("lead create ×100, one batch", "record", 100, create_leads),
    Operation("  without contact", "record", 100, create_anonymous_leads),
    Operation("lead create, single", "record", DOCUMENTS, create_lead, LEAD),
    Operation("order create + confirm", "record", DOCUMENTS, confirm_order, DOCUMENT),
    Operation("invoice create + post", "record", DOCUMENTS, post_invoice, DOCUMENT),
]
OPERATIONS = [*CREATIONS, *READS, *DOCUMENT_CREATIONS]
IDS = {}
SPECIFICATIONS = {}


def contact_ids(env, count, prefix=CONTACT):
    return IDS[env.cr.dbname, prefix][:count]


# ---------------------------------------------------------------------- preparation
def prepare(database):
    """Give both databases the same users, contacts and product; commit them."""
    with environment(database, keep=True) as env:
        if not env.company.chart_template:
            env["account.chart.template"].try_loading(
                "generic_coa", env.company, install_demo=False
            )
        make_user(env, SALESPERSON, *HOST_GROUPS)
        if database == ADDON:
            make_user(env, AGENT, *HOST_GROUPS, GROUP_AGENT)
        contacts = env["res.partner"].create(
            [
                {
                    "name": f"{CONTACT} {number:03d}",
                    "phone": f"+86 139 {number:04d} 0000",
                    "email": f"contact.{number}@example.com",
                    "city": "Shanghai",
                    "country_id": env.ref("base.cn").id,
                }
                for number in range(CONTACTS)
            ]
        )
        product = env["product.product"].create(
            {"name": "Bench course", "type": "service", "list_price": 100}
        )
        IDS[database, CONTACT] = contacts.ids
        IDS[database, "product"] = product.id
        if database == ADDON:
            IDS[database, CUSTOMER] = make_customers(env).ids
    logins = [SALESPERSON, AGENT] if database == ADDON else [SALESPERSON]
    for login in logins:
        for view_type in ("form", "list"):
            with environment(database, login) as env:
                spec = view_specification(env, "res.partner", view_type)
                SPECIFICATIONS[database, env.uid, view_type] = spec


def make_customers(env):
    """Classified learners, each with a guardian who has two of them."""
    stages = env["edu.stage"].search([], limit=2)
    common = {
        "edu_stage_ids": [Command.set(stages.ids)],
        "edu_need_ids": [Command.set(stages.need_ids[:3].ids)],
        "edu_birth_date": "2014-05-01",
        "city": "Shanghai",
    }
    learners = env["res.partner"].create(
        [{**common, "name": f"{CUSTOMER} {number:03d}"} for number in range(80)]
    )
    guardians = env["res.partner"].create(
        [{"name": f"Guardian {number:03d}"} for number in range(40)]
    )
    env["edu.guardianship"].create(
        [
            {"guardian_id": guardians[number // 2].id, "learner_id": learner.id}
            for number, learner in enumerate(learners)
        ]
    )
    return learners


# ---------------------------------------------------------------------- measuring
def run_once(operation, database, login=SALESPERSON, run=None) -> Sample:
    with environment(database, login) as env:
        return measure(env, run or operation.run)


def run_round(operation, number):
    """Measure both databases, the host first in every other round."""
    databases = (HOST, ADDON) if number % 2 else (ADDON, HOST)
    samples = {name: run_once(operation, name) for name in databases}
    return samples[HOST], samples[ADDON]


def rounds_of(operation, rounds):
    run_round(operation, 0)  # warm-up
    return [run_round(operation, number) for number in range(rounds)]


def row(operation, host, addon, name=None):
    """Return one line of the table from the samples of each side."""
    size = operation.size
    queries = [median(samples, "queries") / size for samples in (host, addon)]
    cpu = [median(samples, "cpu") / size for samples in (host, addon)]
    more = queries[1] - queries[0]
    ratio = statistics.median(a.cpu / h.cpu for h, a in zip(host, addon, strict=True))
    goal = verdict = ""
    if operation.goal and not name:
        goal = str(operation.goal)
        verdict = "ok" if operation.goal.is_met(round(more, 3), ratio) else "MISSED"
    return [
        name or operation.name,
        operation.per,
        *(f"{value:.2f}" for value in queries),
        f"{more:+.2f}",
        *(f"{value:.2f}" for value in cpu),
        f"{ratio:.2f}×",
        goal,
        verdict,
    ]


def agent_rows(operation, host, rounds):
    """Return the figures of an education agent beside the salesperson's in the host."""
    cases = {f"{operation.name}, education agent": operation.agent}
    if operation.name == "contact form":
        cases["contact form of a learner, education agent"] = open_forms(CUSTOMER)
    if operation.name == LIST_OF_80:
        cases["contact list, 80 learners, education agent"] = read_list(80, CUSTOMER)
    for name, run in cases.items():
        run_once(operation, ADDON, AGENT, run)
        samples = [run_once(operation, ADDON, AGENT, run) for _round in range(rounds)]
        yield row(operation, host, samples, name)


def slope_row(lists):
    """Say whether the list's extra queries grow with its rows: they must not."""
    few, many = (
        median([pair[1] for pair in lists[size]], "queries")
        - median([pair[0] for pair in lists[size]], "queries")
        for size in (LIST_OF_8, LIST_OF_80)
    )
    verdict = "ok" if few == many else "MISSED"
    return f"Extra queries of the list, 8 rows and 80 rows: the same  {verdict}"


def main():
    parser = argparse.ArgumentParser(prog="./dev bench host-tax", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="operations with this in their name")
    options = parser.parse_args()
    start_odoo()
    for database in (HOST, ADDON):
        print(f"preparing {database}", flush=True)
        prepare(database)
    rows, agents, measured = [], [], {}
    for operation in OPERATIONS:
        if options.only not in operation.name:
            continue
        print(f"measuring {operation.name.strip()}", flush=True)
        pairs = measured[operation.name] = rounds_of(operation, options.rounds)
        host, addon = zip(*pairs, strict=True)
        rows.append(row(operation, host, addon))
        if operation.agent:
            agents += agent_rows(operation, host, options.rounds)
    head = ["operation", "per", "queries", "addon", "more", "CPU ms", "addon", "ratio"]
    print()
    print_table([*head, "goal", ""], rows + agents)
    if not options.only:
        print(f"\n{slope_row(measured)}")


if __name__ == "__main__":
    main()
