import codecs
import socket
from email.message import EmailMessage

from odoo import api, models
from odoo.tools import email_normalize

from ...logic import robot_mail
from .mail_alias_domain import KnownAliases

COMPLAINT = "edu.complaint"


class MailThread(models.AbstractModel):
    """Mail about complaints: which one it belongs to, and whether a robot wrote it.

    The host decides both where it has not yet asked the model; other mail passes
    untouched. No message, mail or link takes a complaint to whom it is about.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """Remember during one mail which addresses are our own aliases."""
        remembering = self.with_context(edu_known_aliases=KnownAliases())
        return super(MailThread, remembering).message_process(
            model, message, *args, **kwargs
        )

    @api.model
    def message_parse(self, message, save_original=False):
        """Read mails whose charset Python does not know by that name."""
        for part in message.walk() if isinstance(message, EmailMessage) else ():
            charset = part.get_content_charset()
            if charset and charset != _known_charset(charset):
                part.set_param("charset", _known_charset(charset))
        return super().message_parse(message, save_original=save_original)

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        _make_storable(message_dict)
        routes = super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        if any(route[0] == COMPLAINT for route in routes or ()):
            return self.env[COMPLAINT]._reroute_mail(message, message_dict, routes)
        return routes

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Deliver complaints apart: nobody in To or Cc becomes a reader of one."""
        ours = [route for route in routes or () if route[0] == COMPLAINT]
        if not ours:
            return super()._message_route_process(message, message_dict, routes)
        if others := [route for route in routes if route[0] != COMPLAINT]:
            super()._message_route_process(message, dict(message_dict), others)
        robot = self._edu_robot(message)
        values = {**message_dict, "partner_ids": []}
        complaints = self.env[COMPLAINT]
        if robot or complaints._is_mail_of_concerned(values, ours):
            values.update(is_internal=True, parent_id=False)
        elif not complaints._is_colleague_mail(values):
            values["is_internal"] = False
        return super(
            MailThread, self.with_context(edu_robot_mail=robot)
        )._message_route_process(message, values, ours)

    @api.model
    def _edu_robot(self, message):
        """Return the code of why no person wrote ``message``, or ``None``."""
        return robot_mail.robot(message.items(), own_hosts=[socket.gethostname()])

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        complaint = self.env["edu.complaint"]
        if not recipients or not self or self._name not in complaint._shielded_models():
            return recipients
        concerned = complaint._complaint_of(self).accused_partner_ids
        emails = set(filter(None, concerned.mapped("email_normalized")))
        return [
            data
            for data in recipients
            if data["id"] not in concerned.ids
            and email_normalize(data["email_normalized"] or "") not in emails
        ]

    def _get_thread_with_access(self, thread_id, **kwargs):
        """A link with a token opens it for everybody but whom it is about."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        complaint = self.env["edu.complaint"]
        if thread and self._name in complaint._shielded_models():
            thread -= complaint._those_about(thread, self.env.user.partner_id)
        return thread


def _known_charset(name):
    """Return a charset that Python can read ``name`` with.

    Chinese mail programs write GBK and say GB2312; GB18030 reads both.
    """
    name = name.lower()
    if name.removeprefix("x-") in ("gb2312", "gbk", "cp936", "cp-936"):
        return "gb18030"
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return name


def _make_storable(message_dict):
    """Drop what no database text can hold; the mail would be lost for it."""
    for key, value in message_dict.items():
        if isinstance(value, str):
            message_dict[key] = _storable(value)
    if message_dict.get("attachments"):
        message_dict["attachments"] = [
            attachment._replace(fname=_storable(attachment.fname or ""))
            for attachment in message_dict["attachments"]
        ]


def _storable(text):
    """Return ``text``, of the same class, without NUL and half characters."""
    if "\0" not in text and text.isascii():
        return text
    clean = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return type(text)(clean)
