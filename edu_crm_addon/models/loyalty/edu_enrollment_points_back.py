from dataclasses import replace

from odoo import fields, models

from ...logic import enrollment as rule
from .edu_enrollment_award import EVENTS


class EduEnrollment(models.Model):
    """Points for an enrollment that comes to nothing are taken back.

    That is: it is canceled or left, or all that it cost was credited. Of a part that is
    credited the bonus stays: it was not for the money. Points that a person gave for
    good work stay, too.
    """

    _inherit = "edu.enrollment"

    # How often points were lost. Nobody sets it: who begins again earns them anew.
    points_round = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    def _after_state_changed(self, target):
        result = super()._after_state_changed(target)
        if target in (rule.WITHDRAWN, rule.CANCELED):
            lost = self._edu_take_back_points()
            for number, enrollments in lost.grouped("points_round").items():
                enrollments.points_round = number + 1
        return result

    def _edu_after_credited(self):
        """Called, as superuser, when all that these enrollments cost was credited."""
        self._edu_take_back_points()

    def _edu_take_back_points(self):
        """Void what waits, take back what was given; return who has lost any."""
        if not self.env["loyalty.card"]._edu_has_members():
            return self.browse()
        # sudo: points follow the enrollment, whoever moves it
        grants = self.env["edu.points.entry"].sudo()._grants_of(self)
        grants = grants.filtered(lambda e: e.rule_id.event in set(EVENTS.values()))
        grants._take_back(
            {grant: grant.points for grant in grants},
            lambda env: env._("Taken back: the enrollment came to nothing"),
        )
        return self.sudo().browse(set(grants.mapped("res_id")))

    def _edu_points_claim(self, on=None):
        claim = super()._edu_points_claim(on)
        number = self.sudo().points_round  # sudo: nobody else may read it
        return replace(claim, key=f"{claim.key}:{number}") if number else claim
