from odoo import models


class MailMessage(models.Model):
    """The author and everybody notified may read a message: not if it is about them."""

    _name = "mail.message"
    _inherit = ["mail.message", "edu.complaint.shield"]
    _edu_document = ("model", "res_id")
