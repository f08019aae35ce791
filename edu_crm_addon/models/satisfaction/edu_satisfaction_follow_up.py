from odoo import fields, models


class EduSatisfactionFollowUp(models.Model):
    """What was done about one answer with a low score, and whether it helped.

    open -> done -> asked again; the new score says whether the customer is won back.
    """

    _name = "edu.satisfaction.follow.up"
    _description = "Follow-up of a low score"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_due, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    state = fields.Selection(
        [
            ("open", "To do"),
            ("done", "Done"),
            ("asked", "Asked again"),
            ("recovered", "Recovered"),
            ("not_recovered", "Still dissatisfied"),
        ],
        required=True,
        readonly=True,
        default="open",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True
    )
    learner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    input_id = fields.Many2one(
        "survey.user_input", string="Answer sheet", readonly=True, ondelete="set null"
    )
    campaign_id = fields.Many2one(
        "edu.survey.campaign", readonly=True, index="btree_not_null"
    )
    wave_id = fields.Many2one("edu.survey.wave", readonly=True, index="btree_not_null")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    score = fields.Float(readonly=True, aggregator="avg", digits=(5, 1))
    dimension_text = fields.Char(string="Low in", readonly=True)
    date = fields.Date(string="Answered", required=True, readonly=True)
    date_due = fields.Date(string="Due date")
    complaint_id = fields.Many2one(
        "edu.complaint", readonly=True, index="btree_not_null", ondelete="set null"
    )
    result = fields.Text()
    reask_id = fields.Many2one(
        "edu.survey.invitation", readonly=True, index="btree_not_null"
    )
    new_score = fields.Float(readonly=True, aggregator="avg", digits=(5, 1))

    _answer_once = models.UniqueIndex(
        "(input_id) WHERE input_id IS NOT NULL",
        "This answer is followed up already.",
    )
