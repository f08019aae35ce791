from odoo import models

from ...logic import (
    drivers,
    figures,
    interval,
    representation,
    satisfaction,
    small_cells,
    survey_funnel,
)
from ...logic.figures import Cell
from ...logic.interval import Estimate
from .edu_survey_invitation_segments import SEGMENTS
from .edu_survey_wave_facts import GROUPINGS, NAMED

CONTENTS_AND_OVERALL = (*satisfaction.CONTENTS, satisfaction.OVERALL)
# Why there are no figures.
NO_ANSWERS = "no_answers"


class EduSurveyWave(models.Model):
    """The results of a wave: figures, how far they may be off, and what moves them.

    Everything is of the answers that the user may see; of an anonymous wave, of what it
    publishes. See ``_results``.
    """

    _inherit = "edu.survey.wave"

    def _results(self):
        """Return all that the page of results shows, for any number of answers."""
        self.ensure_one()
        self.check_access("read")
        waves = self._result_waves()
        invitations = waves._visible_invitations()
        funnels = waves._result_funnels(invitations)
        funnel = funnels.get(self.id, survey_funnel.Funnel())
        segments = self.env["edu.survey.invitation"]._segments(invitations, self)
        scores = waves._visible_scores()
        facts = self._result_facts(scores)
        history = waves._result_history(scores)
        names = self._result_names(self._result_keys(facts["cells"], segments))
        populations = {key: value.audience for key, value in funnels.items()}
        cells = {key[0]: cell for key, cell in facts["cells"][None].items()}
        found = self._result_drivers(facts)
        return {
            "hidden": facts["hidden"] or (not cells and NO_ANSWERS) or None,
            "funnel": funnel,
            "response": interval.share(funnel.done, funnel.invited),
            "is_low": representation.is_low_response(funnel.done, funnel.invited),
            "segments": self._result_segments(segments, names),
            "dimensions": self._result_dimensions(
                cells, facts["cells"]["band"], funnel.audience
            ),
            "recommendation": self._result_nps(cells, funnel.audience),
            "trend": self._result_trend(history, populations),
            "drivers": found,
            "priorities": self._result_priorities(found, cells, funnel.audience),
            "tables": self._result_tables(facts["cells"], names),
        }

    # ------------------------------------------------------------------ words
    def _result_label(self, model, name, code):
        field = self.env[model]._fields[name]
        return dict(field._description_selection(self.env)).get(code, code)

    def _dimension_label(self, code):
        return self._result_label("edu.satisfaction.score", "dimension", code)

    def _result_keys(self, cells, segments):
        """Return the ids that need a name, by grouping."""
        keys = {
            name: {key for _dimension, key in cells.get(name, ()) if key}
            for name in NAMED
        }
        for name, counts in segments.items():
            if name in keys:
                keys[name].update(key for key in counts if key)
        return keys

    def _result_value(self, name, key, names):
        """Return the words for a value of a grouping."""
        if not key:
            return self.env._("Not known")
        if name in NAMED:
            return names.get((name, key), str(key))
        if name == "tenure":
            return self._result_tenures()[key]
        return self._result_label("edu.satisfaction.score", name, key)

    def _result_sorted(self, name, keys, names):
        """Return keys with their words, as lists have them; what is not known last."""
        order = [
            *self._result_tenures(),
            *(key for group, key in names if group == name),
        ]
        places = {key: place for place, key in enumerate(order)}
        pairs = [(key, self._result_value(name, key, names)) for key in keys]
        return sorted(pairs, key=lambda p: (not p[0], places.get(p[0], -1), p[1]))

    def _result_tenures(self):
        return {
            "none": self.env._("Not enrolled yet"),
            "new": self.env._("Up to half a year"),
            "year": self.env._("Half a year to a year"),
            "second_year": self.env._("In the second year"),
            "longer": self.env._("Longer than two years"),
        }

    def _result_titles(self):
        return {
            "method": self.env._("Survey method"),
            "stage_id": self.env._("Education stage"),
            "type_id": self.env._("Education type"),
            "tier_id": self.env._("Customer tier"),
            "course_id": self.env._("Course"),
            "teacher_id": self.env._("Teacher"),
            "team_id": self.env._("Sales Team"),
            "role": self.env._("Respondent"),
            "tenure": self.env._("Time since the first enrollment"),
        }

    # ------------------------------------------------------------------ parts
    def _result_segments(self, segments, names):
        """Return those who answered beside those invited, for each kind of segment."""
        titles = self._result_titles()
        parts = []
        for name in SEGMENTS:
            compared = {row.key: row for row in representation.compare(segments[name])}
            rows = [
                {"label": label, "segment": compared[key]}
                for key, label in self._result_sorted(name, compared, names)
            ]
            parts.append(
                {
                    "code": name,
                    "title": titles[name],
                    "rows": rows,
                    "differs": any(row["segment"].differs for row in rows),
                }
            )
        return parts

    def _result_dimensions(self, cells, bands, population):
        """Return a row for each dimension that was asked, the contents first."""
        rows = []
        for code in CONTENTS_AND_OVERALL:
            if code not in cells:
                continue
            cell = cells[code]
            counts = {
                key: part.experience.n for (d, key), part in bands.items() if d == code
            }
            rows.append(
                {
                    "code": code,
                    "label": self._dimension_label(code),
                    "score": cell.experience.estimate(population),
                    "expectation": cell.expectation.estimate(population),
                    "gap": cell.gap_estimate(population),
                    "bands": self._result_bands(counts) if counts else [],
                }
            )
        return rows

    def _result_bands(self, counts):
        """Return the bands with their shares, and how much lies below each."""
        total = sum(counts.values())
        bands, below = [], 0
        for _start, code in satisfaction.BANDS:
            bands.append(
                {
                    "code": code,
                    "label": self._result_label("edu.satisfaction.score", "band", code),
                    "count": counts.get(code, 0),
                    "share": interval.share(counts.get(code, 0), total),
                    "below": below / total if total else 0,
                }
            )
            below += counts.get(code, 0)
        return bands

    def _result_nps(self, cells, population):
        cell = cells.get(satisfaction.RECOMMENDATION)
        if not cell or not cell.experience.n:
            return None
        n = cell.experience.n
        counts = (cell.promoters, n - cell.promoters - cell.detractors, cell.detractors)
        is_told = not self.is_anonymous or all(
            not count or small_cells.may_show(count) for count in counts
        )
        parts = zip(("promoters", "passives", "detractors"), counts, strict=True)
        return {
            "score": cell.nps(population),
            "parts": {name: interval.share(count, n) for name, count in parts}
            if is_told
            else {},
        }

    def _result_trend(self, history, populations):
        """Return the waves, and for each dimension its figures and the last change."""
        if len(history) < 2:
            return None
        rows = []
        for code in (*CONTENTS_AND_OVERALL, satisfaction.RECOMMENDATION):
            values = [
                self._trend_value(
                    code, cells.get(code, Cell()), populations.get(wave.id)
                )
                for wave, cells in history.items()
            ]
            if any(value.n for value in values):
                rows.append(
                    {
                        "code": code,
                        "label": self._trend_label(code),
                        "values": values,
                        **self._trend_change(values),
                    }
                )
        return {"waves": list(history), "rows": rows}

    def _trend_label(self, code):
        if code == satisfaction.RECOMMENDATION:
            return self.env._("Net promoter score")
        return self._dimension_label(code)

    def _trend_value(self, code, cell, population):
        if code == satisfaction.RECOMMENDATION:
            return cell.nps(population)
        return cell.experience.estimate(population)

    def _trend_change(self, values):
        before, after = values[-2:]
        if not (before.n and after.n):
            return {"change": None, "is_proven": False}
        return {
            "change": after.value - before.value,
            "is_proven": interval.is_change_proven(before, after),
        }

    def _result_drivers(self, facts):
        """Return what each content has to do with the overall score."""
        rows = facts["complete"]
        asked = {code for code, _key in facts["cells"][None]}
        contents = [code for code in satisfaction.CONTENTS if code in asked]
        if satisfaction.OVERALL not in asked:
            contents = []
        columns = dict(zip(CONTENTS_AND_OVERALL, zip(*rows, strict=True), strict=False))
        return drivers.analyze(
            {code: columns.get(code, ()) for code in contents},
            columns.get(satisfaction.OVERALL, ()),
            answers=facts["answers"],
            seed=self.id,
        )

    def _result_priorities(self, found, cells, population):
        """Return the picture of importance and performance; None without shares."""
        if found.reason or found.is_direction_only:
            return None
        points, score, share = figures.priorities(
            (
                driver.name,
                cells[driver.name].experience.estimate(population),
                Estimate(
                    n=found.n, value=driver.share, low=driver.low, high=driver.high
                ),
            )
            for driver in found.drivers
        )
        return {"points": points, "score": score, "share": share}

    def _result_tables(self, cells, names):
        """Return the scores by what is known of those who answered."""
        titles = self._result_titles()
        codes = [code for code in CONTENTS_AND_OVERALL if (code, None) in cells[None]]
        tables = []
        for name in GROUPINGS:
            keys = {key for _dimension, key in cells[name]}
            if name == "band" or not any(keys):
                continue
            rows = [
                {
                    "label": label,
                    "values": [
                        cells[name].get((code, key), Cell()).experience.estimate()
                        for code in codes
                    ],
                }
                for key, label in self._result_sorted(name, keys, names)
            ]
            tables.append(
                {
                    "code": name,
                    "title": titles[name],
                    "dimensions": [self._dimension_label(code) for code in codes],
                    "rows": rows,
                }
            )
        return tables
