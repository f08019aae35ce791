"""The analysis counts complaints, and its rates are those of the promises made."""

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.models.complaint.edu_complaint_rating import SCORES

from .promises import PromiseCase, at

NOW = at(9, "12:00")
DECISIONS = ["decide_due_count:sum", "decide_kept_count:sum", "timeliness_rate:avg"]


@tagged("post_install", "-at_install")
class TestComplaintReport(PromiseCase):
    """Received on Monday 2, general, so decided by Thursday 5; looked at on Monday 9.

    =====  =========  =======================================  =======  ============
    name   type       what happened                            timely   acknowledged
    =====  =========  =======================================  =======  ============
    A      teaching   decided on Thursday morning              yes      on Monday
    B      teaching   decided on Friday                        no       on Friday
    H      teaching   decided on Tuesday, closed, opened again yes      on Tuesday
    C      contract   given more time, decided on Friday       no       on Friday
    D      contract   open                                     no       never
    E      contract   received on Friday 6, open               not due  never
    F      contract   withdrawn                                out      out
    G      contract   merged into D                            out      out
    K      product    complex: a report on Thursday            none     on Thursday
    L      product    solved at first contact                  yes      at once
    =====  =========  =======================================  =======  ============
    """

    now = NOW

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        teaching, contract, product = (
            {"type": code, "partner": cls.customer}
            for code in ("teaching_quality", "contract_dispute", "product_problem")
        )
        cls.a, cls.b, cls.h = (cls.come_in(2, **teaching) for _ in range(3))
        cls.c, cls.d, cls.f, cls.g = (cls.come_in(2, **contract) for _ in range(4))
        cls.e = cls.come_in(6, **contract)
        cls.k = cls.come_in(2, complexity="complex", **product)
        cls.l = cls.come_in(2, **product)
        cls.complaints = (
            cls.a
            | cls.b
            | cls.c
            | cls.d
            | cls.e
            | cls.f
            | cls.g
            | cls.h
            | cls.k
            | cls.l
        )
        with freeze_time(at(2, "12:00")):
            cls.a._count_progress()
            cls.l._close_at_first_contact("Book replaced", cls.cause())
            cls.f.action_withdraw()
            cls.g._merge_into(cls.d)
        cls.decide(cls.h, 3)
        cls.close(cls.h, 4)
        cls.decide(cls.a, 5)
        with freeze_time(at(5)):
            cls.k._count_progress()
            cls.h._reopen("Again")
            cls.extend(cls.c, at(6, "18:00"))
        cls.decide(cls.b, 6)
        cls.decide(cls.c, 6)
        cls.env.flush_all()

    @classmethod
    def come_in(cls, day, **values):
        with freeze_time(at(day)):
            return cls.make_complaint(
                team_id=cls.complaint_team.id,
                user_id=cls.agent.id,
                received_at=at(day),
                received_note="Frozen time",
                description="Told",
                **values,
            )

    @classmethod
    def decide(cls, complaint, day):
        with freeze_time(at(day)):
            cls.bring(complaint, "feedback")

    @classmethod
    def close(cls, complaint, day):
        with freeze_time(at(day)):
            complaint.write({"cause_id": cls.cause().id, "lesson": "Ask first"})
            complaint._accept()
            complaint.action_close()

    @classmethod
    def extend(cls, complaint, due_at):
        row = complaint.deadline_ids.filtered(lambda d: d.kind == "decide")
        row._extend(due_at, "The book is not here yet")

    def rows(self, measures, *groupby, domain=()):
        report = self.env["edu.complaint.report"]
        domain = [("complaint_id", "in", self.complaints.ids), *domain]
        with freeze_time(self.now):
            rows = report._read_group(domain, groupby, measures)
        size = len(groupby)
        return {
            row[:size]: tuple(value and round(value, 4) for value in row[size:])
            for row in rows
        }

    def by_type(self, *measures):
        rows = self.rows(measures, "type_id")
        kinds = ("teaching_quality", "contract_dispute", "product_problem")
        return [rows[self.complaint_type(kind),] for kind in kinds]

    def total(self, *measures):
        (row,) = self.rows(measures).values()
        return row

    # ------------------------------------------------------------------ promises
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
    def test_what_was_merged_or_withdrawn_is_counted_by_its_state_only(self):
        self.assertEqual(self.by_type("complaint_count:sum"), [(3,), (5,), (2,)])
        rows = self.rows(["complaint_count:sum"], "state")
        self.assertEqual((rows["withdrawn",], rows["merged",]), ((1,), (1,)))
        counted = self.rows(["complaint_count:sum"], domain=[("is_counted", "=", True)])
        self.assertEqual(counted[()], (8,))

    def test_days_are_calendar_days_until_the_first_decision(self):
        found = self.by_type("days_to_decide:avg")
        self.assertEqual(found[0], (round(8 / 3, 4),))
        self.assertEqual(found[1], (4,))
        self.assertEqual(self.total("days_to_close:avg"), (round(2 / 24, 4),))

    def test_dimensions(self):
        first = self.rows(["complaint_count:sum"], "is_first_contact")
        self.assertEqual(first[True,], (1,))
        self.assertEqual(self.rows(["complaint_count:sum"], "is_reopened")[True,], (1,))
        months = self.rows(["complaint_count:sum"], "received_at:month")
        self.assertEqual(list(months.values()), [(10,)])
        for name in (
            "kind",
            "matter_id",
            "severity",
            "scope",
            "priority",
            "channel",
            "user_id",
            "team_id",
            "level",
            "complexity",
            "verdict",
            "answer",
            "answer_by",
            "course_id",
            "stage_id",
            "is_anonymous",
            "company_id",
            "cause_id",
        ):
            with self.subTest(name=name):
                rows = self.rows(["complaint_count:sum"], name)
                self.assertEqual(sum(row[0] for row in rows.values()), 10)

    # ------------------------------------------------------------------ the list behind
    def test_the_list_behind_a_cell_is_the_list_of_complaints(self):
        report = self.env["edu.complaint.report"]
        teaching = self.complaint_type("teaching_quality")
        lines = report.search(
            [("complaint_id", "in", self.complaints.ids), ("type_id", "=", teaching.id)]
        )
        action = lines.action_open_complaints()
        shown = self.env["edu.complaint"].search(action["domain"])
        self.assertEqual(shown, self.a | self.b | self.h)
        self.assertEqual(len(shown), self.by_type("complaint_count:sum")[0][0])
        one = lines[:1].action_open_complaint()
        self.assertEqual(one["res_id"], lines[:1].complaint_id.id)

    def test_the_late_behind_the_rate_are_listed(self):
        report = self.env["edu.complaint.report"]
        with freeze_time(NOW):
            late = report.search(
                [
                    ("complaint_id", "in", self.complaints.ids),
                    ("decide_late_count", ">", 0),
                ]
            )
        self.assertEqual(late.complaint_id, self.b | self.c | self.d)

    def test_the_kpi_agrees_with_the_promises_themselves(self):
        with freeze_time(NOW):
            rows = self.complaints.deadline_ids.filtered(
                lambda row: row.kind == "decide" and row.round == 1
            )
            due = rows.filtered(
                lambda row: (
                    not row.dropped_at and (row.done_at or row.original_due_at < NOW)
                )
            )
        kept = due.filtered(
            lambda row: row.done_at and row.done_at <= row.original_due_at
        )
        self.assertEqual(self.total(*DECISIONS)[:2], (len(due), len(kept)))
