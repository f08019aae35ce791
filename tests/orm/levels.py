"""Factories of levels of members, and of what is for members only."""

from odoo.fields import Command

LEVELS = {"bronze": 100, "silver": 500, "gold": 1000}
CRON_LEVELS = "edu_crm_addon.ir_cron_loyalty_levels"


class LevelFactory:
    """For a test case that also makes members."""

    @classmethod
    def make_level(cls, threshold=None, **values):
        """Return a level; with a threshold it is of the ladder of the company."""
        values.setdefault("company_id", cls.env.company.id)
        earned = {"edu_is_earned": True, "edu_threshold": threshold}
        return cls.env["res.partner.grade"].create(
            {
                "name": f"Level {next(cls._numbers)}",
                **(earned if threshold is not None else {}),
                **values,
            }
        )

    @classmethod
    def make_ladder(cls, **values):
        """Return bronze, silver and gold: 100, 500 and 1000 points; no other counts."""
        grades = cls.env["res.partner.grade"].with_context(active_test=False)
        grades.search([("edu_is_earned", "=", True)]).edu_is_earned = False
        cls.env.flush_all()
        return tuple(
            cls.make_level(threshold, name=name.title(), sequence=9 - place, **values)
            for place, (name, threshold) in enumerate(LEVELS.items())
        )

    @classmethod
    def make_pricelist(cls, percent=10, **values):
        """Return a price list of so many percent off, with price lists switched on."""
        cls.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        return cls.env["product.pricelist"].create(
            {
                "name": f"List {next(cls._numbers)}",
                "item_ids": [
                    Command.create(
                        {"compute_price": "percentage", "percent_price": percent}
                    )
                ],
                **values,
            }
        )

    @classmethod
    def make_club(cls, grade, months=12, **values):
        """Return a membership product with a term."""
        return cls.make_product(
            **{
                "name": "Club",
                "service_tracking": "partnership",
                "grade_id": grade.id,
                "edu_club_months": months,
                **values,
            }
        )

    @classmethod
    def sell(cls, product, partner, **values):
        line = Command.create({"product_id": product.id})
        return cls.make_order(partner, order_line=[line], **values)

    def without(self, owner, name):
        """Have a method of ours, of the class ``owner``, leave all to the host."""

        def host(record, *arguments, **values):
            return getattr(super(owner, record), name)(*arguments, **values)

        self.patch(owner, name, host)

    def run_levels(self):
        self.run_cron(CRON_LEVELS)
