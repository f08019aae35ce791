"""What a ledger costs an order: `./dev bench loyalty-order`.

The same order is confirmed with a loyalty program of the host and with one that has
members, both beside the addon; with and without a reward. Then one without a program,
in a school that has no members and in one that has. Shown are queries, of which there
are always the same number.
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

MORE_QUERIES = 3  # a confirmed order may cost


def prepare(env, *, has_members, has_program):
    """Return a program in which an order earns a point per unit of money."""
    values = {"edu_mode": "independent_points"} if has_members else {}
    return env["loyalty.program"].create(
        {
            "name": "Bench",
            "program_type": "loyalty",
            "applies_on": "both",
            "trigger": "auto",
            "active": has_program,
            "company_id": env.company.id,
            "rule_ids": [Command.create({"reward_point_mode": "money"})],
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
            **values,
        }
    )


def quotation(env, program, *, spends):
    """Return an order of somebody who has a card with points."""
    member = env["res.partner"].create({"name": "Member"})
    card = env["loyalty.card"].create(
        {"program_id": program.id, "partner_id": member.id, "points": 500}
    )
    product = env["product.product"].create(
        {"name": "Course", "type": "service", "list_price": 100}
    )
    line = {"product_id": product.id, "tax_ids": [Command.clear()]}
    order = env["sale.order"].create(
        {"partner_id": member.id, "order_line": [Command.create(line)]}
    )
    order._update_programs_and_rewards()
    if spends:
        order._apply_program_reward(program.reward_ids, card)
    return order


def confirm(*, spends, has_members, has_program=True):
    """Return the queries of a confirmation, by a worker that is warm."""
    with environment(ADDON) as env:
        program = prepare(env, has_members=has_members, has_program=has_program)
        for _time in range(2):
            order = quotation(env, program, spends=spends)
            end_request(env)
            sample = measure(env, lambda _env, order=order: order.action_confirm())
        return sample.queries


def rows():
    cases = {
        "order, points earned": {"spends": False},
        "order, points earned and spent": {"spends": True},
        "order without a program": {"spends": False, "has_program": False},
    }
    for name, case in cases.items():
        host, ours = (confirm(**case, has_members=which) for which in (False, True))
        goal = MORE_QUERIES if case.get("has_program", True) else 0
        more = ours - host
        yield [name, host, ours, f"+{goal}", "ok" if more <= goal else "TOO MUCH"]


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    start_odoo()
    head = ["", "host", "members", "goal", ""]
    result = list(rows())
    print_table(head, result)
    return any(row[-1] != "ok" for row in result)


if __name__ == "__main__":
    raise SystemExit(main())
