"""A nightly job goes on when a record fails, and lists it until it works again."""

from odoo import api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

# Any of the jobs there are: the steps are the test's own.
JOB, OTHER_JOB = "customer_relationship", "customer_completeness"
MODEL = "odoo.addons.edu_crm_addon.models.settings.edu_job_failure"


@tagged("post_install", "-at_install")
class TestJobFailure(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.make_people(5)
        cls.bad = cls.people[2]
        cls.batches = []

    def run_job(self, step=None, size=2, job="customer_relationship"):
        """Run the job on the test's people, in a cursor that may commit."""
        self.env.flush_all()
        self.batches.clear()
        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cursor,
            mute_logger(MODEL),
        ):
            env = api.Environment(cursor, self.env.uid, {})
            env["edu.job.failure"]._run_job(
                job, self.people.with_env(env), step or self.greet, size=size
            )
        self.env.invalidate_all()

    def greet(self, batch):
        self.batches.append(len(batch))
        batch.comment = "greeted"

    def greet_but_one(self, batch):
        self.greet(batch)
        if self.bad.id in batch.ids:
            raise UserError("no greeting for this one")

    def failures(self, **values):
        domain = [("job", "=", values.get("job", "customer_relationship"))]
        return self.env["edu.job.failure"].search(domain)

    def test_a_job_without_failure_lists_nothing(self):
        self.run_job()
        self.assertFalse(self.failures())
        self.assertEqual(set(self.people.mapped("comment")), {"<p>greeted</p>"})

    def test_a_record_that_is_no_longer_the_job_s_leaves_the_list(self):
        self.run_job(step=self.greet_but_one)
        self.assertEqual(len(self.failures()), 1)
        self.people -= self.bad
        self.run_job()
        self.assertFalse(self.failures())

    def test_records_are_handled_in_batches(self):
        self.run_job(size=2)
        self.assertEqual(self.batches, [2, 2, 1])

    def test_one_bad_record_does_not_stop_the_others(self):
        self.run_job(self.greet_but_one)
        greeted = self.people.filtered("comment")
        self.assertEqual(greeted, self.people - self.bad)

    def test_only_the_batch_of_the_bad_record_is_tried_one_by_one(self):
        self.run_job(self.greet_but_one)
        # 1 and 2 together; 3 and 4 together, then alone; 5.
        self.assertEqual(self.batches, [2, 2, 1, 1, 1])

    def test_the_bad_record_is_listed_with_the_reason(self):
        self.bad.company_id = self.env.company
        self.run_job(self.greet_but_one)
        self.assertRecordValues(
            self.failures(),
            [
                {
                    "res_model": "res.partner",
                    "res_id": self.bad.id,
                    "record_name": self.bad.display_name,
                    "error": "no greeting for this one",
                    "company_id": self.env.company.id,
                }
            ],
        )

    def test_a_record_that_fails_every_night_is_listed_once(self):
        self.run_job(self.greet_but_one)
        self.run_job(self.greet_but_one)
        self.assertEqual(len(self.failures()), 1)

    def test_a_record_that_works_again_leaves_the_list(self):
        self.run_job(self.greet_but_one)
        self.run_job()
        self.assertFalse(self.failures())
        self.assertEqual(self.bad.comment, "<p>greeted</p>")

    def test_another_job_does_not_clear_the_list(self):
        self.run_job(self.greet_but_one)
        self.run_job(job="customer_completeness")
        self.assertEqual(len(self.failures()), 1)

    def test_a_database_error_is_isolated_too(self):
        def divide(batch):
            self.greet(batch)
            if self.bad.id in batch.ids:
                batch.env.cr.execute("SELECT 1 / 0")

        with mute_logger("odoo.sql_db"):
            self.run_job(divide)
        self.assertEqual(self.failures().res_id, self.bad.id)
        self.assertEqual(self.people.filtered("comment"), self.people - self.bad)

    def test_a_late_flush_error_is_isolated_too(self):
        """A wrong value may reach the database only when the batch is written out."""

        def spoil(batch):
            self.greet(batch)
            for partner in batch:
                partner.edu_employee_count = -1 if partner.id == self.bad.id else 1

        with mute_logger("odoo.sql_db"):
            self.run_job(spoil)
        self.assertEqual(self.failures().res_id, self.bad.id)
        self.assertEqual((self.people - self.bad).mapped("edu_employee_count"), [1] * 4)

    def test_a_record_deleted_meanwhile_does_not_stop_the_others(self):
        self.bad.unlink()
        self.run_job(self.greet_but_one)
        self.assertFalse(self.failures())
        self.assertEqual(len(self.people.exists().filtered("comment")), 4)

    def test_progress_is_reported_to_the_scheduler(self):
        cron = self.env.ref("edu_crm_addon.ir_cron_customer_upkeep")
        progress = self.env["ir.cron.progress"].create({"cron_id": cron.id})
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
            context = {"ir_cron_progress_id": progress.id, "cron_id": cron.id}
            env = api.Environment(cursor, self.env.uid, context)
            env["edu.job.failure"]._run_job(
                "customer_relationship", self.people.with_env(env), self.greet, size=2
            )
        self.env.invalidate_all()
        self.assertRecordValues(progress, [{"done": 5, "remaining": 0}])

    def test_a_job_stops_between_batches_when_its_time_is_over(self):
        cron = self.env.ref("edu_crm_addon.ir_cron_customer_upkeep")
        progress = self.env["ir.cron.progress"].create({"cron_id": cron.id})
        self.env.flush_all()
        self.batches.clear()
        with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
            context = {
                "ir_cron_progress_id": progress.id,
                "cron_id": cron.id,
                "cron_end_time": 0,
            }
            env = api.Environment(cursor, self.env.uid, context)
            env["edu.job.failure"]._run_job(
                "customer_relationship", self.people.with_env(env), self.greet, size=2
            )
        self.env.invalidate_all()
        self.assertEqual(self.batches, [2])
        self.assertRecordValues(progress, [{"done": 2, "remaining": 3}])

    def test_the_button_opens_the_failed_record(self):
        self.run_job(self.greet_but_one)
        action = self.failures().action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", self.bad.id)
        )
