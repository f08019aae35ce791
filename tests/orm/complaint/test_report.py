"""The analysis counts complaints, and its rates are those of the promises made."""

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.models.complaint.edu_complaint_rating import SCORES

from .promises import at
from .report import DECISIONS, NOW, ReportCase


@tagged("post_install", "-at_install")
class TestComplaintReport(ReportCase):
    def test_timeliness_is_of_the_decisions_due_those_told_by_the_first_date(self):
        self.assertEqual(
            self.by_type(*DECISIONS), [(3, 2, round(2 / 3, 4)), (2, 0, 0), (1, 1, 1)]
        )

    def test_the_total_is_no_average_of_averages(self):
        # 3 of 6, not (2/3 + 0 + 1) / 3.
        self.assertEqual(self.total(*DECISIONS), (6, 3, 0.5))
        self.assertEqual(self.total("decide_late_count:sum", "late_rate:avg"), (3, 0.5))

    def test_the_pivots_own_call_says_the_same(self):
        report = self.env["edu.complaint.report"]
        domain = [("complaint_id", "in", self.complaints.ids)]
        with freeze_time(NOW):
            total, types = report.formatted_read_grouping_sets(
                domain, [[], ["type_id"]], ["timeliness_rate:avg"]
            )
        self.assertEqual(total[0]["timeliness_rate:avg"], 0.5)
        self.assertEqual(len(types), 3)

    def test_a_period_is_that_of_the_dates_promised_first(self):
        rows = self.rows(DECISIONS, "decide_due_at:day")
        found = {key[0].date(): row for key, row in rows.items() if key[0]}
        self.assertEqual(found[at(5).date()], (6, 3, 0.5))
        self.assertEqual(found[at(10).date()], (0, 0, False))

    def test_other_promises_have_rates_of_their_own(self):
        self.assertEqual(
            self.by_type("acknowledge_due_count:sum", "acknowledge_kept_count:sum"),
            [(3, 2), (3, 0), (2, 1)],
        )
        self.assertEqual(self.total("acknowledge_rate:avg"), (round(3 / 8, 4),))
        self.assertEqual(
            self.total("progress_due_count:sum", "progress_rate:avg"), (1, 1)
        )
        self.assertEqual(
            self.total("execute_due_count:sum", "execute_kept_count:sum"), (4, 4)
        )

    def test_a_report_of_progress_that_never_came_stays_missed(self):
        self.decide(self.k, 11)
        self.env.flush_all()
        self.now = at(12)
        self.assertEqual(
            self.total("progress_due_count:sum", "progress_kept_count:sum"), (2, 1)
        )

    def test_repairs_are_counted(self):
        with freeze_time(at(3)):
            (self.a | self.b)._open_promise("repair")
        self.a._keep_promise("repair", at(4))
        self.b._keep_promise("repair", at(31))
        self.env.flush_all()
        rows = self.rows(
            ["repair_due_count:sum", "repair_rate:avg"],
            "type_id",
            domain=[("complaint_id", "in", (self.a | self.b).ids)],
        )
        self.assertEqual(list(rows.values()), [(2, 0.5)])

    def test_nothing_due_is_no_rate_and_not_zero(self):
        self.complaints = self.e | self.f | self.g
        self.assertEqual(self.total(*DECISIONS), (0, 0, False))

    def test_reopening_and_extending_stand_beside_it(self):
        self.assertEqual(self.total("finished_count:sum", "reopen_rate:avg"), (2, 0.5))
        self.assertEqual(
            self.total("decide_count:sum", "extension_rate:avg"), (7, round(1 / 7, 4))
        )

    def test_only_what_customers_rated_is_in_the_average(self):
        self.l._rate(dict.fromkeys(SCORES, 4))
        self.h._rate(dict.fromkeys(SCORES, 1))
        self.env.flush_all()
        self.assertEqual(self.total("rating:avg", "rating_count:sum"), (4, 1))

    def test_costs_are_in_the_currency_of_the_users_company(self):
        measures = self.env["edu.complaint.measure"].create(
            [
                {
                    "complaint_id": complaint.id,
                    "kind": "return_visit",
                    "is_repair": True,
                }
                for complaint in self.a | self.b
            ]
        )
        measures.write({"cost": 50, "state": "done", "done_at": at(9)})
        self.env.flush_all()
        self.assertEqual(self.total("cost:sum"), (100,))
        dollar, euro = self.env.ref("base.USD"), self.env.ref("base.EUR")
        other = euro if self.env.company.currency_id == dollar else dollar
        other.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "name": "2020-01-01",
                "rate": 0.25,
                "company_id": False,
            }
        )
        abroad = self.make_company(currency_id=other.id)
        report = self.env["edu.complaint.report"].with_context(
            allowed_company_ids=[abroad.id, self.env.company.id]
        )
        domain = [("complaint_id", "in", self.complaints.ids)]
        ((cost,),) = report._read_group(domain, (), ["cost:sum"])
        self.assertEqual(cost, 25)

    # ------------------------------------------------------------------ counts
