from odoo import api, models


class KnownAliases(dict):
    """Answers of ``_find_aliases`` during one mail; it lives in the context.

    A context is compared, and hashed, by its values: this one counts as itself,
    whatever it has learned.
    """

    __hash__ = object.__hash__


class MailAliasDomain(models.Model):
    """The host asks four times during one mail whether its sender is an alias."""

    _inherit = "mail.alias.domain"

    @api.model
    def _find_aliases(self, email_list):
        known = self.env.context.get("edu_known_aliases")
        if not isinstance(known, KnownAliases):
            return super()._find_aliases(email_list)
        addresses = tuple(email_list)
        if addresses not in known:
            known[addresses] = super()._find_aliases(email_list)
        return list(known[addresses])
