from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...logic import trial


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts must not drop a trial lesson that is at the time of another."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._check_trial_lessons(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _check_trial_lessons(self, partners):
        lessons = self.env["edu.trial.lesson"].sudo()  # sudo: of every company
        lessons.flush_model()
        for column in ("teacher_id", "learner_id"):
            pairs = self.env.execute_query(
                SQL(
                    """
                    SELECT a.id, b.id
                      FROM edu_trial_lesson a
                      JOIN edu_trial_lesson b ON a.id < b.id
                       AND tsrange(a.start_at, a.stop_at)
                        && tsrange(b.start_at, b.stop_at)
                     WHERE a.%(column)s IN %(ids)s AND a.state IN %(booked)s
                       AND b.%(column)s IN %(ids)s AND b.state IN %(booked)s
                     LIMIT 1
                    """,
                    column=SQL.identifier(column),
                    ids=tuple(partners.ids),
                    booked=trial.BOOKED,
                )
            )
            for pair in pairs:
                first, second = lessons.browse(pair)
                raise UserError(
                    self.env._(
                        "The trial lessons %(first)s and %(second)s are at the same "
                        "time. Move or cancel one of them before you merge.",
                        first=first.display_name,
                        second=second.display_name,
                    )
                )
