"""Each role may do what it needs; who has none sees the contact as before."""

from lxml import etree

from odoo import Command
from odoo.tests import Form, tagged

from ..common import EduCase

MODELS = [
    "edu.stage",
    "edu.education.type",
    "edu.customer.nature",
    "edu.need",
    "edu.customer.tier",
    "edu.guardianship",
    "edu.duplicate",
    "edu.customer.report",
    "edu.job.failure",
    "edu.contact.log",
]

# Who said what of us.
LEADERS_ONLY = {"edu_score_count"}


@tagged("post_install", "-at_install")
class TestAccess(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            name="Wang", edu_stage_ids=cls.stage("primary").ids
        )
        cls.mother = cls.make_person(name="Mother")
        cls.guardianship = cls.link(cls.mother, cls.customer)

    def edu_fields(self):
        fields = {n for n in self.env["res.partner"]._fields if n.startswith("edu_")}
        return sorted(fields - LEADERS_ONLY)

    # ------------------------------------------------------------------ models
    def assertRights(self, role, expected):
        user = self.make_user(role)
        found = {model: self.rights(user, model) for model in MODELS}
        self.assertEqual(found, dict(zip(MODELS, expected, strict=True)))

    def test_rights_of_who_only_reads(self):
        self.assertRights("readonly", ["r"] * 8 + ["", ""])

    def test_rights_of_an_agent(self):
        self.assertRights("agent", ["r"] * 5 + ["rwcd", "rw", "r", "", "rwc"])

    def test_rights_of_a_leader(self):
        self.assertRights("leader", ["r"] * 5 + ["rwcd", "rw", "r", "", "rwc"])

    def test_rights_of_a_manager(self):
        self.assertRights("manager", ["rwcd"] * 6 + ["rw", "r", "rd", "rwc"])

    def test_nobody_else_has_any(self):
        for role in ("employee", "salesperson", "contact_creator", "portal"):
            with self.subTest(role=role):
                self.assertRights(role, [""] * len(MODELS))

    # ------------------------------------------------------------------ read-only
    def test_who_only_reads_reads_everything_of_a_customer(self):
        reader = self.make_user("readonly")
        (values,) = self.customer.with_user(reader).read(self.edu_fields())
        self.assertEqual(values["edu_stage_ids"], self.stage("primary").ids)

    def test_who_only_reads_changes_nothing(self):
        customer = self.customer.with_user(self.make_user("readonly"))
        self.assertRefused(customer.write, {"edu_interests": "Robots"})
        self.assertRefused(customer.write, {"name": "Renamed"})
        self.assertRefused(customer.create, {"name": "New"})
        self.assertRefused(customer.unlink)
        self.assertRefused(customer.action_edu_verify)
        self.assertRefused(self.guardianship.with_env(customer.env).unlink)

    def test_reading_with_contact_creation_still_changes_no_education_field(self):
        """The role decides, whatever other rights the user has on contacts."""
        reader = self.make_user("readonly")
        reader.group_ids += self.env.ref("base.group_partner_manager")
        customer = self.customer.with_user(reader)
        customer.name = "Renamed"
        for values in (
            {"edu_interests": "Robots"},
            {"edu_tier_id": self.tier("vip").id},
            {"edu_stage_ids": [Command.clear()]},
        ):
            with self.subTest(values=values):
                self.assertRefused(customer.write, values)
        self.assertRefused(customer.create, {"name": "New", "edu_interests": "Robots"})

    # ------------------------------------------------------------------ agents and up
    def test_an_agent_keeps_customers(self):
        partners = self.env["res.partner"].with_user(self.make_user("agent"))
        customer = partners.create(
            {"name": "New", "edu_stage_ids": [Command.set(self.stage("primary").ids)]}
        )
        customer.write({"edu_interests": "Robots", "edu_tier_id": self.tier("vip").id})
        customer.action_edu_verify()
        link = self.env["edu.guardianship"].with_env(partners.env)
        link = link.create({"guardian_id": self.mother.id, "learner_id": customer.id})
        link.is_payer = True
        self.assertEqual(customer.edu_payer_id, self.mother)
        link.unlink()
        self.assertRegex(customer.ref, r"^C\d{6}$")

    def test_an_agent_keeps_customers_on_the_form(self):
        partners = self.env["res.partner"].with_user(self.make_user("agent"))
        with Form(partners) as form:
            form.name = "New"
            form.edu_stage_ids.add(self.stage("primary"))
            form.edu_interests = "Robots"
        self.assertTrue(form.record.edu_is_customer)

    def test_an_agent_does_not_configure(self):
        agent = self.make_user("agent")
        stage = self.stage("primary").with_user(agent)
        self.assertRefused(stage.write, {"name": "Renamed"})
        self.assertRefused(stage.create, {"name": "New"})
        self.assertRefused(stage.unlink)

    def test_neither_agent_nor_leader_deletes_customers(self):
        customer = self.make_customer()
        for role in ("agent", "leader"):
            with self.subTest(role=role):
                self.assertRefused(customer.with_user(self.make_user(role)).unlink)

    def test_a_manager_deletes_customers_and_configures(self):
        manager = self.make_user("manager")
        customer = self.make_customer()
        customer.with_user(manager).unlink()
        self.assertFalse(customer.exists())
        stage = self.env["edu.stage"].with_user(manager).create({"name": "New"})
        stage.name = "Renamed"
        stage.unlink()

    def test_a_group_of_duplicates_is_changed_by_its_buttons_only(self):
        agent = self.make_user("agent")
        self.make_people(2, email="twin@example.com")
        self.scan()
        group = self.env["edu.duplicate"].search([("key", "=", "twin@example.com")])
        self.assertRefused(group.with_user(self.make_user("readonly")).action_ignore)
        group.with_user(agent).action_ignore()
        self.assertEqual(group.state, "ignored")
        self.assertRefused(group.with_user(agent).unlink)

    # ------------------------------------------------------------------ nobody's role
    def test_a_salesperson_sees_no_education_field(self):
        partners = self.env["res.partner"].with_user(self.make_user("salesperson"))
        shown = partners.fields_get()
        self.assertFalse([name for name in shown if name.startswith("edu_")])
        customer = self.customer.with_env(partners.env)
        for name in self.edu_fields():
            with self.subTest(field=name):
                self.assertRefused(customer.read, [name])

    def test_a_salesperson_cannot_search_or_group_by_one(self):
        partners = self.env["res.partner"].with_user(self.make_user("salesperson"))
        self.assertRefused(partners.search, [("edu_interests", "ilike", "Robots")])
        self.assertRefused(partners.formatted_read_group, [], ["edu_type_id"])

    def test_the_form_of_a_salesperson_shows_none(self):
        partners = self.env["res.partner"].with_user(self.make_user("salesperson"))
        arch = etree.fromstring(partners.get_view(view_type="form")["arch"])
        names = [element.get("name", "") for element in arch.iter("field", "button")]
        self.assertIn("phone", names)
        self.assertFalse([name for name in names if "edu_" in name])

    def test_a_salesperson_keeps_contacts_as_before(self):
        partners = self.env["res.partner"].with_user(self.make_user("salesperson"))
        contact = partners.create({"name": "New", "phone": "+86 138 1234 5678"})
        contact.write({"name": "Renamed", "email": "new@example.com"})
        self.assertFalse(contact.ref)
        with Form(contact) as form:
            form.city = "Beijing"
        self.assertEqual(contact.city, "Beijing")

    def test_a_salesperson_works_on_customers_of_education_as_before(self):
        """Its stored education values follow, though the salesperson reads none."""
        customer = self.make_customer(edu_birth_date="2000-01-01")
        before = customer.edu_completeness
        mine = customer.with_user(self.make_user("salesperson"))
        with Form(mine) as form:
            form.phone = "+86 138 1234 5678"
            form.city = "Beijing"
        mine.write({"is_company": True})
        mine.write({"is_company": False})
        mine.action_archive()
        mine.action_unarchive()
        self.assertGreater(customer.edu_completeness, before)

    def test_a_salesperson_copies_and_lists_customers_as_before(self):
        mine = self.customer.with_user(self.make_user("salesperson"))
        self.assertTrue(mine.copy())
        self.assertTrue(mine.web_search_read([], {"name": {}, "phone": {}}, limit=5))

    def test_portal_sees_nothing_of_it(self):
        user = self.make_user("portal")
        partner = user.partner_id
        partner.edu_interests = "Robots"
        mine = partner.with_user(user)
        self.assertTrue(mine.name)
        self.assertRefused(mine.read, ["edu_interests"])
        self.assertRefused(mine.write, {"edu_interests": "Chess"})
        self.assertRefused(self.env["edu.guardianship"].with_user(user).search, [])
