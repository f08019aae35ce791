"""What inviting many people to a survey costs: `./dev bench survey_invite`.

Half of the audience are learners whose guardians are asked. The job fills the wave and
mails the invitations in batches that it commits; the mails alone, of the same template
to the same people, are measured beside it. A second run must find nothing to do, and so
must a reminder that is not due.
"""

import argparse

from _measure import ADDON, environment, measure, print_table, start_odoo

from odoo.fields import Command
from odoo.tools import split_every

BATCH = 100  # invitations the job commits at once
MOST_QUERIES = 2  # a person, beyond the mail itself
TIER = "bench_asked"
TEMPLATE = "edu_crm_addon.mail_template_edu_survey_invitation"
LAYOUT = "mail.mail_notification_light"


# ---------------------------------------------------------------------- preparation
def prepare(people):
    """Return the id of a running campaign whose audience is so large."""
    with environment(ADDON, keep=True) as env:
        tier = env["edu.customer.tier"].create({"name": "Asked", "code": TIER})
        learners = make_people(env, "learner", people // 2, edu_tier_id=tier.id)
        guardians = make_people(env, "guardian", people // 2)
        env["edu.guardianship"].create(
            [
                {
                    "guardian_id": guardian.id,
                    "learner_id": learner.id,
                    "relation": "mother",
                    "is_payer": True,
                }
                for guardian, learner in zip(guardians, learners, strict=True)
            ]
        )
        make_people(env, "adult", people - people // 2, edu_tier_id=tier.id)
        survey = env["survey.survey"].create(
            {
                "title": "Bench",
                "edu_is_satisfaction": True,
                "question_and_page_ids": [
                    Command.create({"title": "How?", "question_type": "text_box"})
                ],
            }
        )
        campaign = env["edu.survey.campaign"].create(
            {
                "name": "Bench",
                "survey_id": survey.id,
                "tier_ids": tier.ids,
                "state": "running",
            }
        )
        campaign._create_wave()
        return campaign.id


def make_people(env, name, count, **values):
    return env["res.partner"].create(
        [
            {"name": f"{name} {n}", "email": f"{name}{n}@bench.example.com", **values}
            for n in range(count)
        ]
    )


# ---------------------------------------------------------------------- measured
def fill(env):
    env["edu.survey.campaign"]._fill_drafts()


def send(env):
    for ids in split_every(BATCH, env["edu.survey.invitation"]._to_send().ids):
        env["edu.survey.invitation"].browse(ids)._send()
        env.cr.flush()
        env.cr.clear()


def mail_only(env):
    template = env.ref(TEMPLATE)
    for ids in split_every(BATCH, env["edu.survey.invitation"]._to_send().ids):
        template.send_mail_batch(ids, email_layout_xmlid=LAYOUT)
        env.cr.flush()
        env.cr.clear()


def remind(env):
    env["edu.survey.invitation"]._to_remind()._remind()


def measured(action, *, keep=False):
    with environment(ADDON, keep=keep) as env:
        return measure(env, action)


def count(state):
    with environment(ADDON) as env:
        return env["edu.survey.invitation"].search_count([("state", "=", state)])


def main():
    parser = argparse.ArgumentParser(
        prog="./dev bench survey_invite", description=__doc__
    )
    parser.add_argument("--people", type=int, default=5_000)
    people = parser.parse_args().people
    start_odoo()
    print(f"preparing {people} people", flush=True)
    prepare(people)
    filled = measured(fill, keep=True)
    waiting = count("waiting")
    mails = measured(mail_only)
    sent = measured(send, keep=True)
    again = measured(lambda env: (fill(env), send(env), remind(env)))
    more = (filled.queries + sent.queries - mails.queries) / people
    rows = [
        [name, sample.queries, f"{sample.queries / people:.2f}", f"{sample.wall:.0f}"]
        for name, sample in (
            ("the wave is filled", filled),
            ("invitations are sent, mails included", sent),
            ("the mails alone", mails),
            ("all once more: nothing to do", again),
        )
    ]
    print_table([f"{people} people", "queries", "each", "ms"], rows)
    verdict = "ok" if more <= MOST_QUERIES else "MISSED"
    print(
        f"\nbeyond the mail: {more:.2f} queries each, goal ≤ {MOST_QUERIES}: {verdict}"
    )
    print(f"invited: {count('sent')} of {waiting} who waited")


if __name__ == "__main__":
    main()
