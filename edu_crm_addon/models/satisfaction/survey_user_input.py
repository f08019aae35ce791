from odoo import fields, models

from ...const import GROUP_READONLY
from .edu_survey_campaign import METHODS


class SurveyUserInput(models.Model):
    """An answer to a wave: how it was given, and who typed it in.

    In an anonymous wave ``edu_invitation_id`` is there only while it is filled in.
    """

    _name = "survey.user_input"
    _inherit = ["survey.user_input", "edu.role.mixin"]
    # Set by links and buttons; forged, an answer would change its wave or its author.
    _edu_derived_fields = frozenset(
        {
            "edu_wave_id",
            "edu_invitation_id",
            "edu_is_anonymous",
            "edu_method",
            "edu_interviewer_id",
        }
    )

    edu_wave_id = fields.Many2one(
        "edu.survey.wave",
        string="Wave",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=GROUP_READONLY,
    )
    edu_invitation_id = fields.Many2one(
        "edu.survey.invitation",
        string="Invitation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=GROUP_READONLY,
    )
    edu_is_anonymous = fields.Boolean(
        string="Anonymous answer", readonly=True, copy=False, groups=GROUP_READONLY
    )
    edu_method = fields.Selection(
        METHODS, string="Method", readonly=True, copy=False, groups=GROUP_READONLY
    )
    edu_interviewer_id = fields.Many2one(
        "res.users",
        string="Interviewer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=GROUP_READONLY,
    )
