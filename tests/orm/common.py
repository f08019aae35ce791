"""Base of the ORM tier: factories and domain asserts, not a giant setUpClass.

Every test makes the records it needs. Factories take the values that matter to the test
and fill in the rest; they never read what another test or the demo data left behind.
They are in ``people.py``, ``sales.py``, ``complaints.py``, ``surveys.py`` and
``members.py``.
"""

from contextlib import contextmanager
from itertools import count

from odoo.exceptions import AccessError
from odoo.fields import Command, Date, Datetime
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import BaseCommon

from .complaints import ComplaintFactory
from .levels import LevelFactory
from .members import MemberFactory
from .people import MODULE, NO_ONBOARDING, PeopleFactory
from .sales import GOOD_RESULT, SIGNATURE, SalesFactory
from .surveys import SurveyFactory

__all__ = [
    "CRON_REMIND",
    "CRON_SCAN",
    "CRON_TRIAL_RESULTS",
    "CRON_UPKEEP",
    "GOOD_RESULT",
    "MODULE",
    "SIGNATURE",
    "EduCase",
]

OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
CRON_UPKEEP = f"{MODULE}.ir_cron_customer_upkeep"
CRON_TRIAL_RESULTS = f"{MODULE}.ir_cron_pipeline_ask_trial_results"
CRON_REMIND = f"{MODULE}.ir_cron_payment_remind"
CRON_SCAN = f"{MODULE}.ir_cron_customer_scan"


class EduCase(
    PeopleFactory,
    SalesFactory,
    ComplaintFactory,
    SurveyFactory,
    MemberFactory,
    LevelFactory,
    BaseCommon,
):
    # Whether the steps of the onboarding are required, as they are by default.
    requires_onboarding = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.requires_onboarding:
            cls.env.company.write(NO_ONBOARDING)
        for language in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(language)
        cls.env.user.lang = "en_US"
        cls.env.company.country_id = cls.env.ref("base.cn")
        cls._numbers = count(1)

    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "lang": "en_US"}

    # ------------------------------------------------------------------ running things
    def run_cron(self, xmlid):
        """Run a scheduled job as the scheduler does, commits included but harmless."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def count_queries(self):
        """Yield a list that holds, at the end, the number of queries of the block."""
        self.env.flush_all()
        result = []
        before = self.cr.sql_log_count
        yield result
        self.env.flush_all()
        result.append(self.cr.sql_log_count - before)

    def queries(self, function, *arguments):
        """Return the queries of one call from a cold cache, its writes included."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as result:
            function(*arguments)
        return result[0]

    def flush_tracking(self):
        """Let the host write to the chatters what changed, as after a request."""
        self.env.flush_all()
        self.cr.precommit.run()

    def merge(self, sources, target, user=None):
        """Merge as the host's wizard does when its button is pressed."""
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizard.with_user(user or self.env.user).create(
            {
                "state": "selection",
                "partner_ids": [Command.set((sources | target).ids)],
                "dst_partner_id": target.id,
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def scan(self):
        self.env["edu.duplicate"]._cron_scan()

    def groups_of(self, partner, **values):
        """Return the groups of likely duplicates that ``partner`` is in."""
        domain = [("partner_ids", "in", partner.ids)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["edu.duplicate"].search(domain)

    def days_ago(self, days):
        return Date.subtract(Date.context_today(self.env.user), days=days)

    def moment_ago(self, days):
        return Datetime.subtract(Datetime.now(), days=days)

    def rights(self, user, model):
        """Return the operations a user may do on a model, as in 'rw'."""
        records = self.env[model].with_user(user)
        return "".join(
            letter for letter, name in OPERATIONS.items() if records.has_access(name)
        )

    # ------------------------------------------------------------------ asserts
    def assertRefused(self, function, *arguments, **values):
        """Assert that the rights of the user do not allow the call."""
        with (
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.models"),
            self.assertRaises(AccessError),
            self.cr.savepoint(),
        ):
            function(*arguments, **values)
            self.env.flush_all()

    def assertRelationship(self, partner, code):
        self.assertEqual(partner.edu_relationship, code)

    def assertMissing(self, partner, *codes):
        self.assertEqual(partner._edu_missing_codes(), list(codes))

    def assertSameDuplicates(self, group, *partners):
        self.assertEqual(group.partner_ids, self.env["res.partner"].union(*partners))
