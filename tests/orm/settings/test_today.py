from datetime import date, datetime

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestToday(EduCase):
    def test_the_day_begins_with_the_time_zone_of_the_working_calendar(self):
        east, west = self.make_company(), self.make_company()
        east.resource_calendar_id.tz = "Asia/Shanghai"
        west.resource_calendar_id.tz = "America/New_York"
        moment = datetime(2026, 3, 1, 2, 0)
        self.assertEqual(east._edu_today(moment), date(2026, 3, 1))
        self.assertEqual(west._edu_today(moment), date(2026, 2, 28))

    def test_the_reader_s_own_time_zone_does_not_matter(self):
        company = self.make_company()
        company.resource_calendar_id.tz = "Asia/Shanghai"
        moment = datetime(2026, 3, 1, 18, 0)
        for zone in ("Pacific/Honolulu", "Pacific/Auckland"):
            self.assertEqual(
                company.with_context(tz=zone)._edu_today(moment), date(2026, 3, 2)
            )
