from odoo import api, fields, models


class EduComplaintType(models.Model):
    """What a complaint is about, coarsely: teaching, attitude, product, contract…"""

    _name = "edu.complaint.type"
    _description = "Complaint type"
    _inherit = "edu.catalogue.mixin"

    to_leader = fields.Boolean(
        string="Straight to the leader",
        help="Complaints of this type are the leader's from the beginning.",
    )
    guidance = fields.Text(
        translate=True, help="What whoever records such a complaint should know."
    )
    matter_ids = fields.One2many("edu.complaint.matter", "type_id", string="Matters")


class EduComplaintMatter(models.Model):
    """What a complaint is about, exactly; each matter is of one type."""

    _name = "edu.complaint.matter"
    _description = "Complaint matter"
    _inherit = "edu.catalogue.mixin"
    _order = "type_id, sequence, id"

    type_id = fields.Many2one(
        "edu.complaint.type", required=True, index=True, ondelete="restrict"
    )


class EduComplaintCause(models.Model):
    """Why it came to a complaint: what the lesson is drawn from."""

    _name = "edu.complaint.cause"
    _description = "Cause of complaints"
    _inherit = "edu.catalogue.mixin"


class EduComplaintPhoneStep(models.Model):
    """One step of a complaint on the telephone, ticked off while talking."""

    _name = "edu.complaint.phone.step"
    _description = "Step of a telephone complaint"
    _inherit = "edu.catalogue.mixin"

    guidance = fields.Text(translate=True)

    @api.depends("name", "guidance")
    @api.depends_context("edu_guidance")
    def _compute_display_name(self):
        """With ``edu_guidance`` in the context it says how the step is done."""
        for step in self:
            parts = [step.name]
            if self.env.context.get("edu_guidance"):
                parts.append(step.guidance)
            step.display_name = " — ".join(filter(None, parts))
