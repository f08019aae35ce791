from odoo import api, fields, models

from ...const import FIELD_PREFIX, GROUP_MANAGER, GROUP_READONLY
from ...logic import levels as rule

# What the levels of the host take and give where a school begins with them.
LADDER = (
    ("partnership.res_partner_grade_data_bronze", 500, 1.0),
    ("partnership.res_partner_grade_data_silver", 2000, 1.1),
    ("partnership.res_partner_grade_data_gold", 5000, 1.25),
)


class ResPartnerGrade(models.Model):
    """A level of the host that members may earn, with what it gives.

    Levels that are earned by points are the ladder of the school: members move on it.
    Who has another level, or is no member, is left alone.
    """

    _name = "res.partner.grade"
    _inherit = ["res.partner.grade", "edu.role.mixin"]

    edu_is_earned = fields.Boolean(
        string="Earned by points",
        copy=False,
        groups=GROUP_READONLY,
        help="Members reach this level, and lose it again, by the points they earn.",
    )
    edu_threshold = fields.Integer(
        string="Qualifying points",
        groups=GROUP_READONLY,
        help="Points earned in the months that count (see the settings). Spending them "
        "does not matter.",
    )
    edu_multiplier = fields.Float(
        string="Points multiplied by",
        default=1.0,
        digits=(6, 2),
        groups=GROUP_READONLY,
        help="For earning rules that say so.",
    )
    edu_benefits = fields.Html(
        string="Benefits",
        translate=True,
        groups=GROUP_READONLY,
        help="What members of this level get; shown on the contact.",
    )

    _edu_threshold_unique = models.UniqueIndex(
        "(edu_threshold, COALESCE(company_id, 0)) WHERE edu_is_earned AND active",
        "Another level takes as many points.",
    )
    _edu_plausible = models.Constraint(
        "CHECK (edu_threshold >= 0 AND (edu_multiplier IS NULL"
        " OR edu_multiplier BETWEEN 0.1 AND 10))",
        "Points are not negative, and are multiplied by 0.1 to 10.",
    )

    @api.model
    def _has_field_access(self, field, operation):
        """Salespeople change levels of the host, but not what they mean to us."""
        allowed = super()._has_field_access(field, operation)
        if self.env.su or operation == "read" or field.name[:4] != FIELD_PREFIX:
            return allowed
        return allowed and self.env.user.has_group(GROUP_MANAGER)

    def _edu_as_level(self):
        self.ensure_one()
        return rule.Level(
            id=self.id,
            threshold=self.edu_threshold,
            is_shared=not self.company_id,
        )

    def _edu_is_of(self, company):
        """Tell whether the level means something in ``company``."""
        self.ensure_one()
        return not self.company_id or self.company_id == company

    def _edu_reaches(self, minimum):
        """Tell whether this level is ``minimum`` or better.

        Of two that are earned the one that takes more points is better, else the one
        that stands higher in the list of levels.
        """
        if not self or self == minimum:
            return self == minimum
        if self.edu_is_earned and minimum.edu_is_earned:
            return self.edu_threshold > minimum.edu_threshold
        return self.sequence < minimum.sequence

    def _edu_best(self):
        """Return the best of these levels, if there is one."""
        best = self[:1]
        for grade in self[1:]:
            if not best._edu_reaches(grade):
                best = grade
        return best

    @api.model
    def _edu_begin_ladder(self):
        """Make a ladder of the levels that the host ships, where they still exist."""
        for xmlid, threshold, multiplier in LADDER:
            grade = self.env.ref(xmlid, raise_if_not_found=False)
            if not grade or grade.edu_is_earned:
                continue
            given = {"edu_threshold": threshold, "edu_multiplier": multiplier}
            grade.write({"edu_is_earned": True, **given})
            grade._edu_set_first_benefits()

    def _edu_set_first_benefits(self):
        """Write them in each language: another one written over them would replace."""
        self.ensure_one()
        source = self.with_context(lang="en_US")
        source.edu_benefits = source._edu_first_benefits()
        terms = self._fields["edu_benefits"].get_trans_terms(source.edu_benefits)
        self.update_field_translations(
            "edu_benefits",
            {
                code: dict.fromkeys(
                    terms, self.with_context(lang=code)._edu_first_benefits()
                )
                for code, _name in self.env["res.lang"].get_installed()
                if code != "en_US"
            },
        )

    def _edu_first_benefits(self):
        self.ensure_one()
        if self.edu_multiplier == 1.0:
            return self.env._("Members' activities and promotions.")
        return self.env._(
            "Members' activities and promotions; points multiplied by %(factor)s.",
            factor=self.edu_multiplier,
        )
