"""The source report: what each source brings, what it costs, what comes back."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .history import HistoryCase

MEASURES = [
    "lead_count:count_distinct",
    "won_count:count_distinct",
    "enrollment_rate:avg",
    "won_revenue:sum",
    "cost:sum",
    "cost_per_lead:avg",
    "cost_per_enrollment:avg",
    "return_rate:avg",
]
COST = "cost:sum"


@tagged("post_install", "-at_install")
class TestSourceReport(HistoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fair, cls.ads, cls.press = cls.env["utm.source"].create(
            [
                {"name": "Open day", "edu_route": "offline"},
                {"name": "Search ads", "edu_route": "online"},
                {"name": "Press", "edu_route": "offline"},
            ]
        )
        cls.sources = cls.fair | cls.ads | cls.press

    def pay(self, source, amount, **values):
        return self.env["edu.acquisition.cost"].create(
            {"source_id": source.id, "amount": amount, **values}
        )

    def by(self, groupby, measures, report=None, domain=()):
        """Return ``{group: measures}`` of the sources made here."""
        report = self.report("edu.source.report") if report is None else report
        rows = report._read_group(
            [("source_id", "in", self.sources.ids), *domain],
            [groupby] if groupby else [],
            measures,
        )
        found = {}
        for row in rows:
            key, values = (row[0], row[1:]) if groupby else (None, row)
            values = tuple(value and round(value, 2) for value in values)
            found[key] = values if len(values) > 1 else values[0]
        return found

    # ------------------------------------------------------------------ figures
    def test_leads_enrollments_costs_and_return_of_each_source(self):
        """LEAD-01, LEAD-04, by hand."""
        self.walk((9, "enrolled"), source_id=self.fair.id, expected_revenue=1000)
        self.walk(source_id=self.fair.id, expected_revenue=500)
        self.walk(source_id=self.fair.id, lost=3)
        self.walk((9, "trial"), source_id=self.ads.id)
        self.pay(self.fair, 300)
        self.pay(self.fair, 100)
        self.pay(self.ads, 50)
        self.assertEqual(
            self.by("source_id", MEASURES),
            {
                self.fair: (3, 1, 33.33, 1000, 400, 133.33, 400, 150),
                self.ads: (1, 0, 0, False, 50, 50, False, -100),
            },
        )
        self.assertEqual(
            self.by(None, MEASURES), {None: (4, 1, 25, 1000, 450, 112.5, 450, 122.22)}
        )

    def test_costs_without_leads_and_leads_without_costs_appear(self):
        self.walk(source_id=self.ads.id)
        self.pay(self.press, 80)
        figures = ["lead_count:count_distinct", COST, "cost_per_lead:avg"]
        self.assertEqual(
            self.by("source_id", figures),
            {self.ads: (1, False, False), self.press: (0, 80, False)},
        )

    def test_it_agrees_with_the_leads_and_the_costs(self):
        for source in self.sources:
            self.walk((9, "enrolled"), source_id=source.id, expected_revenue=30)
            self.walk(source_id=source.id, expected_revenue=4)
            self.pay(source, 12)
        figures = self.by(
            "source_id",
            [
                "lead_count:count_distinct",
                "expected_revenue:sum",
                "won_revenue:sum",
                COST,
            ],
        )
        for source in self.sources:
            leads = self.env["crm.lead"].search([("source_id", "=", source.id)])
            won = leads.filtered(lambda lead: lead.won_status == "won")
            costs = self.env["edu.acquisition.cost"].search(
                [("source_id", "=", source.id)]
            )
            with self.subTest(source=source.name):
                self.assertEqual(
                    figures[source],
                    (
                        len(leads),
                        sum((leads - won).mapped("expected_revenue")),
                        sum(won.mapped("expected_revenue")),
                        sum(costs.mapped("amount")),
                    ),
                )

    def test_leads_of_other_teams_do_not_count(self):
        sales = self.env["crm.team"].create({"name": "Corporate sales"})
        nobody = self.env["res.partner"]
        self.make_lead(nobody, team_id=sales.id, source_id=self.ads.id)
        self.assertFalse(self.by("source_id", [COST]))

    # ------------------------------------------------------------------ dimensions
    def test_online_and_offline_compare(self):
        """LEAD-15."""
        self.walk((9, "enrolled"), source_id=self.fair.id)
        self.walk(source_id=self.ads.id)
        self.pay(self.press, 60)
        self.assertEqual(
            self.by("route", ["lead_count:count_distinct", "cost_per_enrollment:avg"]),
            {"offline": (1, 60), "online": (1, False)},
        )

    def test_a_campaign_shows_its_leads_costs_and_revenue(self):
        """LEAD-04."""
        campaign = self.env["utm.campaign"].create({"name": "Autumn"})
        values = {"source_id": self.ads.id, "campaign_id": campaign.id}
        self.walk((9, "enrolled"), expected_revenue=90, **values)
        self.pay(self.ads, 30, campaign_id=campaign.id)
        self.pay(self.ads, 5)
        self.assertEqual(
            self.by("campaign_id", MEASURES)[campaign],
            (1, 1, 100, 90, 30, 30, 30, 200),
        )

    def test_leads_count_in_the_month_they_were_made_where_the_user_is(self):
        lead = self.walk(source_id=self.ads.id)
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-01-31 20:00' WHERE id = %s",
            (lead.id,),
        )
        self.pay(self.ads, 40, date="2026-02-01")
        figures = ["lead_count:count_distinct", COST]
        for zone, expected in (
            ("Asia/Shanghai", {2: (1, 40)}),
            ("UTC", {1: (1, False), 2: (0, 40)}),
        ):
            with self.subTest(zone=zone):
                report = self.report("edu.source.report").with_context(tz=zone)
                months = self.by("date:month", figures, report)
                self.assertEqual({m.month: v for m, v in months.items()}, expected)

    # ------------------------------------------------------------------ currencies
    def test_a_cost_is_converted_by_the_rate_of_its_day(self):
        other = self.env.ref("base.EUR")
        if other == self.env.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        other.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": other.id,
                    "name": name,
                    "rate": rate,
                    "company_id": company,
                }
                for name, rate, company in (
                    ("2026-01-01", 0.5, False),
                    ("2026-03-01", 0.2, False),
                    ("2026-05-01", 0.1, self.env.company.id),
                )
            ]
        )
        abroad = self.make_company(currency_id=other.id)
        costs = self.env["edu.acquisition.cost"]
        for day in ("2025-06-01", "2026-01-01", "2026-04-15", "2026-08-01"):
            costs |= self.pay(self.ads, 10, date=day, company_id=abroad.id)
        here = self.report("edu.source.report", companies=self.env.company | abroad)
        found = {
            line.cost_id: round(line.cost, 2)
            for line in here.search([("cost_id", "in", costs.ids)])
        }
        own = self.env.company
        for cost in costs:
            with self.subTest(day=cost.date):
                self.assertEqual(
                    found[cost],
                    other._convert(10, own.currency_id, own, cost.date),
                )
        self.assertEqual(len(set(found.values())), 3, "three rates apply")

    def test_costs_of_another_company_are_invisible(self):
        self.pay(self.ads, 10, company_id=self.make_company().id)
        manager = self.make_user("manager")
        report = self.report("edu.source.report", manager)
        self.assertFalse(self.by("source_id", [COST], report))

    # ------------------------------------------------------------------ rights
    def test_leaders_and_managers_see_costs(self):
        self.pay(self.ads, 10)
        for role in ("leader", "manager"):
            with self.subTest(role=role):
                report = self.report("edu.source.report", self.make_user(role))
                self.assertEqual(self.by("source_id", [COST], report), {self.ads: 10})

    def test_others_see_leads_without_costs(self):
        self.pay(self.press, 10)
        self.walk(source_id=self.ads.id, user_id=False)
        for role in ("readonly", "agent"):
            report = self.report("edu.source.report", self.make_user(role))
            with self.subTest(role=role):
                leads = ["lead_count:count_distinct"]
                self.assertEqual(self.by("source_id", leads, report), {self.ads: 1})
                for measure in (COST, "cost_per_lead:avg", "return_rate:avg"):
                    with self.assertRaises(AccessError):
                        self.by("source_id", [measure], report)

    def test_a_leader_divides_costs_by_all_leads(self):
        self.walk(source_id=self.ads.id, user_id=self.make_user("agent").id)
        self.pay(self.ads, 10)
        report = self.report("edu.source.report", self.make_user("leader"))
        self.assertEqual(
            self.by("source_id", ["cost_per_lead:avg"], report), {self.ads: 10}
        )

    # ------------------------------------------------------------------ drill-down
    def test_a_line_opens_its_lead_or_its_cost(self):
        lead, cost = self.walk(source_id=self.ads.id), self.pay(self.ads, 10)
        lines = self.report("edu.source.report").search(
            [("source_id", "=", self.ads.id)]
        )
        opened = {
            (action["res_model"], action["res_id"])
            for action in (line.action_open_record() for line in lines)
        }
        self.assertEqual(
            opened, {("crm.lead", lead.id), ("edu.acquisition.cost", cost.id)}
        )
