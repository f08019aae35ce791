from odoo import fields, models

from ...logic import complaint as steps


class EduComplaint(models.Model):
    """Complaints made of low scores: what becomes of them is the follow-up's result."""

    _inherit = "edu.complaint"

    channel = fields.Selection(
        selection_add=[("survey", "Satisfaction survey")],
        ondelete={"survey": "set default"},
    )
    low_score_ids = fields.One2many(
        "edu.satisfaction.follow.up", "complaint_id", string="Follow-ups of low scores"
    )

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target in steps.DONE:
            # sudo: the follow-up may be somebody else's
            self.sudo().filtered(lambda c: c.low_score_ids)._end_follow_ups(target)
        return result

    def _end_follow_ups(self, target):
        for complaint in self:
            if target == steps.MERGED:
                follow_ups = {"complaint_id": complaint.merged_into_id.id}
                complaint.low_score_ids.write(follow_ups)
                continue
            for follow_up in complaint.low_score_ids:
                follow_up.result = follow_up.result or complaint._follow_up_result()
            complaint.low_score_ids._finish()

    def _follow_up_result(self):
        self.ensure_one()
        lang = self.company_id.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        return env._("Handled as complaint %s", self.display_name)
