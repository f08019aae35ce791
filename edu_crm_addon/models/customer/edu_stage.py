from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EduStage(models.Model):
    """Education stage a customer belongs to, from pre-school to vocational.

    It also holds the customer positioning: for which age the stage is meant, how we
    enroll there, how we teach, and the plan of activities we follow.
    """

    _name = "edu.stage"
    _description = "Education stage"
    _inherit = "edu.catalogue.mixin"

    need_ids = fields.One2many("edu.need", "stage_id", string="Customer needs")
    age_from = fields.Integer(string="From age")
    age_to = fields.Integer(string="To age", help="0: no upper limit")
    enrollment_strategy = fields.Text(string="Enrollment strategy", translate=True)
    teaching_plan = fields.Text(string="Teaching plan", translate=True)
    activity_plan_id = fields.Many2one(
        "mail.activity.plan",
        string="Activity plan of customers",
        domain=[("res_model", "=", "res.partner")],
        ondelete="set null",
        help="Plan of activities offered for customers of this stage.",
    )

    _ages_not_negative = models.Constraint(
        "CHECK (age_from >= 0 AND age_to >= 0)", "An age cannot be negative."
    )

    @api.constrains("age_from", "age_to")
    def _check_ages(self):
        for stage in self:
            if stage.age_to and stage.age_to < stage.age_from:
                raise ValidationError(
                    self.env._(
                        "The ages of “%(stage)s” run backwards: from %(age_from)s to "
                        "%(age_to)s.",
                        stage=stage.name,
                        age_from=stage.age_from,
                        age_to=stage.age_to,
                    )
                )
