"""Figures of the pipeline report are those of the leads, weighted, counted once."""

from odoo.tests import tagged

from .history import HistoryCase

STAGE_MEASURES = [
    "lead_count:count_distinct",
    "days:avg",
    "conversion_rate:avg",
    "drop_out_rate:avg",
]
ENROLLED = [
    "lead_count:count_distinct",
    "won_count:count_distinct",
    "enrollment_rate:avg",
]
REVENUE = "expected_revenue:sum"


@tagged("post_install", "-at_install")
class TestPipelineReportFigures(HistoryCase):
    def setUp(self):
        super().setUp()
        self.analysis = self.report("edu.pipeline.report")

    def by_stage(self, measures=STAGE_MEASURES):
        found = self.figures(self.analysis, "stage_id", measures)
        return {
            self.env["crm.stage"].browse(stage).edu_step: tuple(
                value and round(value, 2) for value in values
            )
            for stage, values in found.items()
        }

    # ------------------------------------------------------------------ stages
    def test_time_conversion_and_drop_out_of_each_stage(self):
        """PIPE-30, by hand."""
        self.walk((20, "consulting"), (10, "enrolled"))  # 10 days, 10 days
        self.walk((26, "consulting"), lost=6)  # 4, 20
        self.walk((28, "consulting"))  # 2, 28
        self.walk(started=8)  # 8
        self.assertEqual(
            self.by_stage(),
            {
                "prospect": (4, 6, 75, 0),  # 24 days / 4, 3 of 4
                "consulting": (3, 19.33, 33.33, 33.33),  # 58 days / 3
                "enrolled": (1, False, False, 0),
            },
        )

    def test_rates_are_weighted(self):
        """Nine leads in one team and one in the other: not the mean of two rates."""
        career = self.team("career").id
        for number in range(9):
            self.walk(*([(1, "consulting")] if number < 3 else []))
        self.walk((1, "consulting"), team_id=career)
        prospects = [("edu_step", "=", "prospect")]
        by_team = self.figures(
            self.analysis, "team_id", ["conversion_rate:avg"], prospects
        )
        self.assertAlmostEqual(by_team[self.team().id], 100 * 3 / 9)
        self.assertEqual(by_team[career], 100)
        total = self.figures(self.analysis, None, ["conversion_rate:avg"], prospects)
        self.assertAlmostEqual(total[None], 100 * 4 / 10)

    def test_each_lead_counts_once_however_many_stages_it_passed(self):
        """LEAD-23."""
        self.walk((20, "consulting"), (15, "trial"), (10, "enrolled"))
        self.walk((20, "consulting"))
        self.assertEqual(
            self.figures(self.analysis, None, ENROLLED), {None: (2, 1, 50)}
        )

    def test_the_pivots_own_call_says_the_same(self):
        self.walk((20, "consulting"), (10, "enrolled"))
        self.walk((20, "consulting"), lost=5)
        domain = [("lead_id", "in", self.leads.ids)]
        total, stages = self.analysis.formatted_read_grouping_sets(
            domain, [[], ["stage_id"]], [*STAGE_MEASURES, *ENROLLED[1:]]
        )
        self.assertEqual(total[0]["lead_count:count_distinct"], 2)
        self.assertEqual(total[0]["enrollment_rate:avg"], 50)
        rates = {row["stage_id"][1]: row["conversion_rate:avg"] for row in stages}
        self.assertEqual(rates, {"Prospect": 100, "Consulting": 50, "Enrolled": False})

    def test_stages_come_in_their_order(self):
        self.walk((20, "consulting"), (15, "trial"), (10, "signing"))
        self.assertEqual(
            list(self.by_stage()), ["prospect", "consulting", "trial", "signing"]
        )

    # ------------------------------------------------------------------ dimensions
    def test_conversion_by_source_medium_campaign_and_intent(self):
        """LEAD-01, LEAD-04, LEAD-15, LEAD-23."""
        fair, web = self.env["utm.source"].create(
            [{"name": "Open day"}, {"name": "Search ads"}]
        )
        medium = self.env["utm.medium"].create({"name": "Talk"})
        campaign = self.env["utm.campaign"].create({"name": "Autumn"})
        won = self.walk(
            (9, "enrolled"),
            source_id=fair.id,
            medium_id=medium.id,
            campaign_id=campaign.id,
            edu_intent_override="high",
            edu_intent_override_reason="Paid a deposit",
        )
        self.walk(source_id=fair.id)
        self.walk((9, "trial"), source_id=web.id)
        for field, expected in (
            ("source_id", {fair.id: (2, 1, 50), web.id: (1, 0, 0)}),
            ("medium_id", {medium.id: (1, 1, 100), False: (2, 0, 0)}),
            ("campaign_id", {campaign.id: (1, 1, 100), False: (2, 0, 0)}),
            ("intent", {"high": (1, 1, 100), False: (2, 0, 0)}),
        ):
            with self.subTest(field=field):
                found = self.figures(self.analysis, field, ENROLLED)
                self.assertEqual(found, expected)
        self.assertEqual(won.won_status, "won")

    def test_a_lead_of_two_education_stages_counts_in_each_and_once_in_total(self):
        primary, secondary = self.stage("primary"), self.stage("secondary")
        both = (primary | secondary).ids
        self.walk((10, "consulting"), edu_stage_ids=both, expected_revenue=100)
        self.walk(started=12, edu_stage_ids=primary.ids, expected_revenue=20)
        self.walk(started=2, expected_revenue=3)
        measures = ["lead_count:count_distinct", "days:avg", REVENUE]
        domain = [("lead_id", "in", self.leads.ids)]
        total, rows = self.analysis.formatted_read_grouping_sets(
            domain, [[], ["edu_stage_ids"]], measures
        )
        # Four lines: 20 and 10 days, 12 days, 2 days.
        self.assertEqual([round(total[0][m], 3) for m in measures], [3, 11, 123])
        found = {
            row["edu_stage_ids"] and row["edu_stage_ids"][0]: [
                round(row[m], 3) for m in measures
            ]
            for row in rows
        }
        self.assertEqual(
            found,
            {primary.id: [2, 14, 120], secondary.id: [1, 15, 100], False: [1, 2, 3]},
        )

    # ------------------------------------------------------------------ revenue
    def test_expected_revenue_by_month_is_that_of_the_open_leads(self):
        """PIPE-32."""
        self.walk(
            (20, "consulting"),
            (9, "trial"),
            expected_revenue=100,
            date_deadline="2027-01-31",
        )
        self.walk(expected_revenue=50, date_deadline="2027-01-01")
        self.walk(expected_revenue=7, date_deadline="2027-02-01")
        self.walk(lost=3, expected_revenue=1000, date_deadline="2027-02-01")
        self.walk((5, "enrolled"), expected_revenue=900, date_deadline="2027-01-05")
        months = {
            month and month.month: revenue
            for month, revenue in self.figures(
                self.analysis, "date_deadline:month", [REVENUE]
            ).items()
        }
        self.assertEqual(months, {1: 150, 2: 7})
        won = self.figures(self.analysis, None, [REVENUE, "won_revenue:sum"])
        self.assertEqual(won, {None: (157, 900)})
        self.assertEqual(self.months_of_leads(), months)

    def months_of_leads(self):
        rows = self.env["crm.lead"]._read_group(
            [("id", "in", self.leads.ids), ("won_status", "=", "pending")],
            ["date_deadline:month"],
            [REVENUE],
        )
        return {month.month: revenue for month, revenue in rows}

    def test_revenue_of_a_company_in_another_currency_is_converted(self):
        other = self.env.ref("base.USD")
        if other == self.env.company.currency_id:
            other = self.env.ref("base.EUR")
        other.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": other.id,
                "name": "2020-01-01",
                "rate": 0.25,
                "company_id": False,
            }
        )
        abroad = self.make_company(currency_id=other.id)
        self.walk(expected_revenue=100, company_id=self.env.company.id)
        self.walk(expected_revenue=10, company_id=abroad.id)
        both = self.env.company | abroad
        here = self.report("edu.pipeline.report", companies=both)
        self.assertAlmostEqual(
            self.figures(here, None, [REVENUE])[None],
            100 + other._convert(10, self.env.company.currency_id),
        )
        there = self.report("edu.pipeline.report", companies=abroad | self.env.company)
        self.assertAlmostEqual(self.figures(there, None, [REVENUE])[None], 25 + 10)
        self.assertEqual(there.search([], limit=1).currency_id, other)
