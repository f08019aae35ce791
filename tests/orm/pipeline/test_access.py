"""Each role sees and changes in the pipeline what it needs."""

from odoo.tests import tagged

from ..common import MODULE, EduCase

RIGHTS = {
    "edu.acquisition.cost": {
        "readonly": "r",
        "agent": "r",
        "leader": "r",
        "manager": "rwcd",
        "salesperson": "",
        "employee": "",
        "portal": "",
    },
}


@tagged("post_install", "-at_install")
class TestAccess(EduCase):
    def test_rights_on_our_models(self):
        for model, roles in RIGHTS.items():
            for role, letters in roles.items():
                with self.subTest(model=model, role=role):
                    user = self.make_user(role)
                    self.assertEqual(self.rights(user, model), letters)

    def test_costs_belong_to_a_company(self):
        company = self.make_company()
        source = self.env.ref(f"{MODULE}.utm_source_lecture")
        cost = self.env["edu.acquisition.cost"].create(
            {"source_id": source.id, "amount": 10, "company_id": company.id}
        )
        here, there = (
            self.make_user("manager"),
            self.make_user("manager", company=company),
        )
        costs = self.env["edu.acquisition.cost"]
        self.assertFalse(costs.with_user(here).search([("id", "=", cost.id)]))
        self.assertEqual(costs.with_user(there).search([("id", "=", cost.id)]), cost)
        self.assertRefused(cost.with_user(here).write, {"amount": 20})

    def test_an_agent_sees_own_leads_and_those_without_owner(self):
        """PIPE-01."""
        agent, colleague = self.make_user("agent"), self.make_user("agent")
        own = self.make_prospect(user_id=agent.id)
        free = self.make_prospect(user_id=False)
        theirs = self.make_prospect(user_id=colleague.id)
        leads = own | free | theirs
        seen = self.env["crm.lead"].with_user(agent).search([("id", "in", leads.ids)])
        self.assertEqual(seen, own | free)
        self.assertRefused(theirs.with_user(agent).write, {"name": "Mine"})

    def test_an_agent_fills_in_the_education_fields(self):
        agent = self.make_user("agent")
        lead = self.make_prospect(user_id=agent.id).with_user(agent)
        lead.write({"edu_learning_goal": "Gaokao", "edu_has_wish": True})
        self.assertEqual(lead.edu_learning_goal, "Gaokao")

    def test_a_salesperson_without_role_does_not(self):
        user = self.make_user("salesperson")
        lead = self.make_prospect(user_id=user.id).with_user(user)
        self.assertRefused(lead.write, {"edu_learning_goal": "Gaokao"})
        self.assertRefused(lead.read, ["edu_learning_goal"])

    def test_who_only_reads_has_no_leads(self):
        leads = self.env["crm.lead"].with_user(self.make_user("readonly"))
        self.assertFalse(leads.has_access("read"))

    def test_only_roles_change_what_we_add_to_lists_of_the_host(self):
        user = self.make_user("salesperson")
        user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        for record, name in (
            (self.step("trial"), "edu_role"),
            (self.team(), "edu_is_education"),
            (self.env.ref("crm.lost_reason_1"), "edu_is_education"),
            (self.env.ref("utm.utm_source_referral"), "edu_route"),
        ):
            with self.subTest(field=str(record._fields[name])):
                record.with_user(user).read([name])
                self.assertRefused(record.with_user(user).write, {name: False})
