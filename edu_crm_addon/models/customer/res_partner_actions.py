from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_AGENT, GROUP_READONLY

TEMPLATES = "/edu_crm_addon/static/xls/edu_customers"


class ResPartner(models.Model):
    """What a user does from a customer: talk to it, start business, spot its double."""

    _inherit = "res.partner"

    edu_duplicate_ids = fields.Many2many(
        "res.partner",
        string="Similar contacts",
        compute="_compute_edu_duplicate_ids",
        groups=GROUP_READONLY,
        help="While you type: contacts with this phone, email, or name and birth date.",
    )

    # The warning finds contacts by these. Hash: a value of any length fits.
    _edu_phone_idx = models.Index(
        "USING hash (phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    _edu_email_idx = models.Index(
        "USING hash (email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _edu_birth_date_idx = models.Index(
        "(edu_birth_date) WHERE edu_birth_date IS NOT NULL"
    )

    @api.depends("phone_sanitized", "email_normalized", "name", "edu_birth_date")
    def _compute_edu_duplicate_ids(self):
        """Warn while typing only: a saved contact costs no search when it is opened."""
        for partner in self:
            similar = self.browse()
            if domain := partner._similar_domain():
                similar = self.search(domain, limit=5)
            partner.edu_duplicate_ids = similar

    def _similar_domain(self):
        """Return where to look for doubles of what was just typed, None if nothing was.

        Members of the family and of the organization may share phone and e-mail.
        """
        self.ensure_one()
        saved = self._origin
        keys = [
            Domain(name, "=", self[name])
            for name in ("phone_sanitized", "email_normalized")
            if self[name] and self[name] != saved[name]
        ]
        if (
            self.edu_birth_date
            and self.name
            and self.edu_birth_date != saved.edu_birth_date
        ):
            keys.append(
                Domain("edu_birth_date", "=", self.edu_birth_date)
                & Domain("name", "=ilike", self.name.strip())
            )
        if not keys:
            return None
        relatives = (
            self.parent_id
            | self.child_ids
            | self.edu_guardian_link_ids.guardian_id
            | self.edu_learner_link_ids.learner_id
        )
        return Domain.OR(keys) & Domain("id", "not in", (saved | relatives._origin).ids)

    def action_edu_log_contact(self):
        return self._edu_window(
            self.env._("Log a contact"),
            "edu.contact.log",
            target="new",
            context={"default_partner_id": self.id},
        )

    def action_edu_email(self):
        return self._edu_window(
            self.env._("Email"),
            "mail.compose.message",
            target="new",
            context={
                "default_model": "res.partner",
                "default_res_ids": self.ids,
                "default_partner_ids": self.ids,
                "default_composition_mode": "comment",
            },
        )

    def action_edu_new_lead(self):
        return self._edu_window(
            self.env._("New opportunity"),
            "crm.lead",
            context={
                "default_partner_id": self.id,
                "default_type": "opportunity",
                "default_user_id": self.user_id.id or self.env.uid,
            },
        )

    def action_edu_new_contact(self):
        return self._edu_window(
            self.env._("New contact"),
            "res.partner",
            context={
                "default_parent_id": self.id,
                "default_type": "contact",
                "default_user_id": self.user_id.id,
            },
        )

    def action_edu_schedule_activity(self):
        """Schedule an activity, or the plan that belongs to the education stage."""
        plan = self.edu_stage_ids.activity_plan_id[:1]
        return self._edu_window(
            self.env._("Schedule activity"),
            "mail.activity.schedule",
            target="new",
            context={
                "active_model": "res.partner",
                "active_ids": self.ids,
                **({"plan_mode": True, "default_plan_id": plan.id} if plan else {}),
            },
        )

    def _edu_window(self, name, model, target="current", context=None):
        """Return the action that opens an empty form of ``model``."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": target,
            "context": context or {},
        }

    @api.model
    def get_import_templates(self):
        """Offer ours too, in the user's language, to who may import education data."""
        if not self.env.user.has_group(GROUP_AGENT):
            return super().get_import_templates()
        suffix = "_zh_CN" if (self.env.lang or "").startswith("zh") else ""
        return [
            *super().get_import_templates(),
            *(
                {
                    "label": self.env._(
                        "Import Template for Education Customers (%(format)s)",
                        format=extension.upper(),
                    ),
                    "template": f"{TEMPLATES}{suffix}.{extension}",
                }
                for extension in ("xlsx", "csv")
            ),
        ]
