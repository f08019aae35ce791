from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SurveyExport(http.Controller):
    """The answers of a wave as a file; the wave says who may have it."""

    @http.route(
        "/edu/survey/wave/<int:wave_id>/answers.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def export_answers(self, wave_id):
        wave = request.env["edu.survey.wave"].search([("id", "=", wave_id)])
        if not wave:
            raise request.not_found()
        content = wave._export_xlsx()
        name = f"{wave.name.replace('/', '-')}.xlsx"
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
