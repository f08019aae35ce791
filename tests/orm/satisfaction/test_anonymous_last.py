from odoo.tests import tagged

from odoo.addons.edu_crm_addon.models.satisfaction import survey_user_input_anonymous

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestAnonymousLast(EduCase):
    def test_an_answer_is_forgotten_after_everything_else(self):
        """Whatever another file does with an answer that is done comes before."""
        own = survey_user_input_anonymous.SurveyUserInput
        first = next(
            cls
            for cls in type(self.env["survey.user_input"]).__mro__
            if MODULE in cls.__module__ and "_mark_done" in vars(cls)
        )
        self.assertIs(first, own)
