from odoo import models


class SaleOrder(models.Model):
    """Promotions of members are applied to orders of members only, codes included."""

    _inherit = "sale.order"

    def _program_check_compute_points(self, programs):
        result = super()._program_check_compute_points(programs)
        for program in self._edu_refused_programs(programs):
            result[program] = {"error": self._edu_refusal(program)}
        return result

    def _get_claimable_rewards(self, forced_coupons=None):
        # Coupons for later orders are claimed without a check of the conditions.
        result = super()._get_claimable_rewards(forced_coupons)
        programs = self.env["loyalty.program"].union(*(c.program_id for c in result))
        refused = self._edu_refused_programs(programs)
        for coupon in [coupon for coupon in result if coupon.program_id in refused]:
            del result[coupon]
        return result

    def _apply_program_reward(self, reward, coupon, **kwargs):
        if refused := self._edu_refused_programs(reward.program_id):
            return {"error": self._edu_refusal(refused)}
        return super()._apply_program_reward(reward, coupon, **kwargs)

    def _edu_refused_programs(self, programs):
        return programs.filtered(
            lambda program: (
                not program._edu_applies_to(self.partner_id, self.company_id)
            )
        )

    def _edu_refusal(self, program):
        if program.edu_min_grade_id:
            return self.env._(
                "This promotion is for members from level “%s”.",
                program.edu_min_grade_id.name,
            )
        return self.env._("This promotion is for members only.")
