"""Answers that are done, and many scores: `./dev bench satisfaction`.

First what completing an answer of five questions costs, beside the host alone. Then the
analysis among many scores: the pivot of dimension and month beside the same SQL by
hand, and the first page of the list, which PostgreSQL must find in an index.
"""

import argparse
import statistics

from _client import view_specification
from _measure import (
    ADDON,
    HOST,
    HOST_GROUPS,
    copies,
    end_request,
    environment,
    make_user,
    measure,
    median,
    print_table,
    start_odoo,
)

from odoo.fields import Command
from odoo.tools import SQL

DIMENSIONS = ("teaching_quality", "education_product", "service", "price", "overall")
MANAGER, LEADER = "bench-manager", "bench-leader"
LOGINS = {
    LEADER: "edu_crm_addon.group_edu_leader",
    MANAGER: "edu_crm_addon.group_edu_manager",
}
ANSWERS, TIMES = 10, 5
MORE_QUERIES = 4  # an answer may cost
MOST_TIMES = 1.5  # the pivot may take the time of the bare SQL
MOST_QUERIES = 20  # a page of the list may ask
# Rows PostgreSQL may sort for a first page.
MOST_SORTED = 5000
ASKED = [("has_experience", "=", True)]
GROUPS = ["dimension", "date:month"]
FIGURES = ["experience:avg", "expectation:avg", "gap:avg", "__count"]


# ---------------------------------------------------------------------- completing
def completing(rounds):
    samples = {}
    for database in (HOST, ADDON):
        answers = prepare(database)
        samples[database] = []
        for _round in range(rounds + 1):  # one more, to warm up
            with environment(database) as env:
                sample = measure(env, lambda env, ids=answers: complete(env, ids))
            samples[database].append(sample)
    host, addon = (
        median(samples[database][1:], "queries") / ANSWERS for database in (HOST, ADDON)
    )
    more = round(addon - host - MORE_QUERIES, 1)
    name = "answer of five questions done"
    return [[name, f"{host:.1f}", f"{addon:.1f}", f"+{MORE_QUERIES}", verdict(more)]]


def complete(env, ids):
    for answer in env["survey.user_input"].browse(ids):
        answer._mark_done()
        end_request(env)


def prepare(database):
    """Return the ids of answers that were filled in."""
    with environment(database, keep=True) as env:
        ours = "edu.survey.wave" in env
        survey = env["survey.survey"].create(
            {
                "title": "Bench",
                "access_mode": "token",
                "questions_layout": "one_page",
                "question_and_page_ids": [
                    Command.create(question(dimension, ours))
                    for dimension in DIMENSIONS
                ],
            }
        )
        contacts = env["res.partner"].create(
            [{"name": f"Contact {n}"} for n in range(ANSWERS)]
        )
        wave = make_wave(env, survey) if ours else None
        answers = [fill_in(env, survey, contact, wave) for contact in contacts]
        return [answer.id for answer in answers]


def question(dimension, ours):
    vals = {
        "title": f"How is {dimension}?",
        "question_type": "scale",
        "scale_min": 1,
        "scale_max": 5,
    }
    return {**vals, "edu_dimension": dimension} if ours else vals


def make_wave(env, survey):
    survey.edu_is_satisfaction = True
    campaign = env["edu.survey.campaign"].create(
        {"name": "Bench", "survey_id": survey.id}
    )
    today = env.company._edu_today()
    return env["edu.survey.wave"].create(
        {
            "name": "Bench",
            "campaign_id": campaign.id,
            "survey_id": survey.id,
            "method": campaign.method,
            "date_start": today,
            "date_end": today,
            "state": "open",
        }
    )


def fill_in(env, survey, contact, wave):
    values = {"survey_id": survey.id, "partner_id": contact.id}
    if wave:
        invitation = env["edu.survey.invitation"].create(
            {
                "wave_id": wave.id,
                "partner_id": contact.id,
                "method": wave.method,
                "state": "partial",
            }
        )
        values.update(edu_wave_id=wave.id, edu_invitation_id=invitation.id)
    answer = env["survey.user_input"].create(values)
    answer._mark_in_progress()
    for number, question in enumerate(survey.question_ids):  # none is low
        answer._save_lines(question, str(3 + number % 3))
    return answer


# ---------------------------------------------------------------------- analysis
def analysis(rows):
    with environment(ADDON, keep=True) as env:
        for login, group in LOGINS.items():
            make_user(env, login, *HOST_GROUPS, group)
        fill(env, rows)
    yield from pivot_rows()
    yield from list_rows()


def fill(env, rows):
    """Make scores of two years, of all dimensions, every fifth without expectation."""
    model = env["edu.satisfaction.score"].create(
        {
            "date": env.company._edu_today(),
            "company_id": env.company.id,
            "source": "survey",
            "dimension": "overall",
            "has_experience": True,
            "method": "online_survey",
        }
    )
    score = SQL("25 * (n %% 5)")
    expected = SQL("CASE WHEN n %% 5 > 0 THEN 100 - 25 * (n %% 3) END")
    copies(
        env,
        model,
        rows,
        date=SQL("CURRENT_DATE - (n %% 730)::int"),
        dimension=SQL("(%s::text[])[1 + n %% 5]", list(DIMENSIONS)),
        experience=score,
        expectation=expected,
        gap=SQL("%s - (%s)", score, expected),
        has_expectation=SQL("n %% 5 > 0"),
        band=SQL("(ARRAY['very_low', 'low', 'middle', 'high', 'very_high'])[1+n %% 5]"),
        partner_id=SQL("(SELECT MIN(id) FROM res_partner)"),
        user_id=SQL("CASE WHEN n %% 3 > 0 THEN %s END", env.uid),
    )
    env.cr.execute("ANALYZE edu_satisfaction_score")


def pivot_rows():
    """Measure in turn; the leader's rules say which rows are counted."""
    runs = [("sql", MANAGER, bare_sql), *((login, login, pivot) for login in LOGINS)]
    samples = {}
    for _round in range(TIMES + 1):  # one more, to warm up
        for name, login, run in runs:
            with environment(ADDON, login) as env:
                samples.setdefault(name, []).append(measure(env, run).wall)
    bare, *times = (statistics.median(values[1:]) for values in samples.values())
    for login, ours in zip(LOGINS, times, strict=True):
        yield [
            f"pivot of dimension and month, {login.removeprefix('bench-')}",
            f"{bare:.0f} ms",
            f"{ours:.0f} ms",
            f"x {MOST_TIMES}",
            verdict(ours - MOST_TIMES * bare),
        ]


def pivot(env):
    """What the client asks for: the cells, both totals, and the total of all."""
    env["edu.satisfaction.score"].formatted_read_grouping_sets(
        ASKED, [[], GROUPS[:1], GROUPS[1:], GROUPS], FIGURES
    )


def bare_sql(env):
    env.cr.execute(
        """
        SELECT dimension, date_trunc('month', date), AVG(experience),
               AVG(expectation), AVG(gap), COUNT(*)
          FROM edu_satisfaction_score
         WHERE has_experience AND company_id = %s AND is_anonymous IS NOT TRUE
      GROUP BY GROUPING SETS (
                   (), (dimension), (date_trunc('month', date)),
                   (dimension, date_trunc('month', date)))
        """,
        [env.company.id],
    )
    env.cr.fetchall()


def list_rows():
    for login in LOGINS:
        with environment(ADDON, login) as env:
            rows = env["edu.satisfaction.score"]
            spec = view_specification(env, rows._name, "list")
            end_request(env)
            sample = measure(
                env, lambda env, rows=rows, spec=spec: first_page(rows, spec)
            )
            sorted_rows = most_sorted(env, rows)
        yield [
            f"first page of the list, {login.removeprefix('bench-')}",
            f"{sorted_rows} sorted",
            f"{sample.queries} queries",
            f"{MOST_QUERIES}",
            verdict(max(sample.queries - MOST_QUERIES, sorted_rows - MOST_SORTED)),
        ]


def first_page(rows, spec):
    rows.web_search_read(ASKED, spec, limit=80, count_limit=10001)


def most_sorted(env, rows):
    """Return how many rows PostgreSQL sorts to find the first page."""
    query = rows._search(ASKED, limit=80, order=rows._order)
    env.cr.execute(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", query.select()))
    (plan,) = env.cr.fetchone()
    return max(_sorted(plan[0]["Plan"]), default=0)


def _sorted(node):
    if "Sort" in node["Node Type"]:
        yield sum(child["Actual Rows"] for child in node["Plans"])
    for child in node.get("Plans", ()):
        yield from _sorted(child)


def verdict(excess):
    return "ok" if excess <= 0 else "MISSED"


def main():
    parser = argparse.ArgumentParser(prog="./dev bench satisfaction")
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    start_odoo()
    rows = [*completing(args.rounds), *analysis(args.rows)]
    print_table(("", "without", "with", "at most", ""), rows)
    return int(any(row[-1] == "MISSED" for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
