"""What the forms for complaints share: reading, checking, one random number each."""

import secrets
from datetime import datetime

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq, email_normalize, hmac

from ..logic import form_stamp
from ..models.complaint.edu_complaint import KINDS, REMEDIES

SCOPE = "edu-complaint-form"
LONGEST_TEXT = 10_000
LONGEST_LINE = 200
UNPROCESSABLE = 422
MOMENT = "%Y%m%d%H%M%S"


def plain(value):
    """Return what was sent as text that a database holds; a file is no text."""
    return value.replace("\0", "") if isinstance(value, str) else ""


class ComplaintForm:
    """One form as it was typed: its values, and what is wrong with them.

    Nothing but the fields named here is read. ``values`` are fit for `_submit`.
    """

    def __init__(self, params):
        self._params = params
        self.typed = {}
        self.values = {}
        self.errors = {}
        self.files = []

    def text(self, name, longest=LONGEST_LINE):
        value = plain(self._params.get(name)).strip()
        if longest == LONGEST_LINE:
            value = " ".join(value.split())
        self.typed[name] = value[:longest]
        return self.typed[name]

    def choose(self, name, records):
        """Return the record of ``records`` that was chosen; another one is an error."""
        typed = self.text(name)
        chosen = records.filtered(lambda record: str(record.id) == typed)
        if typed and not chosen:
            self.errors[name] = request.env._("Please choose again.")
        return chosen

    def read_matter(self):
        """Read what every form asks for."""
        env = request.env
        kinds, remedies = dict(KINDS), dict(REMEDIES)
        types = env["edu.complaint"]._form_types()
        kind, remedy = self.text("kind"), self.text("remedy")
        chosen = self.choose("type_id", types)
        if not chosen:
            self.errors["type_id"] = env._("Please choose what it is about.")
        matter = self.choose("matter_id", types.matter_ids)
        if matter and matter.type_id != chosen:
            self.errors["matter_id"] = env._(
                "This does not belong to what it is about."
            )
        text = self.text("description", LONGEST_TEXT)
        if not text:
            self.errors["description"] = env._("Please tell us what happened.")
        self.values.update(
            kind=kind if kind in kinds else "complaint",
            remedy=remedy if remedy in remedies else "unstated",
            type_id=chosen.id,
            matter_id=matter.id,
            description=text,
        )

    def read_family(self):
        """Read for whom and about which course a customer complains."""
        complaints = request.env["edu.complaint"]
        learners = complaints._form_learners() | request.env.user.partner_id.sudo()
        learner = self.choose("learner_id", learners)
        enrollment = self.choose("enrollment_id", complaints._form_enrollments())
        if learner and enrollment and enrollment.learner_id != learner:
            self.errors["enrollment_id"] = request.env._(
                "This course is another learner's."
            )
        self.values.update(learner_id=learner.id, enrollment_id=enrollment.id)
        return enrollment

    def read_person(self):
        """Read who complains without an account: name and address, or nobody."""
        env = request.env
        names = ("partner_name", "phone", "email_from")
        name, phone, email = (self.text(field) for field in names)
        if self.text("identity") == "anonymous":
            # What was typed before is not looked at.
            self.typed.update(dict.fromkeys(names, ""))
            self.values["is_anonymous"] = True
            return
        if not name:
            self.errors["partner_name"] = env._("Please tell us your name.")
        if email and not email_normalize(email):
            self.errors["email_from"] = env._("This is no email address.")
        elif not phone and not email:
            self.errors["email_from"] = env._(
                "Please tell us a telephone number or an email address."
            )
        self.values.update(partner_name=name, phone=phone, email_from=email)

    def read_files(self, files):
        self.files = files
        try:
            request.env["edu.complaint"]._check_files(files)
        except UserError as error:
            self.errors["files"] = str(error)

    # ------------------------------------------------------------------ stamp
    def read_stamp(self, fastest=form_stamp.FASTEST):
        """Return the random number of the form, if the form is one of ours."""
        nonce, made_at = open_stamp(self.text("stamp"))
        if not nonce:
            reason = form_stamp.TOO_OLD
        else:
            reason = form_stamp.refusal(
                fields.Datetime.now() - made_at, fastest=fastest
            )
        if reason == form_stamp.TOO_OLD:
            self.typed["stamp"] = new_stamp()
            self.errors["form"] = request.env._(
                "The form was open for too long. Please send it again."
            )
        elif reason:
            self.errors["form"] = request.env._(
                "That was very fast. Please wait a moment and send it again."
            )
        return nonce


def new_stamp():
    """Return moment and random number of a new form, signed."""
    moment = fields.Datetime.now().strftime(MOMENT)
    return _signed(f"{moment}-{secrets.token_hex(16)}")


def open_stamp(stamp):
    """Return random number and moment of a form that we signed, else nothing."""
    text, _dot, _signature = stamp.rpartition(".")
    if not text or not consteq(_signed(text).encode(), stamp.encode()):
        return None, None
    moment, _dash, nonce = text.partition("-")
    return nonce, datetime.strptime(moment, MOMENT)


def _signed(text):
    # sudo: to read the secret of the database
    return f"{text}.{hmac(request.env(su=True), SCOPE, text)}"


def choices():
    """Return what the form offers, in the language of the page."""
    env = request.env
    complaints = env["edu.complaint"]
    return {
        "types": complaints._form_types(),
        "remedies": complaints._fields["remedy"]._description_selection(env),
    }
