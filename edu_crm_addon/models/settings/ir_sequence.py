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
        if self.use_date_range:
            return self._edu_next_in_period(fields.Date.today(), count)
        drawn_from = f"ir_sequence_{self.id:03d}"
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", drawn_from, count)
        )
        return [self.get_next_char(number) for (number,) in rows]

    @api.model
    def _edu_drawn_fields(self):
        """Return the fields a number is drawn from, to be fetched by one query."""
        return ["implementation", "use_date_range", "prefix", "suffix", "padding"]

    def _edu_next_in_period(self, day, count):
        """Return numbers of the range of dates that ``day`` is in."""
        periods = self.env["ir.sequence.date_range"]
        periods.flush_model()
        drawing = SQL(
            """
            SELECT date_from,
                   nextval(%s || lpad(digits, greatest(3, length(digits)), '0'))
              FROM (SELECT id::text AS digits, date_from FROM ir_sequence_date_range
                     WHERE sequence_id = %s AND %s BETWEEN date_from AND date_to
                     ORDER BY id LIMIT 1) period,
                   generate_series(1, %s)
            """,
            f"ir_sequence_{self.id:03d}_",
            self.id,
            day,
            count,
        )
        rows = self.env.execute_query(drawing)
        if not rows:
            self._edu_begin_period(day)
            rows = self.env.execute_query(drawing)
        sequence = self.with_context(ir_sequence_date_range=rows[0][0])
        return [sequence.get_next_char(number) for _date_from, number in rows]

    def _edu_begin_period(self, day):
        """Make the range of ``day``; of two at once, the later one is retried."""
        self.env.execute_query(
            SQL(
                "UPDATE ir_sequence SET padding = padding WHERE id = %s RETURNING id",
                self.id,
            )
        )
        self._create_date_range_seq(day)
