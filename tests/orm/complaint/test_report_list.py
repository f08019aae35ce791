"""Behind each figure of the analysis is the list of the complaints it counts."""

from freezegun import freeze_time

from odoo.tests import tagged

from .report import DECISIONS, NOW, ReportCase


@tagged("post_install", "-at_install")
class TestComplaintReportList(ReportCase):
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
