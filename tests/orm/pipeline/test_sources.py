"""Where prospects come from, and what that costs."""

from ast import literal_eval

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE, EduCase

FOUR = ["online_ads", "content_marketing", "partner_channel", "social_recommendation"]
ONLINE = ["search_engine", "industry_website", "online_ads", "yellow_pages"]
ONLINE += ["own_homepage", "online_promotion", "merchant_im", "reverse_search"]
OFFLINE = ["education_expo", "lecture", "consultation_session"]


@tagged("post_install", "-at_install")
class TestSources(EduCase):
    def source(self, code):
        return self.env.ref(f"{MODULE}.utm_source_{code}")

    # ------------------------------------------------------------------ lists
    def test_the_sources_of_the_documents_are_there(self):
        """LEAD-01, LEAD-14, LEAD-15."""
        for code in {*FOUR, *ONLINE, *OFFLINE}:
            with self.subTest(source=code):
                self.assertEqual(self.source(code).display_name, self.source(code).name)

    def test_leads_are_grouped_by_source_and_by_route(self):
        """LEAD-01, LEAD-15."""
        for code in (*FOUR, *OFFLINE):
            self.make_prospect(source_id=self.source(code).id)
        leads = self.env["crm.lead"]
        mine = [("source_id", "in", [self.source(c).id for c in (*FOUR, *OFFLINE)])]
        by_source = dict(leads._read_group(mine, ["source_id"], ["__count"]))
        self.assertEqual(set(by_source.values()), {1})
        routes = dict(leads._read_group(mine, ["edu_source_route"], ["__count"]))
        self.assertEqual(routes, {"online": 3, "third_party": 1, "offline": 3})

    def test_a_source_is_shown_in_the_language_of_the_user(self):
        source = self.source("lecture")
        source.with_context(lang="zh_CN").edu_label = "讲座"
        self.assertEqual(source.with_context(lang="zh_CN").display_name, "讲座")
        self.assertEqual(source.display_name, "Lecture")
        found = self.env["utm.source"].with_context(lang="zh_CN").name_search("讲座")
        self.assertEqual(found, [(source.id, "讲座")])

    def test_a_renamed_source_shows_its_new_name(self):
        source = self.source("lecture")
        source.with_user(self.make_user("employee")).name = "Open evening"
        self.assertEqual(source.display_name, "Open evening")

    def test_sources_of_the_host_are_as_before(self):
        source = self.env.ref("utm.utm_source_referral")
        self.assertEqual(source.display_name, source.name)
        self.assertFalse(source.edu_label)

    # ------------------------------------------------------------------ channels
    def test_leads_of_every_channel_stand_in_one_list(self):
        """LEAD-02."""
        action = self.env.ref(f"{MODULE}.crm_lead_action_prospects")
        team = self.team()
        team.alias_id.alias_defaults = str(
            {"team_id": team.id, "source_id": self.source("official_website").id}
        )
        mail = self.env["crm.lead"].message_new(
            {"subject": "Robots?", "from": "li@example.com", "body": "", "to": ""},
            {"team_id": team.id, "source_id": self.source("official_website").id},
        )
        typed = self.make_prospect(source_id=self.source("lecture").id)
        unassigned = self.make_lead(
            self.env["res.partner"],
            team_id=False,
            user_id=False,
            edu_stage_ids=self.stage("primary").ids,
            source_id=self.source("online_questionnaire").id,
        )
        other = self.make_lead(self.env["res.partner"])
        listed = self.env["crm.lead"].search(literal_eval(action.domain))
        self.assertLessEqual(mail | typed | unassigned, listed)
        self.assertNotIn(other, listed)
        self.assertTrue(all((mail | typed | unassigned).mapped("source_id")))

    def test_a_campaign_shows_its_leads_and_what_they_brought(self):
        """LEAD-04."""
        campaign = self.env["utm.campaign"].create({"name": "Summer"})
        lead = self.make_prospect(campaign_id=campaign.id, partner_id=False)
        lead.partner_id = self.make_customer()
        order = self.make_order(
            lead.partner_id, opportunity_id=lead.id, campaign_id=campaign.id
        )
        order._create_invoices().action_post()
        self.assertEqual(campaign.crm_lead_count, 1)
        self.assertEqual(campaign.quotation_count, 1)
        self.assertEqual(campaign.invoiced_amount, 100)

    # ------------------------------------------------------------------ costs
    def cost(self, **values):
        return self.env["edu.acquisition.cost"].create(
            {"source_id": self.source("online_ads").id, "amount": 500, **values}
        )

    def test_a_cost_is_booked_in_the_currency_of_its_company(self):
        euro = self.env.ref("base.EUR")
        company = self.make_company(currency_id=euro.id)
        self.env.user.company_ids |= company
        self.assertEqual(self.cost(company_id=company.id).currency_id, euro)

    def test_a_cost_is_above_zero(self):
        for amount in (0, -1):
            with (
                mute_logger("odoo.sql_db"),
                self.subTest(amount=amount),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.cost(amount=amount)
                self.env.flush_all()
