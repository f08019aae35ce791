"""What has become of promises is computed as it is searched, at every moment."""

from itertools import product

from freezegun import freeze_time

from odoo.tests import tagged

from .promises import PromiseCase, at

MOMENTS = [at(2, "12:00"), at(4, "12:00"), at(5, "17:59"), at(5, "18:01"), at(9)]


@tagged("post_install", "-at_install")
class TestPromiseStates(PromiseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()
        complaints = [case.receive(2) for _number in range(7)]
        _open, kept, late, dropped, extended, mixed, bare = complaints
        with freeze_time(at(3)):
            kept._keep_promise("decide")
            kept._keep_promise("acknowledge")
            dropped._drop_promise("acknowledge", "decide")
            mixed._keep_promise("acknowledge")
        with freeze_time(at(6)):
            late._keep_promise("decide")
            late._keep_promise("acknowledge")
            cls.row(extended)._extend(at(20), "Illness")
        bare.deadline_ids.unlink()
        cls.complaints = cls.env["edu.complaint"].union(*complaints)
        cls.env.flush_all()

    @classmethod
    def row(cls, complaint):
        return complaint.deadline_ids.filtered(lambda row: row.kind == "decide")

    def assertAgrees(self, records, name, values):
        for moment, value in product(MOMENTS, values):
            records.invalidate_recordset([name])
            with self.subTest(moment=moment, value=value), freeze_time(moment):
                domain = [("id", "in", records.ids), (name, "=", value)]
                found = records.search(domain)
                self.assertEqual(found, found & records)
                expected = records.filtered(lambda r, v=value: r[name] == v)
                self.assertEqual(set(found.ids), set(expected.ids))

    def test_rows(self):
        rows = self.complaints.deadline_ids
        states = [code for code, _label in rows._fields["state"].selection]
        self.assertAgrees(rows, "state", states)
        self.assertAgrees(rows, "is_late", [True, False])

    def test_complaints(self):
        field = self.complaints._fields["deadline_state"]
        self.assertAgrees(
            self.complaints,
            "deadline_state",
            [code for code, _label in field.selection],
        )

    def test_every_state_occurs(self):
        with freeze_time(at(9)):
            self.complaints.invalidate_recordset(["deadline_state"])
            found = self.complaints.mapped("deadline_state")
            self.assertEqual(
                found, ["late", "kept", "missed", "none", "late", "late", "none"]
            )
            rows = self.complaints.deadline_ids
            self.assertEqual(
                set(rows.mapped("state")), {"late", "kept", "missed", "dropped"}
            )
        with freeze_time(at(5, "17:00")):
            self.complaints.invalidate_recordset(["deadline_state"])
            self.assertEqual(self.complaints[5].deadline_state, "soon")
        with freeze_time(at(3, "10:00")):
            self.complaints.invalidate_recordset(["deadline_state"])
            self.assertEqual(self.complaints[5].deadline_state, "on_time")

    def test_the_next_date_sorts_late_first(self):
        found = self.complaints.search(
            [("id", "in", self.complaints.ids)], order="due_at, id"
        )
        self.assertEqual(found[0].due_at, at(3, "18:00"))
        self.assertFalse(found[-1].due_at)

    def test_a_due_date_explains_itself(self):
        self.make_holiday(4)
        complaint = self.receive(2)
        with freeze_time(at(3)):
            self.env["edu.complaint.pause"].with_user(self.agent).create(
                {"complaint_id": complaint.id, "reason": "Wait", "to_at": at(5)}
            )
        row = self.row(complaint)
        self.assertEqual(row.due_at, at(7, "12:00"))
        self.assertIn("3 working days", row.explanation)
        self.assertIn("days off skipped: 03/04/2026", row.explanation)
        self.assertIn("paused: 1 working days", row.explanation)
        chinese = row.with_context(lang="zh_CN")
        self.assertTrue(chinese.explanation)
