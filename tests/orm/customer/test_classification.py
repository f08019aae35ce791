"""Stage, type and nature are independent axes; the chatter tells their changes."""

from odoo import Command
from odoo.tests import Form, tagged

from ..common import EduCase

TRACKING = {"tracking_disable": False, "mail_notrack": False}


@tagged("post_install", "-at_install")
class TestClassification(EduCase):
    def found_by(self, field, value):
        return self.env["res.partner"].search([(field, "=", value.id)])

    def test_one_customer_has_a_value_on_each_axis(self):
        """CLS-04: secondary + private + institution is found under all three."""
        school = self.make_organization(
            edu_stage_ids=self.stage("secondary").ids,
            edu_type_id=self.education_type("private").id,
            edu_nature_ids=self.nature("institution").ids,
        )
        self.assertIn(school, self.found_by("edu_stage_ids", self.stage("secondary")))
        self.assertIn(
            school, self.found_by("edu_type_id", self.education_type("private"))
        )
        self.assertIn(
            school, self.found_by("edu_nature_ids", self.nature("institution"))
        )

    def test_a_customer_of_several_stages_is_found_under_each(self):
        stages = self.stage("primary") | self.stage("secondary")
        school = self.make_organization(edu_stage_ids=stages.ids)
        for stage in stages:
            self.assertIn(school, self.found_by("edu_stage_ids", stage))
        other = self.stage("higher")
        self.assertNotIn(school, self.found_by("edu_stage_ids", other))

    def test_an_axis_is_changed_without_the_others(self):
        school = self.make_organization(
            edu_stage_ids=self.stage("secondary").ids,
            edu_type_id=self.education_type("private").id,
            edu_nature_ids=self.nature("institution").ids,
        )
        school.edu_type_id = self.education_type("public")
        self.assertEqual(school.edu_stage_ids, self.stage("secondary"))
        self.assertEqual(school.edu_nature_ids, self.nature("institution"))

    def test_persons_and_organizations_are_counted_by_each_axis(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        self.make_customer(edu_stage_ids=stage.ids)
        self.make_organization(edu_stage_ids=stage.ids)
        groups = self.env["res.partner"]._read_group(
            [("edu_stage_ids", "=", stage.id)], ["edu_stage_ids"], ["__count"]
        )
        self.assertEqual(groups, [(stage, 2)])

    def test_the_tier_brings_the_attitude_to_losing_the_customer(self):
        customer = self.make_customer(edu_tier_id=self.tier("vip").id)
        self.assertEqual(customer.edu_loss_attitude, "utmost")
        customer.edu_tier_id = self.tier("small")
        self.assertEqual(customer.edu_loss_attitude, "mostly_give_up")

    # ------------------------------------------------------------------ customers
    def test_classifying_a_contact_makes_it_a_customer(self):
        values = {
            "edu_stage_ids": [Command.set(self.stage("primary").ids)],
            "edu_type_id": self.education_type("public").id,
            "edu_nature_ids": [Command.set(self.nature("investment").ids)],
            "edu_tier_id": self.tier("vip").id,
        }
        for name, value in values.items():
            with self.subTest(field=name):
                self.assertTrue(self.make_person(**{name: value}).edu_is_customer)
                later = self.make_person()
                self.assertFalse(later.edu_is_customer)
                later[name] = self.make_person(**{name: value})[name]
                self.assertTrue(later.edu_is_customer)

    def test_a_plain_contact_is_no_customer(self):
        self.assertFalse(self.make_person().edu_is_customer)

    def test_a_customer_stays_one_without_classification(self):
        customer = self.make_customer(edu_stage_ids=self.stage("primary").ids)
        customer.edu_stage_ids = False
        self.assertTrue(customer.edu_is_customer)

    # ------------------------------------------------------------------ needs
    def test_needs_of_a_removed_stage_go_with_it(self):
        """The form is an agent's, who may not read everything."""
        customer = self.make_customer(
            edu_stage_ids=(self.stage("primary") | self.stage("secondary")).ids,
            edu_need_ids=(
                self.need("primary_quality_resources")
                | self.need("secondary_mental_health")
            ).ids,
        )
        with Form(customer.with_user(self.make_user("agent"))) as form:
            form.edu_stage_ids.remove(id=self.stage("primary").id)
        self.assertEqual(customer.edu_need_ids, self.need("secondary_mental_health"))

    def test_needs_stay_when_a_stage_is_added(self):
        need = self.need("primary_quality_resources")
        customer = self.make_customer(
            edu_stage_ids=need.stage_id.ids, edu_need_ids=need.ids
        )
        with Form(customer.with_user(self.make_user("agent"))) as form:
            form.edu_stage_ids.add(self.stage("higher"))
        self.assertEqual(customer.edu_need_ids, need)

    # ------------------------------------------------------------------ chatter
    def tracked(self, customer, **values):
        """Return ``{field: (old, new)}`` of what the chatter says after a change."""
        customer = customer.with_context(**TRACKING)
        self.flush_tracking()
        customer.write(values)
        self.flush_tracking()
        rows = customer.message_ids.sudo().tracking_value_ids
        result = {}
        for row in rows:
            old, new = row.old_value_char, row.new_value_char
            result[row.field_id.name] = (old or "", new or "")
        return result

    def test_a_change_of_stage_is_told_with_old_and_new_value(self):
        """CLS-22: the chatter shows "Stage: primary -> secondary"."""
        customer = self.make_customer(edu_stage_ids=self.stage("primary").ids)
        told = self.tracked(
            customer, edu_stage_ids=[Command.set(self.stage("secondary").ids)]
        )
        self.assertEqual(
            told["edu_stage_ids"],
            (self.stage("primary").name, self.stage("secondary").name),
        )

    def test_a_change_of_type_and_nature_is_told(self):
        customer = self.make_customer(edu_type_id=self.education_type("public").id)
        told = self.tracked(
            customer,
            edu_type_id=self.education_type("online").id,
            edu_nature_ids=[Command.set(self.nature("investment").ids)],
        )
        self.assertEqual(
            told["edu_type_id"],
            (self.education_type("public").name, self.education_type("online").name),
        )
        self.assertEqual(told["edu_nature_ids"], ("", self.nature("investment").name))

    def test_a_change_of_tier_and_owner_is_told(self):
        owner = self.make_user("agent")
        customer = self.make_customer(edu_tier_id=self.tier("small").id)
        told = self.tracked(customer, edu_tier_id=self.tier("vip").id, user_id=owner.id)
        self.assertEqual(
            told["edu_tier_id"], (self.tier("small").name, self.tier("vip").name)
        )
        self.assertEqual(told["user_id"], ("", owner.name))

    def test_the_chatter_says_who_changed_it(self):
        agent = self.make_user("agent")
        customer = self.make_customer(edu_tier_id=self.tier("small").id)
        self.flush_tracking()
        customer.with_user(agent).with_context(**TRACKING).edu_tier_id = self.tier(
            "vip"
        )
        self.flush_tracking()
        message = customer.message_ids.filtered("tracking_value_ids")
        self.assertEqual(message.author_id, agent.partner_id)

    def test_who_has_no_role_does_not_read_the_change(self):
        """What a salesperson may not read on the form stays hidden in the chatter."""
        customer = self.make_customer(edu_tier_id=self.tier("small").id)
        self.tracked(customer, edu_tier_id=self.tier("vip").id)
        message = customer.message_ids.filtered("tracking_value_ids")
        salesperson = self.make_user("salesperson")
        values = message.sudo().tracking_value_ids
        self.assertTrue(values)
        self.assertFalse(
            values._filter_has_field_access(message.with_user(salesperson).env)
        )
