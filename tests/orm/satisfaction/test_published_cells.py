"""An anonymous wave tells its figures when it is closed, and none of few people."""

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .anonymity import AnonymityCase


@tagged("post_install", "-at_install")
class TestPublishedCells(AnonymityCase):
    def fill(self, wave=None, **counts):
        """Let so many people of each stage answer; all of a stage say the same."""
        wave = wave or self.wave
        values = {"primary": 4, "secondary": 2, "higher": 1}
        for stage, count in counts.items():
            for _number in range(count):
                self.make_fact(wave, stage, values[stage])

    def make_fact(self, wave, stage, value, **values):
        score = rule.normalise(value, 1, 5)
        self.env["edu.satisfaction.score"].sudo().create(
            {
                "wave_id": wave.id,
                "company_id": wave.company_id.id,
                "date": wave.date_start,
                "source": "survey",
                "dimension": rule.OVERALL,
                "experience": score,
                "has_experience": True,
                "stage_id": self.stage(stage).id,
                "is_anonymous": wave.is_anonymous,
                **values,
            }
        )

    def close(self):
        self.env.flush_all()
        self.wave.state = "closed"

    def shown(self, groupby="stage_id"):
        """Return number and mean of the cells shown, by the stage's code."""
        stages = self.env["edu.stage"]
        return {
            key and stages.browse(key).code: figures
            for key, figures in self.published(groupby).get(rule.OVERALL, {}).items()
        }

    def test_nothing_is_told_while_it_is_open(self):
        self.fill(primary=9)
        self.assertEqual(self.published(), {})
        self.assertEqual(self.published("stage_id"), {})
        self.close()
        self.assertEqual(self.shown(None), {None: (9, 75)})

    def test_four_answers_are_too_few(self):
        self.fill(primary=4)
        self.close()
        self.assertEqual(self.shown(None), {})
        self.assertEqual(self.shown(), {})

    def test_five_are_enough(self):
        self.fill(primary=5)
        self.close()
        self.assertEqual(self.shown(), {"primary": (5, 75)})

    def test_a_small_cell_is_hidden_and_so_is_what_it_follows_from(self):
        self.fill(primary=9, secondary=6, higher=2)
        self.close()
        self.assertEqual(self.shown(None)[None][0], 17)
        self.assertEqual(self.shown(), {"primary": (9, 75)})

    def test_who_has_no_stage_is_a_cell_as_well(self):
        self.fill(primary=9)
        self.make_fact(self.wave, "primary", 1, stage_id=False)
        self.close()
        self.assertEqual(self.shown(), {})

    def test_another_characteristic_is_not_told(self):
        self.fill(primary=9)
        self.close()
        for name in ("type_id", "tier_id", "course_id", "team_id", "role", "method"):
            self.assertEqual(self.published(name), {})

    def test_a_dimension_few_answered_is_hidden_in_itself(self):
        self.fill(primary=9)
        for _number in range(4):
            self.make_fact(self.wave, "primary", 1, dimension=rule.PRICE)
        self.close()
        self.assertEqual(self.published(), {rule.OVERALL: {None: (9, 75)}})

    def test_each_measure_counts_its_own_answers(self):
        self.fill(primary=5)
        self.make_fact(self.wave, "primary", 3, expectation=50, has_expectation=True)
        self.close()
        self.assertIn(rule.OVERALL, self.published())
        self.assertEqual(self.published(measure="expectation"), {})

    def test_whether_a_page_may_show_figures_of_all(self):
        for _number in range(4):
            self.respond(self.make_respondent())
        self.assertFalse(self.wave._may_publish())
        self.respond(self.make_respondent())
        self.assertFalse(self.wave._may_publish())
        self.close()
        self.assertTrue(self.wave._may_publish())
