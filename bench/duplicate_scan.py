"""The search for duplicates among 100,000 contacts: `./dev bench duplicate-scan`.

First the nightly scan: what PostgreSQL needs for the bare grouping by the three keys,
and for the scan's one query, which also knows families and companies; and what the
whole scan takes when all it finds is new, and when nothing has changed.
Then the warning while typing: what it adds to the form's round trip, by which index.
"""

import argparse
import statistics
from contextlib import suppress

from _client import view_specification
from _crowd import fill
from _measure import (
    ADDON,
    AGENT,
    GROUP_AGENT,
    HOST_GROUPS,
    environment,
    make_user,
    measure,
    print_table,
    start_odoo,
)

from odoo.tools import SQL

TIMES_BARE = 3
WARNING_QUERIES = 3
BARE = [
    SQL(
        "SELECT %s, array_agg(id) FROM res_partner"
        " WHERE active AND partner_share AND %s IS NOT NULL"
        " GROUP BY 1 HAVING count(*) > 1",
        key,
        key,
    )
    for key in (
        SQL("phone_sanitized"),
        SQL("email_normalized"),
        SQL("lower(btrim(name)) || ' ' || edu_birth_date"),
    )
]


def bare(env):
    return sum(len(env.execute_query(query)) for query in BARE)


def best_of(env, action, times=3):
    """The quickest of some runs: the others met something else on the machine."""
    samples = [measure(env, action) for _time in range(times)]
    return min(samples, key=lambda sample: sample.wall)


def scan_rows(env):
    """Measure the scan from its bare core outwards; the last two change the list."""
    Duplicate = env["edu.duplicate"]
    found = bare(env)
    cases = {
        "bare grouping, three queries": (bare, 3),
        "the scan's query": (lambda env: env.execute_query(Duplicate._scan_sql()), 3),
        "finding the groups": (lambda env: Duplicate._find_groups(), 3),
        "whole scan, all groups new": (lambda env: Duplicate._scan(), 1),
        "whole scan, nothing changed": (lambda env: Duplicate._scan(), 3),
    }
    rows, base = [], None
    for name, (action, times) in cases.items():
        sample = best_of(env, action, times)
        base = base or sample.wall
        ratio = sample.wall / base
        verdict = ""
        if name == "the scan's query":
            verdict = "ok" if ratio <= TIMES_BARE else "MISSED"
        rows.append(
            [
                name,
                sample.queries,
                f"{sample.wall:.0f}",
                f"{sample.cpu:.0f}",
                f"{ratio:.1f}×",
                f"≤ {TIMES_BARE}×" if verdict else "",
                verdict,
            ]
        )
    print(f"{found} keys are shared by the bare grouping,", end=" ")
    print(f"{Duplicate.search_count([])} groups are listed")
    return rows


def typing_rows(env, spec):
    """Measure the form's onchange with the warning in it and without."""
    typed = {
        "a new phone": {"phone": "+86 130 5555 0000"},
        "a known phone": {"phone": "+86 139 0000 0207"},
        "a known e-mail": {"email": "crowd.207@example.com"},
        "a known name and birth date": {"edu_birth_date": "2008-07-26"},
    }
    without = {name: sub for name, sub in spec.items() if name != "edu_duplicate_ids"}
    rows = []
    for name, values in typed.items():
        costs = [onchange_cost(env, values, fields) for fields in (without, spec)]
        queries = costs[1][0] - costs[0][0]
        rows.append(
            [
                name,
                *(cost[0] for cost in costs),
                f"{queries:+}",
                *(f"{cost[1]:.1f}" for cost in costs),
                f"{costs[1][1] - costs[0][1]:+.1f}",
                f"≤ {WARNING_QUERIES}",
                "ok" if queries <= WARNING_QUERIES else "MISSED",
            ]
        )
    return rows


def onchange_cost(env, values, spec, times=7):
    """Return queries and milliseconds of what the form sends after a field was left."""
    samples = []
    for _time in range(times):
        env.cr.clear()
        defaults = env["res.partner"].onchange({}, [], spec)["value"]
        typed = {**_plain(defaults), "name": "Crowd 207", **values}
        samples.append(measure(env, _onchange(typed, list(values), spec)))
    return (
        statistics.median(sample.queries for sample in samples),
        statistics.median(sample.wall for sample in samples),
    )


def _onchange(values, names, spec):
    return lambda env: env["res.partner"].onchange(values, names, spec)


def _plain(values):
    """Return the values as the client sends them back: ids for records, no lines."""
    return {
        name: value["id"] if isinstance(value, dict) and "id" in value else value
        for name, value in values.items()
        if not isinstance(value, list)
    }


def plans(env):
    """Yield, for each key, how PostgreSQL finds the similar contacts."""
    typed = {
        "phone": {"phone_sanitized": "+8613900000207"},
        "email": {"email_normalized": "crowd.207@example.com"},
        "both": {
            "phone_sanitized": "+8613900000207",
            "email_normalized": "crowd.207@example.com",
        },
        "name and birth date": {"name": "Crowd 207", "edu_birth_date": "2008-07-26"},
    }
    for name, values in typed.items():
        contact = env["res.partner"].new(values)
        query = env["res.partner"]._search(contact._similar_domain(), limit=5)
        lines = [
            line
            for (line,) in env.execute_query(SQL("EXPLAIN ANALYZE %s", query.select()))
        ]
        scans = [line.split("->")[-1].strip() for line in lines if " Scan" in line]
        time = lines[-1].strip()
        slow = any("Seq Scan on res_partner" in scan for scan in scans)
        yield name, "MISSED" if slow else "ok", time, [s.split("  (")[0] for s in scans]


def main():
    parser = argparse.ArgumentParser(prog="./dev bench duplicate-scan")
    parser.add_argument("--contacts", type=int, default=100_000)
    count = parser.parse_args().contacts
    start_odoo()
    with environment(ADDON, keep=True) as env:
        make_user(env, AGENT, *HOST_GROUPS, GROUP_AGENT)
        print(f"making {count} contacts", flush=True)
        fill(env, count)
    with environment(ADDON) as env:
        rows = scan_rows(env)
        print_table(["scan", "queries", "ms", "CPU ms", "to bare", "goal", ""], rows)
    with environment(ADDON, AGENT) as env:
        spec = view_specification(env, "res.partner", "form")
    with environment(ADDON, AGENT) as env:
        head = ["warning while typing", "queries", "with it", "more", "ms", "with it"]
        print()
        print_table([*head, "more", "goal", ""], typing_rows(env, spec))
        print()
        for name, verdict, time, scans in plans(env):
            print(f"{name}: {verdict}, {time.lower()}, {' + '.join(scans)}")


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
