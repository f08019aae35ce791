from odoo import models
from odoo.tools import format_date

from ...logic import drivers, figures

REPORT = "edu_crm_addon.edu_survey_results_report"
NOTHING = "–"
# The picture of importance and performance, in pixels; its axes begin at LEFT and end
# at the BOTTOM.
LEFT, WIDTH, BOTTOM, HEIGHT = 46, 420, 250, 230


class EduSurveyWave(models.Model):
    """The page of results: how figures are written, and where they are drawn."""

    _inherit = "edu.survey.wave"

    def action_open_results(self):
        """Open the results on the screen, from where they can be printed."""
        self.ensure_one()
        action = self.env.ref(REPORT).report_action(self, config=False)
        return {**action, "report_type": "qweb-html", "name": self.name}

    def action_print_results(self):
        return self.env.ref(REPORT).report_action(self, config=False)

    # ------------------------------------------------------------------ figures
    def _text_score(self, estimate, sign=""):
        """Return a score as text; ``sign`` is ``+`` for a difference."""
        return self._text_number(estimate.value, sign)

    def _text_number(self, value, sign=""):
        # Adding zero makes a positive zero of a negative one.
        return NOTHING if value is None else f"{round(value, 1) + 0.0:{sign}.1f}"

    def _text_interval(self, estimate, factor=1, digits=1):
        """Return from where to where the figure may be, as text."""
        if not estimate.has_interval:
            return NOTHING
        low, high = (factor * bound for bound in (estimate.low, estimate.high))
        return self.env._(
            "%(low)s to %(high)s", low=f"{low:.{digits}f}", high=f"{high:.{digits}f}"
        )

    def _text_share(self, value):
        return NOTHING if value is None else f"{100 * value:.0f}%"

    def _text_response(self, funnel):
        return self.env._(
            "%(done)s of %(invited)s invited answered: %(share)s.",
            done=funnel.done,
            invited=funnel.invited,
            share=self._text_share(funnel.response_rate),
        )

    def _text_nps(self, estimate):
        return self.env._(
            "Net promoter score %(score)s of %(count)s answers, 95%% interval "
            "%(interval)s",
            score=self._text_score(estimate, "+"),
            count=estimate.n,
            interval=self._text_interval(estimate),
        )

    def _text_basis(self, found):
        return self.env._(
            "Based on %(count)s of %(answers)s answers, those with all the scores. The "
            "contents explain %(share)s of the differences in overall satisfaction.",
            count=found.n,
            answers=found.answers,
            share=self._text_share(found.r_squared),
        )

    def _text_reason(self, found):
        """Return why nothing is said about what moves satisfaction."""
        return {
            drivers.TOO_FEW: self.env._(
                "%(count)s complete answers are too few to say what moves "
                "satisfaction: there must be %(least)s. Read the scores above, and "
                "what people wrote.",
                count=found.n,
                least=drivers.FEWEST,
            ),
            drivers.ALL_SAME: self.env._(
                "Everybody gave the same overall score, so nothing moves it."
            ),
            drivers.UNRELATED: self.env._(
                "The overall score has nothing to do with the contents, as far as "
                "these answers tell."
            ),
            drivers.NOT_ASKED: self.env._(
                "Overall satisfaction and at least one content must be asked to tell "
                "what moves it."
            ),
        }[found.reason]

    def _text_advice(self, point):
        return {
            figures.IMPROVE: self.env._("Improve this first"),
            figures.KEEP: self.env._("Keep it up"),
            figures.WATCH: self.env._("Lower than others, but less important"),
            figures.ENJOY: self.env._("Higher than others, and less important"),
        }[point.advice]

    # ------------------------------------------------------------------ picture
    def _draw_priorities(self, priorities):
        """Return where the points, their intervals and the two lines are."""
        top = max(
            [2 * priorities["share"]]
            + [point.share.high or point.share.value for point in priorities["points"]]
        )

        def across(score):
            return LEFT + WIDTH * score / 100

        def up(share):
            return BOTTOM - HEIGHT * share / top

        return {
            "x": across(priorities["score"]),
            "y": up(priorities["share"]),
            "top": top,
            "across": self.env._("Satisfaction score"),
            "upwards": self.env._("Share of influence"),
            "points": [
                {
                    "number": number,
                    "point": point,
                    "label": self._dimension_label(point.name),
                    "advice": self._text_advice(point),
                    "x": across(point.score.value),
                    "y": up(point.share.value),
                    "bars": self._draw_bars(point, across, up),
                }
                for number, point in enumerate(priorities["points"], 1)
            ],
        }

    def _draw_bars(self, point, across, up):
        """Return the lines of the intervals, each as where it begins and ends."""
        x, y = across(point.score.value), up(point.share.value)
        bars = []
        if point.score.has_interval:
            bars.append((across(point.score.low), y, across(point.score.high), y))
        if point.share.has_interval:
            bars.append((x, up(point.share.low), x, up(point.share.high)))
        return bars

    def _draw_trend(self, trend):
        """Return the points of the overall score, or of the first one there is."""
        rows = {row["code"]: row for row in trend["rows"]}
        row = rows.get("overall") or trend["rows"][0]
        step = WIDTH / max(len(trend["waves"]) - 1, 1)
        points = [
            {
                "x": LEFT + step * number,
                "y": 130 - 1.2 * value.value,
                "low": 130 - 1.2 * value.low if value.has_interval else None,
                "high": 130 - 1.2 * value.high if value.has_interval else None,
                "text": self._text_score(value),
                "day": format_date(self.env, wave.date_start),
            }
            for number, (wave, value) in enumerate(
                zip(trend["waves"], row["values"], strict=True)
            )
            if value.n
        ]
        return {
            "label": row["label"],
            "points": points,
            "line": " ".join(f"{point['x']:.1f},{point['y']:.1f}" for point in points),
        }
