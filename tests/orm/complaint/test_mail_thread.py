from odoo.tests import tagged

from .mail import DOMAIN, MailCase

WROTE_AGAIN = "edu_crm_addon.mail_activity_type_complaint_wrote_again"


@tagged("post_install", "-at_install")
class TestMailThread(MailCase):
    def reply(self, complaint, body="Thank you", **values):
        return self.receive(body, Subject=f"Re: {complaint.name} · x", **values)

    def close(self, complaint, days_ago=0):
        complaint.action_withdraw()
        if days_ago:
            complaint.sudo().reopen_until = self.moment_ago(days_ago)

    # ------------------------------------------------------------------ matching
    def test_a_reply_is_found_by_its_headers(self):
        complaint = self.receive()
        sent = complaint.with_user(self.leader).message_post(
            body="We look into it",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        for header in ("In_Reply_To", "References"):
            reply = self.receive(
                "Thank you", Subject="Re: x", **{header: sent.message_id}
            )
            self.assertEqual(reply, complaint)
            self.assertIn("Thank you", self.last_message(complaint).body)

    def test_a_reply_to_a_note_is_no_note(self):
        complaint = self.receive()
        note = complaint.message_post(body="inside", partner_ids=self.customer.ids)
        self.receive("I read it", In_Reply_To=note.message_id)
        self.assertFalse(self.last_message(complaint).subtype_id.internal)

    def test_a_reply_without_headers_is_found_by_number_and_sender(self):
        complaint = self.receive()
        for subject in (
            f"RE: {complaint.name} · My lessons",
            f"回复：【{complaint.name}】",
            f"fw: {complaint.name.lower()}",
        ):
            self.assertEqual(self.receive(Subject=subject), complaint)

    def test_a_guardian_or_payer_belongs_to_the_complaint(self):
        mother = self.make_customer(email="mother@example.com")
        payer = self.make_customer(email="payer@example.com")
        complaint = self.make_complaint(
            self.customer, learner_id=self.make_learner(mother).id, payer_id=payer.id
        )
        self.assertEqual(self.reply(complaint, From=mother.email), complaint)
        self.assertEqual(self.reply(complaint, From=payer.email), complaint)

    def test_a_stranger_with_the_number_makes_a_new_complaint(self):
        complaint = self.receive()
        messages = complaint.message_ids
        reply = self.reply(complaint, From="x@example.com")
        self.assertNotEqual(reply, complaint)
        self.assertFalse(reply.previous_id)
        self.assertEqual(complaint.message_ids, messages)

    def test_a_colleague_with_the_number_only_is_a_stranger(self):
        complaint = self.receive()
        self.assertNotEqual(self.reply(complaint, From=self.handler.email), complaint)

    def test_the_same_number_of_another_company_is_another_one(self):
        west = self.env["res.company"].create({"name": "West"})
        team = self.make_complaint_team(company_id=west.id)
        other = self.make_complaint(
            self.make_customer(email="qian@example.com"),
            company_id=west.id,
            team_id=team.id,
        )
        complaint = self.receive()
        self.cr.execute(
            "UPDATE edu_complaint SET name = %s WHERE id = %s",
            (complaint.name, other.id),
        )
        self.env.invalidate_all()
        self.assertEqual(self.reply(complaint), complaint)

    # ------------------------------------------------------------------ who reads it
    def test_nobody_in_copy_reads_it(self):
        teacher = self.make_user("employee")
        aunt = self.make_person(email="aunt@example.com")
        to = {"To": f"help-me@{DOMAIN}, {teacher.email}", "Cc": "aunt@example.com"}
        complaint = self.receive(**to)
        self.reply(complaint, **to)
        people = teacher.partner_id | aunt | self.customer
        self.assertFalse(complaint.message_partner_ids & people)
        self.assertFalse(complaint.message_ids.partner_ids)
        self.assertFalse(complaint.message_ids.notification_ids)

    def test_nobody_in_copy_is_proposed_as_a_reader(self):
        self.make_person(email="aunt@example.com")
        complaint = self.receive(Cc="aunt@example.com, other@example.com")
        proposed = complaint._message_get_suggested_recipients(reply_discussion=True)
        self.assertEqual([p["email"] for p in proposed], ["wang@example.com"])

    def test_what_those_concerned_write_stays_among_colleagues(self):
        teacher = self.make_user("agent")
        complaint = self.receive()
        message = complaint.message_ids[:1]
        complaint.accused_partner_ids = teacher.partner_id
        self.send_queue()
        self.receive("Not true!", From=teacher.email, In_Reply_To=message.message_id)
        self.assertTrue(self.last_message(complaint).subtype_id.internal)
        self.assertFalse(self.send_queue())
        self.assertFalse(complaint.message_partner_ids & teacher.partner_id)

    def test_a_mail_to_two_addresses_goes_to_both(self):
        aunt = self.make_person(email="aunt@example.com")
        self.env["crm.team"].create({"name": "Sales", "alias_name": "buy-me"})
        before = self.env["crm.lead"].search([])
        complaint = self.receive(To=f"buy-me@{DOMAIN}, help-me@{DOMAIN}", Cc=aunt.email)
        lead = self.env["crm.lead"].search([]) - before
        self.assertEqual(lead.message_ids.partner_ids, aunt)
        self.assertEqual(complaint._name, "edu.complaint")
        self.assertEqual(complaint.subject, "My lessons")
        self.assertFalse(complaint.message_ids.partner_ids)

    def test_other_mail_keeps_the_readers_of_the_host(self):
        aunt = self.make_person(email="aunt@example.com")
        lead_id = self.env["mail.thread"].message_process(
            "crm.lead",
            "From: z@example.com\nTo: x@example.com\nCc: aunt@example.com\n\nhi",
        )
        lead = self.env["crm.lead"].browse(lead_id)
        self.assertEqual(self.last_message(lead).partner_ids, aunt)

    # ------------------------------------------------------------------ merged, closed
    def test_a_reply_to_a_merged_complaint_goes_on(self):
        target = self.make_complaint(self.customer)
        first, second = self.receive(), self.receive()
        first._merge_into(second)
        second._merge_into(target)
        self.assertEqual(self.reply(first), target)
        message = first.message_ids[:1]
        self.assertEqual(self.receive(In_Reply_To=message.message_id), target)

    def test_a_circle_of_merged_complaints_loses_nothing(self):
        first, second = self.receive(), self.receive()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE edu_complaint SET state = 'merged', closed_at = now(),"
            " merged_into_id = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN %s",
            (first.id, second.id, first.id, (first.id, second.id)),
        )
        self.env.invalidate_all()
        reply = self.reply(first)
        self.assertIn("Thank you", "".join(reply.message_ids.mapped("body")))

    def test_thanks_do_not_open_a_closed_complaint(self):
        complaint = self.receive()
        complaint.team_id.leader_id = self.leader
        self.close(complaint)
        self.assertEqual(self.reply(complaint), complaint)
        self.assertEqual(self.reply(complaint), complaint)
        self.assertEqual(complaint.state, "withdrawn")
        self.assertEqual(complaint.activity_ids.user_id, self.leader)
        activity_type = self.env.ref(WROTE_AGAIN)
        self.assertEqual(complaint.activity_ids.activity_type_id, activity_type)
        self.assertEqual(len(complaint.activity_ids), 1)
        self.assertFalse(complaint.waiting_since)

    def test_a_later_reply_makes_a_complaint_that_names_the_first(self):
        complaint = self.receive()
        complaint.type_id = self.complaint_type("teaching_quality")
        teacher = self.make_user("employee")
        complaint.accused_partner_ids = teacher.partner_id
        self.close(complaint, days_ago=1)
        later = self.reply(complaint, "It happened again")
        self.assertNotEqual(later, complaint)
        self.assertEqual(later.previous_id, complaint)
        self.assertEqual(later.partner_id, self.customer)
        self.assertEqual(later.type_id, complaint.type_id)
        self.assertEqual(later.team_id, complaint.team_id)
        self.assertEqual(later.description, "It happened again")
        self.assertEqual(later.accused_partner_ids, teacher.partner_id)
        self.assertEqual(later.channel, "email")
        self.assertEqual(complaint.state, "withdrawn")

    def test_a_later_reply_by_headers_does_so_too(self):
        complaint = self.receive()
        message = complaint.message_ids[:1]
        self.close(complaint, days_ago=1)
        later = self.receive("Again", In_Reply_To=message.message_id)
        self.assertEqual(later.previous_id, complaint)
        self.assertIn("Again", self.last_message(later).body)

    def test_a_colleague_may_add_to_a_closed_complaint(self):
        complaint = self.receive()
        message = complaint.message_ids[:1]
        self.close(complaint, days_ago=1)
        reply = self.receive(In_Reply_To=message.message_id, From=self.handler.email)
        self.assertEqual(reply, complaint)
        self.assertFalse(complaint.activity_ids)
