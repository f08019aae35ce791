"""Events that earn: `./dev bench loyalty-award`.

A thousand events of as many members, given one by one as they happen and in a batch as
jobs do; then all of them again, which gives nothing. The rule has every limit there is,
so that nothing is left out of what it costs.
"""

import argparse

from _measure import (
    ADDON,
    end_request,
    environment,
    measure,
    print_table,
    start_odoo,
)

from odoo.fields import Command

EVENTS = 1000
HUNDRED = 100
MORE_QUERIES = 4  # an event may cost in a batch
AGAIN_QUERIES = 3  # a hundred events that were given before
RULES = {
    "without limits": {},
    "with every limit": {
        "member_limit": 1000,
        "month_limit": 10_000_000,
        "budget": 100_000_000,
    },
}


def prepare(count):
    """Make a program, and members with a card; return the ids of the members."""
    with environment(ADDON, keep=True) as env:
        program = env["loyalty.program"].create(
            {
                "name": "Bench",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "company_id": env.company.id,
                "edu_mode": "independent_points",
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_order",
                            "discount": 10,
                            "required_points": 100,
                        }
                    )
                ],
            }
        )
        env.company.edu_member_program_id = program
        rule = env["edu.points.rule"].create(
            {
                "name": "Bench",
                "program_id": program.id,
                "event": "trial",
                "points": 10,
            }
        )
        people = env["res.partner"].create(
            [{"name": f"Member {n}", "edu_is_customer": True} for n in range(count)]
        )
        people._edu_member_cards(program)
        return rule.id, people.ids


def claims_of(people, name):
    # Odoo finds its addons after it has read its configuration.
    from odoo.addons.edu_crm_addon.models.loyalty.points_source import Claim

    return [Claim(key=f"{name}:{person}", partner_id=person) for person in people]


def award(env, claims):
    entries = env["edu.points.rule"]._award("trial", claims, env.company)
    env.flush_all()
    return entries


def one_by_one(env, claims):
    for claim in claims:
        award(env, [claim])
        end_request(env)


def by_hundreds(env, claims):
    for start in range(0, len(claims), HUNDRED):
        award(env, claims[start : start + HUNDRED])
        end_request(env)


def rows(count):
    rule_id, people = prepare(count)
    for name, limits in RULES.items():
        with environment(ADDON, keep=True) as env:
            env["edu.points.rule"].browse(rule_id).write(limits)
        claims = claims_of(people, name)
        with environment(ADDON, keep=True) as env:
            award(env, claims_of(people[:1], f"warm {name}"))
        for words, work, events, per, most in (
            ("one by one", one_by_one, claims[:HUNDRED], 1, None),
            ("a batch", award, claims[HUNDRED:], 1, MORE_QUERIES),
            ("again, by hundreds", by_hundreds, claims, HUNDRED, AGAIN_QUERIES),
        ):
            with environment(ADDON, keep=True) as env:
                before = booked(env)
                sample = measure(env, lambda env, w=work, e=events: w(env, e))
                new = booked(env) - before
            queries = sample.queries / len(events) * per
            yield [
                f"{words}, {name}",
                len(events),
                new,
                f"{queries:.2f}",
                f"{most} per {per}" if most else "–",
                f"{sample.wall:.0f} ms",
                verdict(queries, most),
            ]


def booked(env):
    return env["edu.points.entry"].search_count([])


def verdict(queries, most):
    if most is None:
        return ""
    return "ok" if queries <= most else "MISSED"


def main():
    parser = argparse.ArgumentParser(prog="./dev bench loyalty-award")
    parser.add_argument("--events", type=int, default=EVENTS)
    args = parser.parse_args()
    start_odoo()
    found = list(rows(args.events))
    print_table(("award", "events", "entries", "queries", "at most", "time", ""), found)
    return int(any(row[-1] == "MISSED" for row in found))


if __name__ == "__main__":
    raise SystemExit(main())
