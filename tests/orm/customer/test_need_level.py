from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestNeedLevel(EduCase):
    def test_needs_are_grouped_by_level(self):
        needs = self.env["edu.need"].search([], limit=2)
        needs[0].level, needs[1].level = "esteem", "safety"
        groups = needs._read_group(
            [("id", "in", needs.ids)], ["level"], ["id:recordset"]
        )
        self.assertEqual(dict(groups), {"esteem": needs[0], "safety": needs[1]})

    def test_the_levels_are_the_five_of_the_catalogue(self):
        levels = [
            code for code, _label in self.env["edu.need"]._fields["level"].selection
        ]
        self.assertEqual(
            levels,
            ["physiological", "safety", "social", "esteem", "self_actualisation"],
        )
