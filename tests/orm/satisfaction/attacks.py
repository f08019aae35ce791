"""What a curious colleague may try by RPC, and does not get."""

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .anonymity import AnonymityCase

SCORE, SHEET, LINE = (
    "edu.satisfaction.score",
    "survey.user_input",
    "survey.user_input.line",
)
WHO = ("partner_id", "learner_id", "input_id", "complaint_id", "enrollment_id")
# What a client may send along, hoping that it opens something.
FORGED = {
    "active_test": False,
    "bin_size": False,
    "edu_is_anonymous": True,
    "force_company": 1,
    "import_file": True,
    "install_mode": True,
    "mail_create_nolog": False,
    "module": "edu_crm_addon",
    "su": True,
    "tracking_disable": True,
}


class AttackCase(AnonymityCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.customer = self.make_customer(user_id=self.agent.id, name="Mrs. Known")
        self.agent.group_ids |= self.env.ref("base.group_allow_export")
        self.known = self.make_wave(self.make_campaign(self.survey))
        self.sheet = self.answer(
            self.begin(self.known, self.customer), {rule.OVERALL: 2}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def model(self, name, user, **context):
        return self.env[name].with_user(user).with_context(**context)

    def masters(self):
        """Yield users with all rights there are, as they would try."""
        master = self.make_user("manager")
        master.group_ids |= (
            self.env.ref("base.group_system")
            | self.env.ref("survey.group_survey_manager")
            | self.env.ref("base.group_allow_export")
        )
        yield master
        yield self.env.ref("base.user_admin")

    def tries(self, *calls):
        """Assert that each call is refused or finds nothing."""
        for number, call in enumerate(calls):
            with (
                self.subTest(call=number),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                self.env.invalidate_all()
                try:
                    with self.cr.savepoint():
                        found = call()
                # Refused, maybe with words of what could not be shown.
                except UserError:
                    continue
                self.assertFalse(found)
