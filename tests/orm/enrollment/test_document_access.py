"""Who reads, uploads and checks documents: roles, owners, companies, the portal."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .onboarding import PDF, OnboardingCase

MODEL = "edu.enrollment.document"


@tagged("post_install", "-at_install")
class TestDocumentAccess(OnboardingCase):
    def make_owned(self, user=None, **values):
        document = self.make_document(**values)
        document.enrollment_id.user_id = user
        document._upload("id.pdf", PDF)
        return document

    def test_rights_of_each_role(self):
        for role, documents, kinds in (
            ("employee", "", ""),
            ("salesperson", "", ""),
            ("portal", "", ""),
            ("readonly", "r", "r"),
            ("agent", "rwc", "r"),
            ("leader", "rwc", "r"),
            ("manager", "rwcd", "rwcd"),
        ):
            with self.subTest(role=role):
                user = self.make_user(role)
                self.assertEqual(self.rights(user, MODEL), documents)
                self.assertEqual(self.rights(user, "edu.document.type"), kinds)

    def test_an_agent_checks_own_documents_and_those_without_owner(self):
        agent = self.make_user("agent")
        for document in (self.make_owned(agent), self.make_owned()):
            document.with_user(agent).action_accept()
            self.assertEqual(document.state, "accepted")
            self.assertEqual(document.checked_by_id, agent)

    def test_an_agent_sees_nothing_of_another_ones_families(self):
        document = self.make_owned(self.make_user("agent"))
        theirs = document.with_user(self.make_user("agent"))
        self.assertFalse(theirs.search([("id", "=", document.id)]))
        for action in (
            theirs.action_accept,
            lambda: theirs.file,
            lambda: theirs.write({"file": base64.b64encode(PDF)}),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_a_leader_checks_those_of_the_team(self):
        leader, agent = self.make_user("leader"), self.make_user("agent")
        self.env["crm.team"].create(
            {
                "name": "Team",
                "user_id": leader.id,
                "member_ids": [(6, 0, (leader | agent).ids)],
            }
        )
        document = self.make_owned(agent)
        document.with_user(leader).action_accept()
        self.assertEqual(document.state, "accepted")

    def test_who_only_reads_opens_the_file_and_changes_nothing(self):
        reader = self.make_user("readonly")
        document = self.make_owned().with_user(reader)
        self.assertEqual(base64.b64decode(document.file), PDF)
        with self.assertRaises(AccessError):
            document.action_accept()
        with self.assertRaises(AccessError):
            document.expires_on = self.days_ago(-9)

    def test_the_attachment_is_as_secret_as_the_document(self):
        document = self.make_owned(self.make_user("agent"))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", MODEL), ("res_field", "=", "file")], limit=1
        )
        self.assertEqual(attachment.res_id, document.id)
        for role in ("employee", "salesperson", "portal", "agent"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                attachment.with_user(self.make_user(role)).read(["datas"])

    def test_another_company_sees_nothing(self):
        document = self.make_owned()
        other = self.make_company()
        manager = self.make_user("manager", company=other)
        self.assertFalse(
            self.env[MODEL].with_user(manager).search([("id", "=", document.id)])
        )
        with self.assertRaises(AccessError):
            document.with_user(manager).read(["state"])

    def test_an_agent_does_not_open_a_document_for_another_ones_enrollment(self):
        enrollment = self.make_enrollment()
        enrollment.user_id = self.make_user("agent")
        with self.assertRaises(AccessError):
            self.env[MODEL].with_user(self.make_user("agent")).create(
                {
                    "enrollment_id": enrollment.id,
                    "document_type_id": self.document_type("identity").id,
                }
            )

    def test_an_agent_asks_for_one_more_document(self):
        agent = self.make_user("agent")
        enrollment = self.make_enrollment()
        enrollment.user_id = agent
        self.env[MODEL].with_user(agent).create(
            {
                "enrollment_id": enrollment.id,
                "document_type_id": self.document_type("identity").id,
            }
        )
        self.assertEqual(enrollment.missing_document_count, 1)

    # ------------------------------------------------------------------ the family
    def test_the_family_and_nobody_else_has_the_documents(self):
        mother, learner = self.make_family()
        organization = self.make_organization()
        course = self.make_course_with("identity")
        enrollment = self.make_enrollment(learner, organization, course=course)
        for partner, seen in (
            (mother, True),
            (learner, True),
            (organization, False),
            (self.make_person(parent_id=organization.id), False),
            (self.make_person(), False),
        ):
            with self.subTest(partner=partner.name):
                found = enrollment._family_documents(partner)
                self.assertEqual(bool(found), seen)

    def test_a_portal_user_cannot_check_by_rpc(self):
        user = self.make_user("portal")
        document = self.make_document(learner=user.partner_id)
        document._upload("id.pdf", PDF)
        for action in ("action_accept", "action_reject"):
            with (
                self.subTest(action=action),
                self.assertRaises(UserError),
            ):
                getattr(document.with_user(user), action)()
        self.assertEqual(document.state, "uploaded")

    def test_a_default_of_the_context_accepts_nothing(self):
        agent = self.make_user("agent")
        enrollment = self.make_document().enrollment_id
        enrollment.user_id = agent
        kind = self.document_type("photo")
        documents = self.env[MODEL].with_user(agent)
        values = {"enrollment_id": enrollment.id, "document_type_id": kind.id}
        with self.assertRaises(UserError):
            documents.with_context(default_state="accepted").create(values)
        self.assertEqual(documents.create(values).state, "missing")
