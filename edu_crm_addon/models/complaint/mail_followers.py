from odoo import api, models
from odoo.exceptions import ValidationError


class MailFollowers(models.Model):
    """Nobody follows a complaint about oneself, and its followers are no open list."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "edu.complaint.shield"]
    _edu_conceal_unreadable = True

    @api.model
    def _concealable_models(self):
        """The followers of a statement tell who is concerned."""
        return (*super()._concealable_models(), "edu.complaint.statement")

    @api.model
    def _add_followers(self, res_model, res_ids, partner_ids, subtypes, **kwargs):
        """Leave out whom a complaint is about: subscribing is mostly automatic."""
        new, update = super()._add_followers(
            res_model, res_ids, partner_ids, subtypes, **kwargs
        )
        complaint = self.env["edu.complaint"]
        if new and res_model in complaint._shielded_models():
            for document in self.env[res_model].browse(filter(None, new)):
                concerned = complaint._complaint_of(document).accused_partner_ids.ids
                new[document.id] = [
                    vals
                    for vals in new[document.id]
                    if vals["partner_id"] not in concerned
                ]
        return new, update

    @api.constrains("res_model", "res_id", "partner_id")
    def _check_not_about_follower(self):
        complaint = self.env["edu.complaint"]
        shielded = complaint._shielded_models()
        for follower in self.filtered(lambda f: f.res_model in shielded and f.res_id):
            document = self.env[follower.res_model].browse(follower.res_id)
            if complaint._those_about(document, follower.partner_id):
                raise ValidationError(
                    self.env._("Nobody follows a complaint about oneself.")
                )
