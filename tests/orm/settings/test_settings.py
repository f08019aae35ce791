"""The rules a school sets for itself, on the settings page."""

from psycopg2.errors import CheckViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestSettings(EduCase):
    def assertRefused(self, **values):
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self.make_company().write(values)
            self.env.flush_all()

    def test_a_new_company_starts_with_sensible_rules(self):
        company = self.make_company()
        self.assertRecordValues(
            company,
            [{"edu_adult_age": 18, "edu_review_days": 180, "edu_lost_after_days": 540}],
        )

    def test_an_age_of_majority_must_be_plausible(self):
        self.assertRefused(edu_adult_age=-1)
        self.assertRefused(edu_adult_age=31)

    def test_days_cannot_be_negative(self):
        self.assertRefused(edu_review_days=-1)
        self.assertRefused(edu_lost_after_days=-1)

    def test_days_stay_within_a_hundred_years(self):
        self.assertRefused(edu_review_days=36501)
        self.assertRefused(edu_lost_after_days=99999999)

    def test_zero_turns_a_rule_off(self):
        company = self.make_company(
            edu_adult_age=0, edu_review_days=0, edu_lost_after_days=0
        )
        self.env.flush_all()
        self.assertEqual(company.edu_review_days, 0)

    def test_the_settings_page_changes_the_current_company_only(self):
        other = self.make_company()
        self.env.user.group_ids += self.env.ref("base.group_system")
        form = Form(self.env["res.config.settings"])
        self.assertEqual(form.edu_adult_age, 18)
        form.edu_adult_age = 20
        form.edu_review_days = 90
        form.edu_lost_after_days = 365
        form.save().execute()
        self.assertRecordValues(
            self.env.company + other,
            [
                {
                    "edu_adult_age": 20,
                    "edu_review_days": 90,
                    "edu_lost_after_days": 365,
                },
                {
                    "edu_adult_age": 18,
                    "edu_review_days": 180,
                    "edu_lost_after_days": 540,
                },
            ],
        )

    def test_another_age_of_majority_asks_for_guardians_anew(self):
        learner = self.make_learner(company_id=self.env.company.id)
        self.assertIn("guardian", learner._edu_missing_codes())
        before = learner.edu_completeness
        self.env.company.edu_adult_age = 5
        self.assertNotIn("guardian", learner._edu_missing_codes())
        self.assertGreaterEqual(learner.edu_completeness, before)
