"""The analysis counts lessons and leads, and its rates are weighted."""

from odoo.tests import tagged

from ..common import GOOD_RESULT, EduCase

MEASURES = [
    "trial_count:sum",
    "attended_count:sum",
    "missed_count:sum",
    "lead_count:count_distinct",
    "attended_lead_count:count_distinct",
    "enrolled_lead_count:count_distinct",
    "attendance_rate:avg",
    "enrollment_rate:avg",
    "conversion_rate:avg",
    "rating:avg",
]


@tagged("post_install", "-at_install")
class TestTrialReport(EduCase):
    """Ms A: four lessons of three leads, Mr B: one lesson of one lead.

    ======  =======  ==========  =====  ===
    lead    teacher  state       rate   won
    ======  =======  ==========  =====  ===
    one     A        attended    5      yes
    one     A        attended    4      yes
    two     A        attended    3      no
    three   A        missed             no
    four    B        attended    4      yes
    four    B        canceled           yes
    five    B        planned            no
    ======  =======  ==========  =====  ===
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.other = cls.make_user("agent"), cls.make_user("agent")
        cls.flyer = cls.env["utm.source"].create({"name": "Flyer"})
        cls.course = cls.make_product().product_tmpl_id
        cls.a, cls.b = cls.make_teacher(name="A"), cls.make_teacher(name="B")
        cls.leads = cls.env["crm.lead"].union(
            *(
                cls.make_lead(
                    cls.make_person(),
                    user_id=user.id,
                    team_id=False,
                    source_id=cls.flyer.id if user == cls.agent else False,
                )
                for user in (cls.agent, cls.agent, cls.agent, cls.other, cls.other)
            )
        )
        cls.held(0, cls.a, "5")
        cls.held(0, cls.a, "4", day=9)
        cls.held(1, cls.a, "3")
        cls.lesson(2, cls.a, "missed", day=3)
        cls.held(3, cls.b, "4")
        cls.lesson(3, cls.b, "canceled", day=4)
        cls.lesson(4, cls.b, "planned", day=5)
        (cls.leads[0] | cls.leads[3]).action_set_won()
        # Winning canceled what was planned for those leads only.
        cls.env.flush_all()

    @classmethod
    def lesson(cls, number, teacher, state, day, **values):
        return cls.make_trial(
            cls.leads[number],
            state=state,
            teacher_id=teacher.id,
            start_at=f"2026-02-{day:02} 0{number + 1}:00:00",
            course_id=cls.course.id,
            **values,
        )

    @classmethod
    def held(cls, number, teacher, rating, day=2):
        return cls.lesson(
            number, teacher, "attended", day, **{**GOOD_RESULT, "rating": rating}
        )

    def rows(self, *groupby, user=None):
        report = self.env["edu.trial.report"].with_user(user or self.env.user)
        domain = [("lead_id", "in", self.leads.ids)]
        rows = report._read_group(domain, groupby, MEASURES)
        size = len(groupby)
        return {row[:size]: self.rounded(row[size:]) for row in rows}

    def rounded(self, values):
        return tuple(value and round(value, 4) for value in values)

    # ------------------------------------------------------------------ measures
    def test_by_teacher(self):
        rows = self.rows("teacher_id")
        # lessons, attended, missed | leads: all, attended, enrolled | rates | rating
        self.assertEqual(
            rows[self.a,], (4, 3, 1, 3, 2, 1, 0.75, 0.5, round(1 / 3, 4), 4)
        )
        self.assertEqual(rows[self.b,], (2, 1, 0, 2, 1, 1, 1, 1, 0.5, 4))

    def test_the_total_is_no_average_of_averages(self):
        (total,) = self.rows().values()
        # Attendance 4 of 5, not (0.75 + 1) / 2; enrollment 2 of 3, not (0.5 + 1) / 2.
        self.assertEqual(
            total, (6, 4, 1, 5, 3, 2, 0.8, round(2 / 3, 4), round(2 / 5, 4), 4)
        )

    def test_the_pivots_own_call_says_the_same(self):
        report = self.env["edu.trial.report"]
        domain = [("lead_id", "in", self.leads.ids)]
        total, teachers = report.formatted_read_grouping_sets(
            domain, [[], ["teacher_id"]], MEASURES
        )
        self.assertAlmostEqual(total[0]["enrollment_rate:avg"], 2 / 3)
        self.assertAlmostEqual(total[0]["attendance_rate:avg"], 4 / 5)
        rates = {row["teacher_id"][0]: row["enrollment_rate:avg"] for row in teachers}
        self.assertEqual(rates, {self.a.id: 0.5, self.b.id: 1.0})

    def test_the_measures_are_weighted_without_being_told(self):
        fields = self.env["edu.trial.report"]._fields
        for measure in MEASURES:
            name, aggregator = measure.split(":")
            with self.subTest(measure=name):
                self.assertEqual(fields[name].aggregator, aggregator)

    def test_a_rate_of_nothing_is_empty_and_not_zero(self):
        self.leads = self.leads[4]
        (row,) = self.rows().values()
        self.assertEqual(row[:6], (1, 0, 0, 1, 0, 0))
        self.assertIs(row[6], False)
        self.assertIs(row[7], False)
        self.assertEqual(row[8], 0.0)

    def test_by_source_course_adviser_and_month(self):
        self.assertEqual(self.rows("source_id")[self.flyer,][:3], (4, 3, 1))
        self.assertEqual(self.rows("course_id")[self.course,][0], 6)
        self.assertEqual(self.rows("user_id")[self.other,][0], 2)
        self.assertEqual([row[0] for row in self.rows("start_at:month").values()], [6])
        self.assertEqual([row[0] for row in self.rows("team_id").values()], [6])

    def test_it_agrees_with_the_lessons(self):
        lessons = self.env["edu.trial.lesson"].search(
            [("lead_id", "in", self.leads.ids), ("state", "!=", "canceled")]
        )
        for teacher, own in lessons.grouped("teacher_id").items():
            attended = own.filtered(lambda lesson: lesson.state == "attended")
            missed = own.filtered(lambda lesson: lesson.state == "missed")
            won = attended.lead_id.filtered(lambda lead: lead.won_status == "won")
            row = self.rows("teacher_id")[teacher,]
            self.assertEqual(row[:3], (len(own), len(attended), len(missed)))
            self.assertEqual(
                row[3:6], (len(own.lead_id), len(attended.lead_id), len(won))
            )

    def test_what_was_just_written_is_counted(self):
        self.leads[1].action_set_won()
        self.assertEqual(self.rows("teacher_id")[self.a,][7], 1)

    # ------------------------------------------------------------------ rights
    def test_an_agent_reads_own_lessons(self):
        rows = self.rows("teacher_id", user=self.agent)
        self.assertEqual(
            {key[0].id: row[0] for key, row in rows.items()}, {self.a.id: 4}
        )

    def test_who_manages_or_reads_sees_all(self):
        for role in ("manager", "readonly"):
            (total,) = self.rows(user=self.make_user(role)).values()
            self.assertEqual(total[0], 6)

    def test_a_leader_sees_the_team(self):
        leader = self.make_user("leader")
        team = self.env["crm.team"].create({"name": "North", "user_id": leader.id})
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.agent.id}
        )
        (total,) = self.rows(user=leader).values()
        self.assertEqual(total[0], 4)

    def test_a_line_opens_its_lesson(self):
        line = self.env["edu.trial.report"].search([("lead_id", "=", self.leads[1].id)])
        action = line.action_open_lesson()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("edu.trial.lesson", line.lesson_id.id),
        )
