"""Duplicate leads are the host's; merging them keeps what we know (LEAD-20)."""

from odoo import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestMerge(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls.make_learner()
        cls.head = cls.make_prospect(
            email_from="li@school-of-li.example",
            edu_stage_ids=[Command.set(cls.stage("primary").ids)],
            edu_background="Grade 4",
        )
        cls.head.stage_id = cls.step("consulting")
        cls.tail = cls.make_prospect(
            email_from="li@school-of-li.example",
            edu_stage_ids=[Command.set(cls.stage("secondary").ids)],
            edu_type_id=cls.education_type("private").id,
            edu_learner_id=cls.child.id,
            edu_background="Grade 5",
            edu_learning_goal="Robots",
            edu_has_wish=True,
        )

    def test_the_counter_shows_duplicates(self):
        self.assertEqual(self.head.duplicate_lead_count, 1)
        self.assertIn(self.tail, self.head.duplicate_lead_ids)

    def assertMerged(self):
        self.assertRecordValues(
            self.head,
            [
                {
                    "edu_type_id": self.education_type("private").id,
                    "edu_learner_id": self.child.id,
                    "edu_background": "Grade 4",
                    "edu_learning_goal": "Robots",
                    "edu_has_wish": True,
                }
            ],
        )
        stages = self.stage("primary") | self.stage("secondary")
        self.assertEqual(self.head.edu_stage_ids, stages)

    def test_merging_keeps_our_fields(self):
        merged = (self.head | self.tail).merge_opportunity()
        self.assertEqual(merged, self.head)
        self.assertMerged()

    def test_merging_by_a_salesperson_without_role_keeps_them_too(self):
        user = self.make_user("salesperson")
        (self.head | self.tail).user_id = user
        (self.head | self.tail).with_user(user).merge_opportunity()
        self.env.invalidate_all()
        self.assertMerged()
