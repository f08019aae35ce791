from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import complaint as rule

CHOSEN_BY = [("customer", "Customer"), ("staff", "Noted by staff")]
# Only `_choose` writes them.
CHOICE = frozenset({"is_chosen", "chosen_by", "chosen_user_id", "chosen_at"})


class EduComplaintSolution(models.Model):
    """One solution offered to who complained; the customer takes at most one."""

    _name = "edu.complaint.solution"
    _description = "Solution offered for a complaint"
    _order = "complaint_id, sequence, id"
    _check_company_auto = True

    complaint_id = fields.Many2one(
        "edu.complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related="complaint_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Solution", required=True)
    description = fields.Text(help="The customer reads it.")
    cost = fields.Monetary(string="Expected cost")
    is_chosen = fields.Boolean(string="Chosen", readonly=True, copy=False)
    chosen_by = fields.Selection(
        CHOSEN_BY, string="Chosen by", readonly=True, copy=False
    )
    chosen_user_id = fields.Many2one(
        "res.users", string="Noted by", readonly=True, copy=False
    )
    chosen_at = fields.Datetime(string="Chosen at", readonly=True, copy=False)

    _one_chosen = models.UniqueIndex(
        "(complaint_id) WHERE is_chosen", "The customer takes one solution only."
    )
    _cost_positive = models.Constraint(
        "CHECK (cost >= 0)", "What a solution costs cannot be negative."
    )

    @api.constrains("complaint_id", "name", "description", "is_chosen")
    def _check_open(self):
        """What was offered, and chosen, stands once the complaint is over."""
        for solution in self:
            if solution.complaint_id.state in rule.DONE:
                raise ValidationError(
                    self.env._(
                        "%s is over: nothing is offered any more.",
                        solution.complaint_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_choice(vals_list)
        if not self.env.su:
            # Nor by a default from the context.
            unchosen = dict.fromkeys(CHOICE, False)
            vals_list = [{**vals, **unchosen} for vals in vals_list]
        solutions = super().create(vals_list)
        solutions.complaint_id.check_access("write")
        return solutions

    def write(self, vals):
        self._refuse_choice([vals])
        if "complaint_id" in vals or not vals.keys().isdisjoint(("name", "cost")):
            self._check_not_chosen()
        return super().write(vals)

    def _refuse_choice(self, vals_list):
        if self.env.su or not any(CHOICE & vals.keys() for vals in vals_list):
            return
        raise UserError(self.env._("A solution is chosen by the button for it only."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_chosen(self):
        self._check_not_chosen()

    def _check_not_chosen(self):
        if not self.env.su and any(solution.is_chosen for solution in self):
            raise UserError(
                self.env._("The customer took this solution: it stays as it is.")
            )

    def action_choose(self):
        """Note that the customer takes this one."""
        self.ensure_one()
        self.complaint_id.check_access("write")
        self._choose("staff")

    def _choose(self, chosen_by):
        """Take this solution, and no other of its complaint.

        :param str chosen_by: see ``CHOSEN_BY``; the portal calls it for the customer
        """
        self.ensure_one()
        # sudo: past the guard of `write`; the callers check who may
        solution = self.sudo()
        others = solution.complaint_id.solution_ids - solution
        others.filtered("is_chosen").write(
            {
                "is_chosen": False,
                "chosen_by": False,
                "chosen_user_id": False,
                "chosen_at": False,
            }
        )
        # One row less before one row more: the index knows no order.
        solution.flush_model(["is_chosen"])
        solution.write(
            {
                "is_chosen": True,
                "chosen_by": chosen_by,
                "chosen_user_id": self.env.uid,
                "chosen_at": fields.Datetime.now(),
            }
        )
        solution.complaint_id._message_log(
            body=self.env._("The customer chose: %s", solution.name)
        )
