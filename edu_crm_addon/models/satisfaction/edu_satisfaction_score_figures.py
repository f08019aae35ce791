from odoo import api, models
from odoo.tools import SQL

from ...logic import interval
from ...logic.figures import Cell, Sum

MEASURED = ("experience", "expectation", "gap")


class EduSatisfactionScore(models.Model):
    """Sums of scores for the pages of results; one query, whatever the number."""

    _inherit = "edu.satisfaction.score"

    @api.model
    def _cells(self, query, groupings=(), condition=None):
        """Return ``{grouping: {(dimension, value): Cell}}`` of the scores of ``query``.

        Those are what the user may see; the SQL ``condition`` narrows them. Cells of
        the whole have the grouping None, and no value.
        """
        cells = {name: {} for name in (None, *groupings)}
        if query.is_empty():
            return cells
        dimension = self._field_to_sql(self._table, "dimension", query)
        columns = [self._field_to_sql(self._table, name, query) for name in groupings]
        level = SQL("GROUPING(%s)", SQL(", ").join(columns)) if columns else SQL("0")
        rows = self.env.execute_query(
            SQL(
                "SELECT %(what)s FROM %(tables)s WHERE %(where)s"
                " GROUP BY GROUPING SETS (%(sets)s)",
                what=SQL(", ").join([level, dimension, *columns, *self._sums(query)]),
                tables=query.from_clause,
                where=self._narrowed(query, condition),
                sets=SQL(", ").join(
                    SQL("(%s)", SQL(", ").join([dimension, *column]))
                    for column in ([], *([column] for column in columns))
                ),
            )
        )
        for level, dimension, *values in rows:
            keys, sums = values[: len(columns)], values[len(columns) :]
            number = self._grouped_by(level, len(columns))
            name, key = (
                (None, None) if number is None else (groupings[number], keys[number])
            )
            cells[name][dimension, key] = self._cell(sums)
        return cells

    @api.model
    def _narrowed(self, query, condition):
        return SQL(
            "%s AND %s", query.where_clause or SQL("TRUE"), condition or SQL("TRUE")
        )

    @api.model
    def _grouped_by(self, level, count):
        """Return which of ``count`` columns a row is grouped by; None if by none.

        PostgreSQL sets the bits of the others, the last column has the lowest.
        """
        return next((n for n in range(count) if not level >> (count - 1 - n) & 1), None)

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
    def _complete_scores(self, query, dimensions, condition=None):
        """Return the scores of each answer that has them all, and how many there are.

        No answer can be told from another by it: it is for what relates to what.
        """
        if query.is_empty():
            return [], 0
        dimension = self._field_to_sql(self._table, "dimension", query)
        score = self._field_to_sql(self._table, "experience", query)
        sheet = SQL.identifier(self._table, "input_id")
        rows = self.env.execute_query(
            SQL(
                "SELECT %(scores)s FROM %(tables)s WHERE %(where)s"
                " AND %(sheet)s IS NOT NULL GROUP BY %(sheet)s",
                scores=SQL(", ").join(
                    SQL("max(%s) FILTER (WHERE %s = %s)", score, dimension, code)
                    for code in dimensions
                ),
                tables=query.from_clause,
                where=self._narrowed(query, condition),
                sheet=sheet,
            )
        )
        return [row for row in rows if None not in row], len(rows)
