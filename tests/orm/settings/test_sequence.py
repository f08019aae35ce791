"""Customer numbers are drawn in one query, and never twice."""

from odoo import Command, api
from odoo.tests import tagged

from ..common import EduCase

SEQUENCE = "edu_crm_addon.seq_edu_customer"


@tagged("post_install", "-at_install")
class TestSequence(EduCase):
    def make_sequence(self, **values):
        return self.env["ir.sequence"].create(
            {"name": "Numbers", "prefix": "N", "padding": 4, **values}
        )

    def test_a_standard_sequence_is_asked_once_for_the_batch(self):
        sequence = self.make_sequence()
        sequence._edu_next_numbers(1)
        with self.assertQueryCount(1):
            numbers = sequence._edu_next_numbers(50)
        self.assertEqual(numbers, [f"N{n:04}" for n in range(2, 52)])

    def test_the_host_goes_on_where_the_batch_ended(self):
        sequence = self.make_sequence()
        sequence._edu_next_numbers(3)
        self.assertEqual(sequence.next_by_id(), "N0004")
        self.assertEqual(sequence._edu_next_numbers(2), ["N0005", "N0006"])

    def test_the_step_of_the_sequence_is_kept(self):
        sequence = self.make_sequence(number_increment=5)
        self.assertEqual(sequence._edu_next_numbers(3), ["N0001", "N0006", "N0011"])

    def test_prefix_and_suffix_follow_the_calendar(self):
        sequence = self.make_sequence(prefix="C%(range_year)s-", suffix="/X")
        (number,) = sequence._edu_next_numbers(1)
        self.assertRegex(number, r"^C20\d\d-0001/X$")

    def test_no_number_is_drawn_for_nothing(self):
        sequence = self.make_sequence()
        self.assertEqual(sequence._edu_next_numbers(0), [])
        self.assertEqual(sequence.next_by_id(), "N0001")

    def test_a_sequence_without_gaps_keeps_counting(self):
        sequence = self.make_sequence(implementation="no_gap")
        self.assertEqual(sequence._edu_next_numbers(3), ["N0001", "N0002", "N0003"])
        self.assertEqual(sequence.next_by_id(), "N0004")

    def test_a_sequence_by_period_counts_in_the_period(self):
        today = self.days_ago(0)
        sequence = self.make_sequence(
            use_date_range=True,
            prefix="",
            date_range_ids=[
                Command.create(
                    {
                        "date_from": today.replace(month=1, day=1),
                        "date_to": today.replace(month=12, day=31),
                        "number_next_actual": 40,
                    }
                )
            ],
        )
        self.assertEqual(sequence._edu_next_numbers(2), ["0040", "0041"])

    def test_two_transactions_never_draw_the_same_number(self):
        """Both draw while the other has not ended yet; the second is rolled back."""
        mine = self.env.ref(SEQUENCE)._edu_next_numbers(5)
        with self.registry.cursor() as cursor:
            other = api.Environment(cursor, self.env.uid, {})
            theirs = other.ref(SEQUENCE)._edu_next_numbers(5)
            cursor.rollback()
        mine += self.env.ref(SEQUENCE)._edu_next_numbers(5)
        self.assertEqual(len({*mine, *theirs}), 15)
