from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Nobody has something to do on a complaint about oneself, or knows that it is."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "edu.complaint.shield"]

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            vals_list = [self._with_successor(vals) for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _with_successor(self, vals):
        """What is planned automatically for whom it is about is for who is above."""
        complaint = self.env["edu.complaint"]
        name = vals.get("res_model")
        if not name and vals.get("res_model_id"):
            name = self.env["ir.model"].browse(vals["res_model_id"]).model
        if name not in complaint._shielded_models() or not vals.get("user_id"):
            return vals
        document = self.env[name].browse(vals.get("res_id"))
        user = self.env["res.users"].browse(vals["user_id"])
        if not complaint._those_about(document, user.partner_id):
            return vals
        return {**vals, "user_id": complaint._complaint_of(document)._successor().id}

    @api.constrains("user_id", "res_model", "res_id")
    def _check_not_about_assignee(self):
        complaint = self.env["edu.complaint"]
        shielded = complaint._shielded_models()
        for activity in self.filtered(lambda a: a.res_model in shielded):
            document = self.env[activity.res_model].browse(activity.res_id)
            # sudo: of the colleague no more than who it is
            if complaint._those_about(document, activity.sudo().user_id.partner_id):
                raise ValidationError(complaint._about_assignee())
