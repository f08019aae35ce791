from odoo import api, fields, models
from odoo.tools import plaintext2html

from ...logic import referral as rule


class EduReferral(models.Model):
    """What the page behind a member's link does: an inquiry, and who recommended it."""

    _inherit = "edu.referral"

    @api.model
    def _submit(self, code, values, key, company):
        """Make the lead, and its referral if the code is a member's.

        Whoever typed a code that is none is welcome as well, and told the same.

        :param dict values: ``name``, ``phone``, ``email``, ``learner``, ``message``,
            ``consent``
        :param key: random number of the form: sent twice, it is taken once
        """
        card = self.env["loyalty.card"]._edu_find_by_code(code)
        company = card.company_id or company
        lead = self.env["crm.lead"].with_company(company)
        lead = lead.create(self._prepare_lead_vals(values, company))
        if not card:
            return self.browse()
        told = {
            "lead_id": lead.id,
            "state": rule.LEAD,
            "channel": "link",
            "form_key": key,
            "consent_at": fields.Datetime.now(),
            "consent_text": values["consent"],
        }
        person = {
            "referrer_id": card.partner_id.id,
            "company_id": company.id,
            "date": company._edu_today(),
            "partner_name": values["name"],
            "phone": values["phone"],
            "email": values["email"],
        }
        invited = self._find_invited(card.partner_id, lead)
        if not invited:
            return self.create({**person, **told})
        invited.write(told)
        invited._after_created()
        return invited

    def _find_invited(self, referrer, lead):
        """Return the invitation of this member that the lead answers, if any."""
        invited = self.search(
            [
                ("referrer_id", "=", referrer.id),
                ("company_id", "=", lead.company_id.id),
                ("state", "=", rule.INVITED),
            ],
            order="id",
        )
        return invited.filtered(
            lambda r: (
                (r.email and r.email == lead.email_from)
                or (r.phone and r._phone_format(fname="phone") == lead.phone_sanitized)
            )
        )[:1]

    @api.model
    def _find_sent(self, key):
        return self.search([("form_key", "=", key)], limit=1)

    @api.model
    def _prepare_lead_vals(self, values, company):
        source = self.env.ref(
            "edu_crm_addon.utm_source_referral", raise_if_not_found=False
        )
        return {
            "name": self.env._("Recommended: %s", values["name"]),
            "type": "opportunity",
            "contact_name": values["name"],
            "phone": values["phone"],
            "email_from": values["email"],
            "edu_learner_name": values["learner"],
            # As it was typed: nothing that strangers dress up or load from elsewhere.
            "description": values["message"] and plaintext2html(values["message"]),
            "company_id": company.id,
            "team_id": self._referral_team(company).id,
            "user_id": False,
            "source_id": source and source.id,
        }

    @api.model
    def _referral_team(self, company):
        return self.env["crm.team"].search(
            [
                ("edu_is_education", "=", True),
                ("company_id", "in", [False, company.id]),
            ],
            limit=1,
        )
