from odoo import api, fields, models
from odoo.exceptions import UserError

MEANS = [
    ("praise", "Praise"),
    ("reward", "Reward"),
    ("participation", "Participation"),
    ("promotion", "Promotion"),
]


class EduStaffRecognition(models.Model):
    """One time that a leader reinforced good work: by what means, and what for.

    Satisfied customers come of satisfied staff. The staff evaluation reads these.
    """

    _name = "edu.staff.recognition"
    _description = "Recognition of staff"
    _order = "date desc, id desc"
    _rec_name = "user_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        check_company=True,
    )
    means = fields.Selection(
        MEANS,
        required=True,
        default="praise",
        help="Praise face to face, in public or in a circular; a material or spiritual "
        "reward; a part in major decisions; a promotion.",
    )
    date = fields.Date(
        string="Given on",
        required=True,
        default=lambda self: self.env.company._edu_today(),
    )
    reason = fields.Text(string="What for", required=True)
    given_by_id = fields.Many2one(
        "res.users",
        string="Given by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )

    _by_another = models.Constraint(
        "CHECK (user_id <> given_by_id)", "Nobody gives a recognition to oneself."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{**vals, "given_by_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "given_by_id" in vals and not self.env.su:
            raise UserError(
                self.env._("Who gave a recognition is noted when it is given.")
            )
        return super().write(vals)
