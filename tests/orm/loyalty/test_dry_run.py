"""What a changed rule would have given, before it is saved; nothing is booked."""

from odoo.tests import Form

from ..common import EduCase


class TestDryRun(EduCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program(earns=False, edu_point_cost=0.02)
        self.manager = self.make_user("manager")
        self.course, self.other = self.make_course(), self.make_course()
        self.people = [self.make_customer() for _ in range(3)]
        for person in self.people[:2]:
            self.make_enrollment(person, course=self.course)
        self.make_enrollment(self.people[2], course=self.other)
        self.earning = self.make_points_rule("enrollment", 100)

    def open(self, earning=None):
        runs = self.env["edu.points.dry.run"].with_user(self.manager)
        values = {"default_rule_id": earning.id} if earning else {}
        return Form(runs.with_context(**values))

    def compute(self, form):
        run = form.save()
        run.action_compute()
        return run

    def test_it_begins_with_the_rule_as_it_is(self):
        self.earning.write({"member_limit": 300, "budget": 900})
        form = self.open(self.earning)
        self.assertEqual((form.points, form.event), (100, "enrollment"))
        self.assertEqual(form.member_limit, 300)

    def test_it_shows_points_cost_winners_and_losers(self):
        form = self.open(self.earning)
        form.points = 150
        form.course_ids.add(self.course.product_tmpl_id)
        run = self.compute(form)
        self.assertEqual(run.event_count, 3)
        self.assertEqual((run.points_before, run.points_after), (300, 300))
        self.assertEqual((run.cost_before, run.cost_after), (6, 6))
        self.assertEqual((run.winner_count, run.loser_count), (2, 1))
        changes = {line.partner_id: line.change for line in run.line_ids}
        self.assertEqual(changes, dict(zip(self.people, (50, 50, -100), strict=True)))

    def test_nothing_is_booked_and_the_rule_stays(self):
        form = self.open(self.earning)
        form.points = 150
        self.compute(form)
        self.assertEqual((self.earning.points, self.earning.version), (100, 1))
        self.assertFalse(self.earning.given_points)
        cards = self.env["loyalty.card"].search([("edu_is_member", "=", True)])
        self.assertFalse(cards.edu_entry_ids)

    def test_applied_it_is_a_new_version(self):
        form = self.open(self.earning)
        form.points = 150
        self.compute(form).action_apply()
        self.assertEqual((self.earning.points, self.earning.version), (150, 2))

    def test_a_new_rule_is_tried_and_made(self):
        self.earning.active = False
        form = self.open()
        form.event, form.points, form.name = "enrollment", 30, "Welcome"
        run = self.compute(form)
        self.assertEqual((run.points_before, run.points_after), (0, 90))
        made = self.env["edu.points.rule"].browse(run.action_apply()["res_id"])
        self.assertEqual((made.name, made.points, made.version), ("Welcome", 30, 1))

    def test_limits_are_tried_too(self):
        form = self.open(self.earning)
        form.budget = 200
        run = self.compute(form)
        self.assertEqual((run.points_after, run.loser_count), (200, 1))

    def test_other_rules_of_the_event_take_over(self):
        self.make_points_rule("enrollment", 40, sequence=20)
        form = self.open(self.earning)
        form.course_ids.add(self.course.product_tmpl_id)
        self.assertEqual(self.compute(form).points_after, 240)

    def test_the_level_is_tried(self):
        card_class = type(self.env["loyalty.card"])
        self.patch(card_class, "_edu_multiplier", lambda card: 1.5)
        form = self.open(self.earning)
        form.use_multiplier = True
        self.assertEqual(self.compute(form).points_after, 450)

    def test_every_event_can_be_tried(self):
        today = self.env.company._edu_today()
        events = self.env["edu.points.rule"]._fields["event"].get_values(self.env)
        for event in events:
            with self.subTest(event):
                claims = self.env["edu.points.rule"]._claims_of(
                    event, self.env.company, self.days_ago(90), today
                )
                self.assertIsInstance(claims, list)

    def test_what_earned_is_what_would_have_earned(self):
        self.make_points_rule("survey", 20)
        self.make_points_rule("trial", 30)
        self.answer(self.begin(), {})
        lead = self.make_lead(self.make_customer(), team_id=self.team().id)
        self.make_trial(lead, "attended", start_at=self.moment_ago(1))
        today = self.env.company._edu_today()
        for event in ("survey", "trial"):
            with self.subTest(event):
                claims = self.env["edu.points.rule"]._claims_of(
                    event, self.env.company, self.days_ago(3), today
                )
                self.assertEqual(len(claims), 1)
                self.assertFalse(self.award(event, *claims))

    def test_only_managers_try_changes(self):
        for role in ("readonly", "agent", "leader"):
            with self.subTest(role):
                user = self.make_user(role)
                self.assertEqual(self.rights(user, "edu.points.dry.run"), "")
