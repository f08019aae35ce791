from psycopg2 import IntegrityError

from odoo.tools import mute_logger

from ..common import EduCase


class TestCampaign(EduCase):
    def test_a_wave_of_a_period_exists_once(self):
        campaign = self.make_campaign()
        self.make_wave(campaign, period="2026-11")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.make_wave(campaign, period="2026-11")

    def test_a_person_is_in_a_wave_once(self):
        wave = self.make_wave()
        customer = self.make_customer()
        self.invite(wave, customer)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.invite(wave, customer)
