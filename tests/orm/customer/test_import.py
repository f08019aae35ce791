"""A file of customers loads in one go, or not at all, with each wrong line named."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

FIELDS = [
    "name",
    "ref",
    "is_company",
    "edu_is_customer",
    "edu_stage_ids",
    "edu_type_id",
    "edu_nature_ids",
    "edu_need_ids",
    "edu_tier_id",
    "edu_guardian_link_ids/guardian_id",
    "edu_guardian_link_ids/relation",
    "edu_guardian_link_ids/is_payer",
]


@tagged("post_install", "-at_install")
class TestImport(EduCase):
    def row(self, name, **values):
        defaults = {"name": name, "edu_is_customer": "1"}
        return [{**defaults, **values}.get(field, "") for field in FIELDS]

    def load(self, rows, user=None, fields=FIELDS):
        partners = self.env["res.partner"].with_user(user or self.env.user)
        return partners.load(fields, rows)

    def assertLoads(self, rows, **options):
        result = self.load(rows, **options)
        self.assertFalse(result["messages"])
        return self.env["res.partner"].browse(result["ids"])

    # ------------------------------------------------------------------ what loads
    def test_a_thousand_customers_with_their_families_in_one_go(self):
        """200 guardians first, then 800 learners with two guardians each."""
        rows = [
            self.row(f"Guardian {i:03}", ref=f"G-{i:03}", edu_type_id="public")
            for i in range(200)
        ]
        for i in range(800):
            rows.append(
                self.row(
                    f"Learner {i:03}",
                    edu_stage_ids="primary,secondary",
                    edu_type_id="private",
                    edu_need_ids="primary_quality_resources",
                    edu_tier_id="ordinary",
                    **{
                        # One by name, the other by customer number.
                        "edu_guardian_link_ids/guardian_id": f"Guardian {i % 200:03}",
                        "edu_guardian_link_ids/relation": "mother",
                        "edu_guardian_link_ids/is_payer": "1",
                    },
                )
            )
            second = dict.fromkeys(FIELDS, "")
            second["edu_guardian_link_ids/guardian_id"] = f"G-{(i + 1) % 200:03}"
            second["edu_guardian_link_ids/relation"] = "father"
            rows.append(list(second.values()))
        customers = self.assertLoads(rows, user=self.make_user("agent"))
        self.assertEqual(len(customers), 1000)
        self.assertEqual(len(set(customers.mapped("ref"))), 1000)
        learners = customers[200:]
        self.assertEqual(
            learners.edu_stage_ids, self.stage("primary") | self.stage("secondary")
        )
        self.assertEqual(len(learners.edu_guardian_link_ids), 1600)
        self.assertEqual(
            learners[205].edu_guardian_link_ids.guardian_id.mapped("name"),
            ["Guardian 005", "Guardian 006"],
        )
        self.assertEqual(learners[205].edu_payer_id.name, "Guardian 005")
        self.assertIn(learners[5], learners[205].edu_sibling_ids)

    def test_values_by_code_and_by_name(self):
        by_code, by_name = self.assertLoads(
            [
                self.row(
                    "By code",
                    edu_stage_ids="primary,higher",
                    edu_type_id="international",
                    edu_nature_ids="investment",
                    edu_need_ids="higher_quality_employment",
                    edu_tier_id="vip",
                ),
                self.row(
                    "By name",
                    edu_stage_ids="Primary education customer,"
                    "Higher education customer",
                    edu_type_id="International education customer",
                    edu_nature_ids="Education investment customer",
                    edu_need_ids="higher_quality_employment",
                    edu_tier_id="VIP customer",
                ),
            ]
        )
        for field in (
            "edu_stage_ids",
            "edu_type_id",
            "edu_nature_ids",
            "edu_need_ids",
            "edu_tier_id",
        ):
            with self.subTest(field=field):
                self.assertTrue(by_code[field])
                self.assertEqual(by_code[field], by_name[field])

    def test_a_guardian_already_there_is_found_by_number(self):
        mother = self.make_customer(name="Mother")
        (learner,) = self.assertLoads(
            [
                self.row(
                    "Learner",
                    **{
                        "edu_guardian_link_ids/guardian_id": mother.ref,
                        "edu_guardian_link_ids/relation": "mother",
                    },
                )
            ]
        )
        self.assertEqual(learner.edu_guardian_link_ids.guardian_id, mother)

    def test_imported_links_make_the_natures_too(self):
        mother, learner = self.assertLoads(
            [
                self.row("Imported mother"),
                self.row(
                    "Imported learner",
                    **{
                        "edu_guardian_link_ids/guardian_id": "Imported mother",
                        "edu_guardian_link_ids/relation": "mother",
                    },
                ),
            ]
        )
        self.assertEqual(mother.edu_nature_ids, self.nature("guardian"))
        self.assertEqual(learner.edu_nature_ids, self.nature("learner"))

    def test_what_is_exported_can_be_imported_again(self):
        school = self.make_organization(
            edu_stage_ids=(self.stage("primary") | self.stage("higher")).ids,
            edu_type_id=self.education_type("public").id,
            edu_tier_id=self.tier("main").id,
        )
        fields = ["id", "name", "edu_stage_ids", "edu_type_id", "edu_tier_id"]
        (row,) = school.export_data(fields)["datas"]
        again = self.assertLoads([row], fields=fields)
        self.assertEqual(again, school)
        self.assertEqual(len(again.edu_stage_ids), 2)

    # ------------------------------------------------------------------ what does not
    def assertRefuses(self, rows, lines, text):
        """Nothing is loaded, and each wrong line is reported."""
        names = {row[0] for row in rows if row[0]}
        with mute_logger("odoo.sql_db"):
            result = self.load(rows)
        self.assertFalse(result["ids"])
        errors = [m for m in result["messages"] if m["type"] == "error"]
        self.assertEqual(sorted(m["record"] for m in errors), lines)
        for message in errors:
            self.assertIn(text, message["message"])
        found = self.env["res.partner"].search([("name", "in", list(names))])
        self.assertFalse(found)

    def test_each_wrong_value_is_reported_with_its_line(self):
        rows = [
            self.row(f"Imported {i}", edu_stage_ids="primary", edu_type_id="public")
            for i in range(6)
        ]
        rows[1][FIELDS.index("edu_stage_ids")] = "no such stage"
        rows[4][FIELDS.index("edu_type_id")] = "no such type"
        self.assertRefuses(rows, [1, 4], "No matching record found")

    def test_an_unknown_guardian_is_reported(self):
        rows = [
            self.row("Imported 0"),
            self.row(
                "Imported 1",
                **{
                    "edu_guardian_link_ids/guardian_id": "Nobody of this name",
                    "edu_guardian_link_ids/relation": "mother",
                },
            ),
        ]
        self.assertRefuses(rows, [1], "Nobody of this name")

    def test_an_unknown_relation_is_reported(self):
        mother = self.make_customer()
        row = self.row(
            "Imported",
            **{
                "edu_guardian_link_ids/guardian_id": mother.ref,
                "edu_guardian_link_ids/relation": "neighbour's cat",
            },
        )
        self.assertRefuses([row], [0], "neighbour's cat")

    def test_a_broken_rule_is_reported_and_nothing_loaded(self):
        school = self.make_organization()
        rows = [
            self.row("Imported 0"),
            self.row(
                "Imported 1",
                **{
                    "edu_guardian_link_ids/guardian_id": school.name,
                    "edu_guardian_link_ids/relation": "mother",
                },
            ),
        ]
        with mute_logger("odoo.sql_db"):
            result = self.load(rows)
        self.assertFalse(result["ids"])
        self.assertIn("is an organization", result["messages"][0]["message"])
        found = self.env["res.partner"].search([("name", "=like", "Imported _")])
        self.assertFalse(found)

    def test_who_only_reads_loads_nothing(self):
        reader = self.make_user("readonly")
        with mute_logger("odoo.addons.base.models.ir_model"):
            result = self.load([self.row("Imported")], user=reader)
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
