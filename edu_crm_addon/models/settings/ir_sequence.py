from odoo import api, fields, models
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _edu_next_numbers(self, count):
        """Return the next ``count`` numbers; the host needs a query for each.

        One query does for a ``standard`` sequence, which draws from an object of
        PostgreSQL, with or without ranges of dates. A gapless one is asked number by
        number.
        """
        self.ensure_one()
        if self.implementation != "standard":
            return [self._next() for _number in range(count)]
        sequence, drawn_from = self, f"ir_sequence_{self.id:03d}"
        if self.use_date_range:
            period = self._edu_period(fields.Date.today())
            drawn_from = f"{drawn_from}_{period.id:03d}"
            sequence = self.with_context(ir_sequence_date_range=period.date_from)
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", drawn_from, count)
        )
        return [sequence.get_next_char(number) for (number,) in rows]

    @api.model
    def _edu_drawn_fields(self):
        """Return the fields a number is drawn from, to be fetched by one query."""
        return ["implementation", "use_date_range", "prefix", "suffix", "padding"]

    def _edu_period(self, day):
        """Return the range of dates that ``day`` is in; it is made when it begins."""
        self.ensure_one()
        period = self.env["ir.sequence.date_range"].search_fetch(
            [
                ("sequence_id", "=", self.id),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
            ["date_from"],
            limit=1,
        )
        return period or self._edu_begin_period(day)

    def _edu_begin_period(self, day):
        """Make the range of ``day``; of two at once, the later one is retried."""
        self.env.execute_query(
            SQL(
                "UPDATE ir_sequence SET padding = padding WHERE id = %s RETURNING id",
                self.id,
            )
        )
        return self._create_date_range_seq(day)
