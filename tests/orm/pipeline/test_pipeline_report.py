"""The pipeline report says what the history of each lead says."""

from odoo.tests import tagged

from .history import HistoryCase


@tagged("post_install", "-at_install")
class TestPipelineReport(HistoryCase):
    def lines(self, lead=None):
        """Return the lines of the leads as {step: line}."""
        leads = self.leads if lead is None else lead
        lines = self.report("edu.pipeline.report").search(
            [("lead_id", "in", leads.ids)]
        )
        self.assertEqual(len(lines), len(set(lines.mapped("stage_id"))))
        return {line.edu_step: line for line in lines}

    def outcomes(self, lead=None):
        return {step: line.outcome for step, line in self.lines(lead).items()}

    def days(self, lead=None):
        return {step: round(line.days, 3) for step, line in self.lines(lead).items()}

    # ------------------------------------------------------------------ time
    def test_a_new_lead_is_in_its_first_stage(self):
        lead = self.walk(started=3)
        lines = self.lines()
        self.assertEqual(list(lines), ["prospect"])
        line = lines["prospect"]
        self.assertEqual(line.lead_id, lead)
        self.assertEqual(line.outcome, "open")
        self.assertTrue(line.is_current)
        self.assertAlmostEqual(line.days, 3, places=3)
        self.assertEqual((line.entered_at, line.left_at), (self.ago(3), False))

    def test_each_stage_lasts_until_the_next_one(self):
        """PIPE-30."""
        self.walk((20, "consulting"), (14, "trial"), (4, "signing"))
        self.assertEqual(
            self.days(), {"prospect": 10, "consulting": 6, "trial": 10, "signing": 4}
        )
        trial = self.lines()["trial"]
        self.assertEqual((trial.entered_at, trial.left_at), (self.ago(14), self.ago(4)))

    def test_it_agrees_with_the_hosts_duration(self):
        """PIPE-30: one definition."""
        lead = self.walk(
            (20, "consulting"), (14, "trial"), (12, "consulting"), (2, "payment")
        )
        seconds = lead.duration_tracking
        lines = self.lines()
        self.assertEqual(len(lines), len(seconds))
        for step, line in lines.items():
            with self.subTest(step=step):
                self.assertAlmostEqual(
                    line.days * 86400, seconds[str(line.stage_id.id)], delta=2
                )

    def test_two_stays_in_a_stage_are_one_line(self):
        self.walk((20, "consulting"), (14, "trial"), (12, "consulting"))
        self.assertEqual(self.days(), {"prospect": 10, "consulting": 18, "trial": 2})
        consulting = self.lines()["consulting"]
        self.assertEqual(consulting.entered_at, self.ago(20))
        self.assertFalse(consulting.left_at)

    def test_a_lost_lead_stayed_until_it_was_lost(self):
        self.walk((20, "consulting"), lost=15)
        self.assertEqual(self.days(), {"prospect": 10, "consulting": 5})
        self.assertEqual(self.lines()["consulting"].left_at, self.ago(15))

    def test_who_is_enrolled_has_arrived(self):
        self.walk((20, "signing"), (5, "enrolled"))
        lines = self.lines()
        self.assertEqual(
            self.outcomes(),
            {"prospect": "advanced", "signing": "advanced", "enrolled": "won"},
        )
        self.assertEqual(lines["enrolled"].days, 0)
        self.assertEqual(lines["enrolled"].won_at, self.ago(5))
        ((days, rate),) = (
            self.report("edu.pipeline.report")
            .browse(lines["enrolled"].id)
            ._read_group(
                [("id", "=", lines["enrolled"].id)],
                [],
                ["days:avg", "conversion_rate:avg"],
            )
        )
        self.assertEqual((days, rate), (False, False), "no figure rather than zero")

    # ------------------------------------------------------------------ outcome
    def test_a_stage_passed_over_has_no_line(self):
        self.walk((10, "signing"))
        self.assertEqual(self.outcomes(), {"prospect": "advanced", "signing": "open"})

    def test_a_lead_moved_back_is_open_where_it_is(self):
        self.walk((20, "trial"), (10, "consulting"))
        self.assertEqual(
            self.outcomes(),
            {"prospect": "advanced", "trial": "back", "consulting": "open"},
        )

    def test_a_lead_that_returned_and_went_on_moved_on(self):
        self.walk((20, "trial"), (10, "consulting"), (8, "trial"), (3, "signing"))
        self.assertEqual(
            self.outcomes(),
            {
                "prospect": "advanced",
                "trial": "advanced",
                "consulting": "advanced",
                "signing": "open",
            },
        )

    def test_a_lead_drops_out_where_it_is_lost(self):
        """PIPE-30."""
        self.walk((20, "trial"), (10, "consulting"), lost=5)
        self.assertEqual(
            self.outcomes(),
            {"prospect": "advanced", "trial": "back", "consulting": "lost"},
        )

    def test_a_lead_restored_is_open_again(self):
        lead = self.walk((20, "trial"), lost=10)
        lead.action_unarchive()
        self.flush_tracking()
        self.assertEqual(self.outcomes(), {"prospect": "advanced", "trial": "open"})
        self.assertEqual(self.days()["trial"], 20)

    def test_the_limit_of_the_stage_is_the_hosts(self):
        """PIPE-30."""
        late = self.walk(started=4)  # the limit of Prospect is three days
        early = self.walk(started=2)
        won = self.walk((20, "enrolled"))
        lost = self.walk(lost=1)
        for lead in late | early | won | lost:
            with self.subTest(lead=lead.won_status):
                lines = self.report("edu.pipeline.report").search(
                    [("lead_id", "=", lead.id)]
                )
                self.assertEqual(sum(lines.mapped("rotting_count")), lead.is_rotting)
        self.assertTrue(late.is_rotting)

    # ------------------------------------------------------------------ which leads
    def test_leads_of_other_teams_are_no_part_of_it(self):
        sales = self.env["crm.team"].create({"name": "Corporate sales"})
        other = self.make_lead(self.env["res.partner"], team_id=sales.id)
        gone = self.walk((10, "trial"))
        gone.team_id = sales
        self.flush_tracking()
        self.assertFalse(self.lines(other | gone))

    def test_a_lead_that_comes_from_another_team_begins_where_it_came_in(self):
        sales = self.env["crm.team"].create({"name": "Corporate sales"})
        lead = self.make_lead(self.env["res.partner"], team_id=sales.id)
        self.flush_tracking()
        self.backdate(lead, 30, "create_date")
        self.move(lead, 12, team_id=self.team().id)
        self.move(lead, 4, stage_id=self.step("consulting").id)
        self.assertEqual(self.days(lead), {"prospect": 8, "consulting": 4})

    def test_a_change_between_education_teams_is_no_change_of_stage(self):
        lead = self.walk((20, "consulting"))
        lead.team_id = self.team("career")
        self.flush_tracking()
        self.assertEqual(self.days(), {"prospect": 10, "consulting": 20})
        lines = self.lines()
        self.assertEqual(lines["prospect"].team_id, self.team("career"))

    def test_an_archived_lead_counts_only_if_it_was_lost_or_won(self):
        put_away = self.walk((20, "trial"), lost=5)
        put_away.probability = 30
        self.flush_tracking()
        self.assertEqual(put_away.won_status, "pending")
        self.assertFalse(self.lines(put_away))

    def test_merged_leads_never_took_less_than_no_time(self):
        older = self.walk((25, "consulting"), (20, "trial"), contact_name="Chen")
        newer = self.walk((8, "consulting"), started=10, contact_name="Chen")
        merged = (older | newer).merge_opportunity()
        self.flush_tracking()
        for line in self.lines(merged).values():
            self.assertGreaterEqual(line.days, 0)

    # ------------------------------------------------------------------ drill-down
    def test_a_line_opens_its_lead(self):
        lead = self.walk()
        action = self.lines()["prospect"].action_open_lead()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", lead.id))

    def test_several_lines_open_the_list_of_their_leads(self):
        lost = self.walk((20, "trial"), lost=10)
        won = self.walk((20, "enrolled"))
        lines = self.report("edu.pipeline.report").search(
            [("lead_id", "in", self.leads.ids)]
        )
        action = lines.action_open_leads()
        found = (
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .search(action["domain"])
        )
        self.assertEqual(found, lost | won)
