from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .low_scores import LowScoreCase


class TestFollowUpComplaint(LowScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.write(
            {
                "follow_up": "complaint",
                "complaint_type_id": cls.complaint_type("teaching_quality").id,
            }
        )

    def test_a_low_score_becomes_a_complaint_of_the_type(self):
        customer = self.make_customer(user_id=self.adviser.id)
        follow_up = self.follow(customer, words="The teacher is late")
        complaint = follow_up.complaint_id
        self.assertEqual(complaint.partner_id, customer)
        self.assertEqual(complaint.type_id.code, "teaching_quality")
        self.assertEqual(complaint.channel, "survey")
        self.assertEqual(complaint.description, "The teacher is late")
        self.assertIn("Service satisfaction", complaint.subject)
        self.assertFalse(complaint.recorded_by_id)
        self.assertFalse(follow_up.activity_ids)

    def test_it_is_made_once(self):
        scores = self.make_scores()
        self.follow_ups._follow(scores)
        self.follow_ups._follow(scores)
        complaints = self.env["edu.complaint"].search(
            [("partner_id", "=", scores.partner_id.id)]
        )
        self.assertEqual(len(complaints), 1)

    def test_the_follow_up_is_done_when_the_complaint_is(self):
        follow_up = self.follow()
        complaint = follow_up.complaint_id
        complaint.write({"state": "withdrawn"})
        self.assertEqual(follow_up.state, "done")
        self.assertIn(complaint.name, follow_up.result)

    def test_it_goes_with_the_complaint_it_was_merged_into(self):
        follow_up = self.follow()
        target = self.make_complaint(follow_up.partner_id)
        follow_up.complaint_id._merge_into(target)
        self.assertEqual(follow_up.complaint_id, target)
        self.assertEqual(follow_up.state, "open")

    def test_without_words_it_says_what_is_low(self):
        follow_up = self.follow(**{rule.OVERALL: 0})
        self.assertIn("Overall", follow_up.complaint_id.description)
