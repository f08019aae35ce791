"""Completeness and relationship of 100,000 customers: `./dev bench recompute`.

Both are stored and follow the records they are made of. When a rule changes, or in the
nightly upkeep, they are computed again for many customers at once: in batches of a
thousand, which must not cost a query per customer.
"""

import argparse

from _crowd import add_documents, fill
from _measure import ADDON, environment, measure, print_table, start_odoo

from odoo.tools import split_every

QUERIES_PER_RECORD = 0.1
STEPS = {
    "completeness": "_refresh_completeness",
    "relationship": "_refresh_relationship",
}


def recompute(env, partners, method, size):
    """Run the upkeep's step batch by batch, each with an empty cache as in the job."""
    for ids in split_every(size, partners.ids):
        getattr(env["res.partner"].browse(ids), method)()
        env.invalidate_all()


def one_customer(env, partner):
    """Measure what one lead or order of a customer sets off; tables must not matter."""
    for _time in range(2):
        env.invalidate_all()
        sample = measure(env, lambda env: partner._refresh_relationship())
    return sample


def main():
    parser = argparse.ArgumentParser(prog="./dev bench recompute", description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=1000)
    options = parser.parse_args()
    start_odoo()
    rows = []
    with environment(ADDON) as env:
        print(f"making {options.contacts} contacts", flush=True)
        partners = fill(env, options.contacts)
        add_documents(env, partners)
        for name, method in STEPS.items():
            print(f"recomputing the {name}", flush=True)
            sample = measure(
                env,
                lambda env, method=method: recompute(
                    env, partners, method, options.batch
                ),
            )
            each = sample.queries / len(partners)
            rows.append(
                [
                    name,
                    sample.queries,
                    f"{each:.4f}",
                    f"{sample.wall / 1000:.1f}",
                    f"{sample.cpu / 1000:.1f}",
                    f"≤ {QUERIES_PER_RECORD}",
                    "ok" if each <= QUERIES_PER_RECORD else "MISSED",
                ]
            )
        single = one_customer(env, partners[len(partners) // 2])
        env.cr.execute(
            "SELECT edu_relationship, count(*), min(edu_completeness),"
            " max(edu_completeness) FROM res_partner GROUP BY 1 ORDER BY 1"
        )
        shares = [[str(value) for value in row] for row in env.cr.fetchall()]
    head = ["recomputed", "queries", "per record", "s", "CPU s", "goal", ""]
    print_table(head, rows)
    print(f"\nrelationship of one customer among them: {single.wall:.1f} ms", end=", ")
    print(f"{single.queries} queries\n")
    print_table(["relationship", "customers", "least %", "most %"], shares)


if __name__ == "__main__":
    main()
