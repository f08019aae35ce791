"""Scores, and those who were invited, are classified alike: both stand on one page."""

from odoo.tools import SQL

from ...logic.enrollment import SEATED


def joins_of_person(company):
    """Return the joins ``enrollment`` and ``stage`` of the contact ``about``.

    They follow ``about`` and ``invitation``. The enrollment is that of the invitation,
    else the only running one; the stage is there if the contact has only one.

    :param SQL company: the id of whose enrollments count
    """
    return SQL(
        """
        LEFT JOIN LATERAL (
            SELECT min(id) AS id
              FROM edu_enrollment
             WHERE learner_id = about.id
               AND company_id = %(company)s
               AND state IN %(seated)s
            HAVING count(*) = 1) live ON TRUE
        LEFT JOIN edu_enrollment enrollment
               ON enrollment.id = COALESCE(invitation.enrollment_id, live.id)
        LEFT JOIN LATERAL (
            SELECT min(stage_id) AS id
              FROM edu_partner_stage_rel
             WHERE partner_id = about.id
            HAVING count(*) = 1) stage ON TRUE
        """,
        company=company,
        seated=SEATED,
    )
