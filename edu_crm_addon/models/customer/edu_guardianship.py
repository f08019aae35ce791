from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ...const import GROUP_LEADER
from .edu_customer_nature import GUARDIAN, LEARNER

RELATIONS = [
    ("mother", "Mother"),
    ("father", "Father"),
    ("grandparent", "Grandparent"),
    ("relative", "Other relative"),
    ("legal_guardian", "Legal guardian"),
    ("other", "Other"),
]


class EduGuardianship(models.Model):
    """One guardian of one learner: how they are related, and who pays by default.

    A learner may have several guardians and a guardian several learners. Nobody is
    their own guardian, not even through others. A learner has one default payer at
    most; naming another one takes the duty from the first.
    """

    _name = "edu.guardianship"
    _description = "Guardianship"
    _order = "learner_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    # People
    guardian_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
    )
    learner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
    )
    relation = fields.Selection(RELATIONS, required=True, default="other")
    is_payer = fields.Boolean(
        string="Pays", help="Orders for the learner are billed to this guardian."
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    # Contact details at a glance
    guardian_phone = fields.Char(related="guardian_id.phone", related_sudo=False)
    guardian_email = fields.Char(related="guardian_id.email", related_sudo=False)
    learner_birth_date = fields.Date(
        related="learner_id.edu_birth_date", related_sudo=False
    )
    learner_stage_ids = fields.Many2many(
        related="learner_id.edu_stage_ids", related_sudo=False
    )

    _not_oneself = models.Constraint(
        "CHECK (guardian_id <> learner_id)", "Nobody can be their own guardian."
    )
    # Either way round: the pair exists once, and two people never guard each other.
    _pair_unique = models.UniqueIndex(
        "(LEAST(guardian_id, learner_id), GREATEST(guardian_id, learner_id))",
        "These two people are already linked as guardian and learner.",
    )
    _payer_unique = models.UniqueIndex(
        "(learner_id, COALESCE(company_id, 0)) WHERE is_payer",
        "A learner has one default payer only.",
    )

    @api.depends("guardian_id.company_id", "learner_id.company_id")
    def _compute_company_id(self):
        for link in self:
            link.company_id = link.learner_id.company_id or link.guardian_id.company_id

    @api.depends("guardian_id", "learner_id", "relation")
    def _compute_display_name(self):
        relations = dict(self._fields["relation"]._description_selection(self.env))
        for link in self:
            link.display_name = self.env._(
                "%(guardian)s, %(relation)s of %(learner)s",
                guardian=link.guardian_id.name or "",
                relation=relations.get(link.relation, ""),
                learner=link.learner_id.name or "",
            )

    @api.constrains("guardian_id", "learner_id")
    def _check_no_loop(self):
        if not self:
            return
        self.flush_model(["guardian_id", "learner_id"])
        self._touch_families()
        loops = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE ancestor(learner_id, guardian_id) AS (
                    SELECT learner_id, guardian_id
                      FROM edu_guardianship WHERE learner_id IN %(learners)s
                     UNION
                    SELECT a.learner_id, g.guardian_id
                      FROM ancestor a
                      JOIN edu_guardianship g ON g.learner_id = a.guardian_id
                )
                SELECT learner_id FROM ancestor WHERE guardian_id = learner_id LIMIT 1
                """,
                learners=tuple(self.learner_id.ids),
            )
        )
        if loops:
            learner = self.env["res.partner"].browse(loops[0][0])
            raise ValidationError(
                self.env._(
                    "%(person)s would become their own guardian through others.",
                    person=learner.display_name,
                )
            )

    def _touch_families(self):
        """Update both people and the guardians above them, without a change.

        Two links that close a loop only together have somebody in common there: of two
        transactions that add them at once the later one is refused and tried again, and
        then sees the loop.
        """
        self.env.cr.execute(
            SQL(
                """
                WITH RECURSIVE ancestor(id) AS (
                    SELECT unnest(%(people)s)
                     UNION
                    SELECT g.guardian_id
                      FROM ancestor a JOIN edu_guardianship g ON g.learner_id = a.id
                )
                UPDATE res_partner p SET write_date = p.write_date
                  FROM ancestor a WHERE p.id = a.id
                """,
                people=(self.guardian_id | self.learner_id).ids,
            )
        )

    @api.constrains("guardian_id", "learner_id")
    def _check_persons(self):
        for person in self.guardian_id | self.learner_id:
            if person.is_company:
                raise ValidationError(
                    self.env._(
                        "%(name)s is an organization. Guardians and learners are "
                        "people.",
                        name=person.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._hand_over_payment(vals_list)
        links = super().create(vals_list)
        links._check_may_open()
        links._mark_natures()
        return links

    def write(self, vals):
        if vals.get("is_payer"):
            self._free_payers(
                [
                    ("learner_id", "in", self.learner_id.ids),
                    ("id", "not in", self.ids),
                ]
            )
        result = super().write(vals)
        if {"guardian_id", "learner_id"} & vals.keys():
            self._check_may_open()
            self._mark_natures()
        return result

    def _check_may_open(self):
        """Let nobody open a learner's pages in the portal to a person of their choice.

        Guardians see them. Contacts have no owner whom the host would ask, so who links
        a guardian that logs in, or a learner that has such pages, must look after the
        learner, or lead a team.
        """
        if self.env.su or self.env.user.has_group(GROUP_LEADER):
            return
        # sudo: logins and pages that the user need not see
        links = self.sudo().with_context(active_test=False)
        paged = links.learner_id._edu_with_pages()
        opening = links.filtered(
            lambda link: link.guardian_id.user_ids or link.learner_id in paged
        )
        learners = opening.learner_id
        if strangers := learners - learners._edu_looked_after_by(self.env.user):
            raise AccessError(
                self.env._(
                    "A guardian sees the enrollments of the learner in the portal. "
                    "Only the adviser of %(learner)s or a team leader can link this "
                    "one.",
                    learner=strangers[0].display_name,
                )
            )

    @api.model
    def _hand_over_payment(self, vals_list):
        """Free the learners whose new link says who pays from their present payer."""
        learners = [
            vals["learner_id"]
            for vals in vals_list
            if vals.get("is_payer") and vals.get("learner_id")
        ]
        if learners:
            self._free_payers([("learner_id", "in", learners)])

    @api.model
    def _free_payers(self, domain):
        """Take the duty from present payers; at once, as the index allows only one."""
        payers = self.search([*domain, ("is_payer", "=", True)])
        payers.is_payer = False
        payers.flush_recordset(["is_payer"])

    def _mark_natures(self):
        """Make both sides education customers of the nature the link proves."""
        natures = self.env["edu.customer.nature"].with_context(active_test=False)
        for code, people in ((GUARDIAN, self.guardian_id), (LEARNER, self.learner_id)):
            nature = natures.search([("code", "=", code)])
            lacking = people.filtered(
                lambda p, nature=nature: not nature & p.edu_nature_ids
            )
            if nature and lacking:
                lacking.write({"edu_nature_ids": [fields.Command.link(nature.id)]})
