from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic.people import is_minor
from ..settings.res_company import DEFAULT_ADULT_AGE


class ResPartner(models.Model):
    """Families: learners, their guardians, siblings, and who pays."""

    _inherit = "res.partner"

    edu_guardian_link_ids = fields.One2many(
        "edu.guardianship", "learner_id", string="Guardians", groups=GROUP_READONLY
    )
    edu_learner_link_ids = fields.One2many(
        "edu.guardianship", "guardian_id", string="Learners", groups=GROUP_READONLY
    )
    edu_sibling_ids = fields.Many2many(
        "res.partner",
        string="Siblings",
        compute="_compute_edu_sibling_ids",
        groups=GROUP_READONLY,
        help="Learners who share a guardian with this one.",
    )
    edu_payer_id = fields.Many2one(
        "res.partner",
        string="Payer",
        compute="_compute_edu_payer_id",
        groups=GROUP_READONLY,
        help="The guardian who pays, else the customer itself.",
    )

    @api.depends("edu_guardian_link_ids.guardian_id.edu_learner_link_ids.learner_id")
    @api.depends_context("allowed_company_ids")
    def _compute_edu_sibling_ids(self):
        for partner in self:
            guardians = partner.edu_guardian_link_ids.guardian_id
            partner.edu_sibling_ids = (
                guardians.edu_learner_link_ids.learner_id - partner
            )

    @api.depends("edu_guardian_link_ids.is_payer", "edu_guardian_link_ids.guardian_id")
    @api.depends_context("allowed_company_ids")
    def _compute_edu_payer_id(self):
        for partner in self:
            payers = partner.edu_guardian_link_ids.filtered("is_payer").guardian_id
            partner.edu_payer_id = payers[:1] or partner

    @api.constrains("is_company", "company_id")
    def _check_family(self):
        """A member of a family stays a person, of a company both sides belong to."""
        # sudo: the links of other companies count too
        links = self.sudo().edu_guardian_link_ids | self.sudo().edu_learner_link_ids
        links._check_persons()
        links._check_company()

    def _edu_needs_guardian(self, today):
        """Tell whether this person is under age by the rule of its company."""
        self.ensure_one()
        company = self.company_id
        adult_age = company.edu_adult_age if company else DEFAULT_ADULT_AGE
        birth = self.edu_birth_date or None
        return not self.is_company and is_minor(birth, today, adult_age)

    # ------------------------------------------------------------------ hooks
    def _edu_looked_after_by(self, user):
        """Return those whom ``user`` looks after; higher areas add theirs."""
        return self.filtered(lambda p: user in (p.user_id, p.create_uid))

    def _edu_with_pages(self):
        """Return the learners whose guardians see pages of theirs in the portal."""
        return self.browse()
