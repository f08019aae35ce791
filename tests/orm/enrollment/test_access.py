"""Who may see and change enrollments and runs."""

from odoo.tests import tagged

from ..common import EduCase

RIGHTS = {
    "employee": ("", "", ""),
    "salesperson": ("", "", ""),
    "readonly": ("r", "r", "r"),
    "agent": ("r", "rw", "rwcd"),
    "leader": ("rwc", "rw", "rwcd"),
    "manager": ("rwcd", "rwcd", "rwcd"),
}
MODELS = ("edu.course.run", "edu.enrollment", "edu.enrollment.pause")


@tagged("post_install", "-at_install")
class TestAccess(EduCase):
    def seen_by(self, user, enrollments):
        found = self.env["edu.enrollment"].with_user(user)
        return found.search([("id", "in", enrollments.ids)]).sudo()

    def owned_by(self, user):
        enrollment = self.make_enrollment()
        enrollment.user_id = user
        return enrollment

    def test_rights_of_each_role(self):
        for role, expected in RIGHTS.items():
            user = self.make_user(role)
            for model, letters in zip(MODELS, expected, strict=True):
                with self.subTest(role=role, model=model):
                    self.assertEqual(self.rights(user, model), letters)

    def test_an_agent_sees_its_own_and_those_without_owner(self):
        agent, colleague = self.make_user("agent"), self.make_user("agent")
        own, other = self.owned_by(agent), self.owned_by(colleague)
        nobodys = self.owned_by(self.env["res.users"])
        self.assertEqual(self.seen_by(agent, own | other | nobodys), own | nobodys)
        self.assertRefused(other.with_user(agent).write, {"goal": "Other"})
        self.assertRefused(other.with_user(agent).read, ["name"])

    def test_a_leader_sees_those_of_the_team(self):
        leader, member = self.make_user("leader"), self.make_user("agent")
        stranger = self.make_user("agent")
        self.env["crm.team"].create(
            {"name": "Team", "user_id": leader.id, "member_ids": member.ids}
        )
        enrollments = self.owned_by(member) | self.owned_by(stranger)
        seen = self.seen_by(leader, enrollments)
        self.assertEqual(seen.user_id, member)

    def test_a_manager_and_who_only_reads_see_all(self):
        enrollments = self.owned_by(self.make_user("agent")) | self.make_enrollment()
        for role in ("manager", "readonly"):
            user = self.make_user(role)
            with self.subTest(role=role):
                self.assertEqual(self.seen_by(user, enrollments), enrollments)

    def test_who_only_reads_changes_nothing(self):
        user = self.make_user("readonly")
        enrollment = self.make_enrollment().with_user(user)
        self.assertRefused(enrollment.write, {"goal": "Other"})
        self.assertRefused(enrollment.action_activate)
        self.assertRefused(
            self.env["edu.enrollment.pause"].with_user(user).create,
            {
                "enrollment_id": enrollment.id,
                "date_from": "2026-01-01",
                "reason": "None",
            },
        )

    def test_the_other_company_is_invisible(self):
        campus = self.make_company()
        self.env.user.company_ids |= campus
        course = self.make_course()
        there = self.make_enrollment(course=course, company_id=campus.id)
        here = self.make_enrollment(course=course)
        run = self.make_run(course, company_id=campus.id)
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            here.user_id = there.user_id = False
            with self.subTest(role=role):
                self.assertEqual(self.seen_by(user, here | there), here)
                self.assertRefused(there.with_user(user).read, ["name"])
                self.assertRefused(run.with_user(user).read, ["name"])

    def test_a_run_of_another_company_is_refused(self):
        campus = self.make_company()
        enrollment = self.make_enrollment()
        course = enrollment.course_id
        run = self.make_run(course, company_id=campus.id)
        with self.assertRaisesRegex(Exception, "company|compan"):
            enrollment.run_id = run
            self.env.flush_all()

    def test_each_company_counts_in_its_own_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        campus = self.make_company(currency_id=euro.id)
        self.env.user.company_ids |= campus
        course = self.make_course(list_price=100.0)
        here = self.make_enrollment(course=course)
        order = (
            self.env["sale.order"]
            .with_company(campus)
            .create(
                {
                    "partner_id": self.make_person().id,
                    "company_id": campus.id,
                    "order_line": [(0, 0, {"product_id": course.id})],
                }
            )
        )
        order.action_confirm()
        there = order.edu_enrollment_ids
        self.assertEqual(here.currency_id, self.env.company.currency_id)
        self.assertEqual(there.currency_id, order.currency_id)
        self.assertEqual(there.company_id, campus)
        self.assertEqual(there.price_total, order.amount_total)

    def test_an_agent_moves_no_pause_to_an_enrollment_of_a_colleague(self):
        agent = self.make_user("agent")
        own, other = self.owned_by(agent), self.owned_by(self.make_user("agent"))
        end = other.date_end
        pause = self.env["edu.enrollment.pause"].create(
            {
                "enrollment_id": own.id,
                "date_from": end,
                "date_to": end,
                "reason": "Travels",
            }
        )
        values = {"enrollment_id": other.id}
        self.assertRefused(pause.with_user(agent).write, values)
        self.env.invalidate_all()
        self.assertEqual(other.date_end, end)

    def test_the_wizards_tell_nothing_of_what_one_does_not_see(self):
        owner, agent = self.make_user("agent"), self.make_user("agent")
        lead = self.make_lead(self.make_customer(), user_id=owner.id)
        enroll = self.env["edu.lead.enroll"].with_user(agent)
        values = {"lead_id": lead.id, "course_id": self.make_course().id}
        self.assertRefused(lambda: enroll.create(values).read(["partner_id"]))
        withdraw = self.env["edu.enrollment.withdraw"].with_user(agent)
        enrollment = self.owned_by(owner)
        values = {
            "enrollment_id": enrollment.id,
            "reason": "Curious",
            "method": "lessons",
            "date_end": enrollment.date_end,
        }
        self.env.invalidate_all()
        self.assertRefused(lambda: withdraw.create(values).read(["price_total"]))
