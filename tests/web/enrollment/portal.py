"""A family with a signed contract, and its logins."""

from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ...orm.common import SIGNATURE, EduCase

PDF = b"%PDF-1.4 contract "
NO_HTTP_LOG = mute_logger("odoo.http")


class PortalCase(EduCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother_user = cls.make_user("portal", name="Mother")
        cls.mother = cls.mother_user.partner_id
        cls.father_user = cls.make_user("portal", name="Father")
        cls.father = cls.father_user.partner_id
        cls.child = cls.make_learner(cls.mother, name="Child One")
        cls.link(cls.father, cls.child, relation="father")
        cls.sibling = cls.make_learner(cls.mother, name="Child Two")
        course = cls.make_course(name="Piano")
        run = cls.make_run(
            course, name="Saturday class", schedule="Saturdays 9:00", notes="Bring ink"
        )
        cls.order = cls.make_course_order(
            cls.mother, cls.child, course=course, edu_run_id=run.id
        )
        cls.enrollment = cls.order.edu_enrollment_ids
        cls.contract = cls.archive(cls.order)

    @classmethod
    def archive(cls, order):
        with patch.object(
            type(cls.env["edu.contract"]),
            "_render",
            lambda contract: PDF + contract.name.encode(),
        ):
            return cls.sign(order, "Mother")

    def login(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path):
        """Return status and text of a page of the logged-in user."""
        response = self.url_open(path)
        return response.status_code, response.text

    def sign_online(self, contract, **params):
        with NO_HTTP_LOG:
            return self.make_jsonrpc_request(
                f"/my/contracts/{contract.id}/sign",
                {
                    "digest": contract.facts_digest,
                    "name": "Mother",
                    "signature": SIGNATURE.decode(),
                    **params,
                },
            )

    def new_version(self):
        self.order.order_line.price_unit = 120
        self.env.flush_all()
        return self.order.edu_contract_to_sign_id
