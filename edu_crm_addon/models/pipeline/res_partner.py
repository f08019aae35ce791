from odoo import fields, models

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """Teachers, with or without a login, and the trial lessons of a learner.

    A lead made from a customer knows learner, guardian and who pays.
    """

    _inherit = "res.partner"

    edu_is_teacher = fields.Boolean(
        string="Teacher",
        groups=GROUP_READONLY,
        help="Can be chosen as the teacher of lessons.",
    )
    edu_trial_count = fields.Integer(
        string="Number of trial lessons",
        compute="_compute_edu_trial_count",
        groups=GROUP_READONLY,
        help="As a learner, or as a teacher.",
    )

    _edu_teacher_idx = models.Index("(complete_name, id) WHERE edu_is_teacher")

    def _compute_edu_trial_count(self):
        lessons = self.env["edu.trial.lesson"]
        self.edu_trial_count = 0
        for name in ("learner_id", "teacher_id"):
            groups = lessons._read_group([(name, "in", self.ids)], [name], ["__count"])
            for partner, count in groups:
                partner.edu_trial_count += count

    def action_edu_view_trials(self):
        """Open the trial lessons of the learner or teacher."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_trial_lesson_action",
            [
                "|",
                ("learner_id", "=", self.id),
                ("teacher_id", "=", self.id),
            ],
        )

    def action_edu_new_lead(self):
        action = super().action_edu_new_lead()
        payer = self.edu_payer_id
        if payer != self:
            action["context"] = {
                **action["context"],
                "default_partner_id": payer.id,
                "default_edu_learner_id": self.id,
                "default_edu_guardian_id": payer.id,
            }
        return action

    def _edu_looked_after_by(self, user):
        """Also who advises a lead of the learner."""
        leads = self.env["crm.lead"].search(
            [("edu_learner_id", "in", self.ids), ("user_id", "=", user.id)]
        )
        return super()._edu_looked_after_by(user) | leads.edu_learner_id
