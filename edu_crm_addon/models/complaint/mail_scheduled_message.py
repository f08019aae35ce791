from odoo import models


class MailScheduledMessage(models.Model):
    """Whoever planned a message on a complaint may be the one it is about."""

    _name = "mail.scheduled.message"
    _inherit = ["mail.scheduled.message", "edu.complaint.shield"]
    _edu_document = ("model", "res_id")
