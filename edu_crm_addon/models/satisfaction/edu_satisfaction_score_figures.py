from odoo import api, models
from odoo.tools import SQL

from ...logic import interval
from ...logic.figures import Cell, Sum

MEASURED = ("experience", "expectation", "gap")


class EduSatisfactionScore(models.Model):
    """Sums of scores for the pages of results; one query, whatever the number."""

    _inherit = "edu.satisfaction.score"

    @api.model
    def _cells(self, domain, groupings=()):
        """Return ``{grouping: {(dimension, value): Cell}}`` of what the user may see.

        The grouping None has the cells of the whole, their value is None.
        """
        cells = {name: {} for name in (None, *groupings)}
        query = self._search(domain)
        if query.is_empty():
            return cells
        dimension = self._field_to_sql(self._table, "dimension", query)
        columns = [self._field_to_sql(self._table, name, query) for name in groupings]
        query.groupby = SQL(
            "GROUPING SETS (%s)",
            SQL(", ").join(
                [SQL("(%s)", dimension)]
                + [SQL("(%s, %s)", dimension, column) for column in columns]
            ),
        )
        level = SQL("GROUPING(%s)", SQL(", ").join(columns)) if columns else SQL("0")
        rows = self.env.execute_query(
            query.select(level, dimension, *columns, *self._sums(query))
        )
        for level, dimension, *values in rows:
            keys, sums = values[: len(columns)], values[len(columns) :]
            # The bit of the column in the grouping is 0, the others are 1.
            number = (
                next(
                    (
                        i
                        for i in range(len(columns))
                        if not level >> (len(columns) - 1 - i) & 1
                    ),
                    None,
                )
                if columns
                else None
            )
            name = None if number is None else groupings[number]
            key = None if number is None else keys[number]
            cells[name][dimension, key] = self._cell(sums)
        return cells

    @api.model
    def _sums(self, query):
        """Return the SQL of what ``_cell`` makes a cell of."""
        columns = {
            name: self._field_to_sql(self._table, name, query) for name in MEASURED
        }
        experience = columns["experience"]
        return [
            SQL("count(*)"),
            *(
                aggregate
                for column in columns.values()
                for aggregate in (
                    SQL("count(%s)", column),
                    SQL("COALESCE(sum(%s), 0)", column),
                    SQL("COALESCE(sum(%s * %s), 0)", column, column),
                )
            ),
            SQL("count(*) FILTER (WHERE %s >= %s)", experience, interval.PROMOTES),
            SQL("count(*) FILTER (WHERE %s <= %s)", experience, interval.DETRACTS),
        ]

    @api.model
    def _cell(self, sums):
        answers, *measured, promoters, detractors = sums
        return Cell(
            answers=answers,
            promoters=promoters,
            detractors=detractors,
            **{
                name: Sum(
                    n=measured[3 * number],
                    total=float(measured[3 * number + 1]),
                    squares=float(measured[3 * number + 2]),
                )
                for number, name in enumerate(MEASURED)
            },
        )

    @api.model
    def _complete_scores(self, domain, dimensions):
        """Return the scores of each answer that has them all, and how many there are.

        No answer can be told from another by it: it is for what relates to what.
        """
        query = self._search(domain)
        if query.is_empty():
            return [], 0
        dimension = self._field_to_sql(self._table, "dimension", query)
        score = self._field_to_sql(self._table, "experience", query)
        sheet = SQL.identifier(self._table, "input_id")
        query.groupby = sheet
        query.add_where(SQL("%s IS NOT NULL", sheet))
        rows = self.env.execute_query(
            query.select(
                *(
                    SQL("max(%s) FILTER (WHERE %s = %s)", score, dimension, code)
                    for code in dimensions
                )
            )
        )
        return [row for row in rows if None not in row], len(rows)
