"""A big ledger of points: `./dev bench loyalty-ledger`.

First the nightly check of a million entries on a hundred thousand cards, beside the
bare sum of the same entries: it may take twice as long. Then expiry, which is timed by
the card, in the batches of the job; and what a night costs on which nothing happens.
"""

import argparse
import statistics

from _measure import (
    ADDON,
    copies,
    end_request,
    environment,
    measure,
    print_table,
    start_odoo,
)

from odoo.tools import SQL

PER_CARD = 10
BATCH = 200  # of the job
MOST_TIMES = 2  # the check may take the time of the bare sum
MOST_QUERIES = 0.2  # a card may ask when it expires
MOST_IDLE = 20  # queries of a night without work
TODAY = SQL("CURRENT_DATE")


def fill(env, cards):
    """Make members with ten entries each; the last days of a few are over."""
    program = env["loyalty.program"].create(
        {
            "name": "Bench",
            "program_type": "loyalty",
            "applies_on": "both",
            "company_id": env.company.id,
            "edu_mode": "independent_points",
            "rule_ids": [],
        }
    )
    partner = env["res.partner"].create({"name": "Member"})
    card = partner._edu_member_cards(program)[partner]
    entry = env["edu.points.entry"]._book(
        [{"card_id": card.id, "points": 1, "kind": "earn", "text": "Bench"}]
    )
    last_partner = env["res.partner"].search([], order="id desc", limit=1).id
    copies(env, partner, cards, name=SQL("'Member ' || n"))
    copies(
        env,
        card,
        cards,
        partner_id=SQL("%s + n", last_partner),
        code=SQL("'bench-' || n"),
        edu_referral_code=SQL("NULL"),
        points=SQL("%s", 10 * PER_CARD - 5),
        edu_next_expiry=SQL("%s + (n %% 1000)::int", TODAY),
        edu_next_notice=SQL("%s + 1 + (n %% 1000)::int", TODAY),
    )
    # Nine gains of ten points, the tenth is less five; one of them has a last day.
    copies(
        env,
        entry,
        cards * PER_CARD,
        card_id=SQL("%s + 1 + (n - 1) / %s", card.id, PER_CARD),
        points=SQL("CASE WHEN n %% %s = 0 THEN 5 ELSE 10 END", PER_CARD),
        expires_on=SQL(
            "CASE WHEN n %% %s = 1 THEN %s + (((n - 1) / %s + 1) %% 1000)::int END",
            PER_CARD,
            TODAY,
            PER_CARD,
        ),
    )
    for table in ("loyalty_card", "edu_points_entry", "res_partner"):
        env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def bare_sum(env):
    env.cr.execute(
        "SELECT card_id, SUM(points) FROM edu_points_entry"
        " WHERE state = 'available' GROUP BY card_id"
    )
    env.cr.fetchall()


def check(env):
    env["loyalty.card"]._edu_to_check()


def check_rows(rounds):
    times = {bare_sum: [], check: []}
    for _round in range(rounds + 1):  # one more, to warm up
        for run, samples in times.items():
            with environment(ADDON) as env:
                samples.append(measure(env, run).wall)
    bare, ours = (statistics.median(samples[1:]) for samples in times.values())
    yield [
        "check of the whole ledger",
        f"{bare:.0f} ms",
        f"{ours:.0f} ms",
        f"x {MOST_TIMES}",
        verdict(ours - MOST_TIMES * bare),
    ]


def expiry_rows(days):
    """Let so many days pass without the job, and expire what is over then."""
    with environment(ADDON) as env:
        env.cr.execute(
            "UPDATE loyalty_card SET edu_next_expiry = edu_next_expiry - %s::int"
            " WHERE edu_next_expiry IS NOT NULL",
            [days],
        )
        env.cr.execute("ALTER TABLE edu_points_entry DISABLE TRIGGER USER")
        env.cr.execute(
            "UPDATE edu_points_entry SET expires_on = expires_on - %s::int"
            " WHERE expires_on IS NOT NULL",
            [days],
        )
        env.cr.execute("ALTER TABLE edu_points_entry ENABLE TRIGGER USER")
        cards = env["loyalty.card"]._edu_to_expire()
        samples = []
        for start in range(0, len(cards), BATCH):
            batch = env["loyalty.card"].browse(cards.ids[start : start + BATCH])
            end_request(env)
            sample = measure(env, lambda env, b=batch: b._edu_expire_by_job())
            samples.append((len(batch), sample))
        number = sum(size for size, _sample in samples) or 1
        queries = sum(sample.queries for _size, sample in samples) / number
        wall = sum(sample.wall for _size, sample in samples) / number
        odd = len(env["loyalty.card"]._edu_to_check())
    yield [
        f"expiry of {number} cards, each",
        f"{wall:.2f} ms",
        f"{queries:.3f} queries",
        f"{MOST_QUERIES}",
        verdict(queries - MOST_QUERIES),
    ]
    yield ["cards that do not add up then", "", str(odd), "0", verdict(odd)]


def idle_rows():
    """A night on which nothing is released, expires or is told."""
    with environment(ADDON) as env:
        env.cr.execute(
            SQL("UPDATE loyalty_card SET edu_next_notice = %s + 9", TODAY),
        )
        entries = env["edu.points.entry"]
        sample = measure(
            env,
            lambda env: (
                entries._to_release(),
                env["loyalty.card"]._edu_to_expire(),
                env["loyalty.card"]._edu_to_notify(),
                env["loyalty.card"]._edu_to_check(),
            ),
        )
    yield [
        "a night without work",
        f"{sample.wall:.0f} ms",
        f"{sample.queries} queries",
        f"{MOST_IDLE}",
        verdict(sample.queries - MOST_IDLE),
    ]


def verdict(excess):
    return "ok" if excess <= 0 else "MISSED"


def main():
    parser = argparse.ArgumentParser(prog="./dev bench loyalty-ledger")
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    start_odoo()
    with environment(ADDON, keep=True) as env:
        fill(env, args.cards)
    rows = [*check_rows(args.rounds), *idle_rows(), *expiry_rows(days=50)]
    print_table(("", "", "measured", "at most", ""), rows)
    return int(any(row[-1] == "MISSED" for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
