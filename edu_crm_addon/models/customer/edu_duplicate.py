from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...logic.duplicates import reopens, split_by_company

REASONS = [
    ("phone", "Same phone number"),
    ("email", "Same email"),
    ("name_birth", "Same name and birth date"),
]


class EduDuplicate(models.Model):
    """A group of contacts that are likely the same customer, found by the nightly scan.

    open: to be looked at; the contacts are merged through the host's wizard, and the
    group disappears. ignored: looked at, they are different people; the group comes
    back only if another contact joins it. Relatives and the contacts of one
    organization may share a phone number, so a learner is left out of the group its
    guardian is in, and a contact out of the group its organization is in.
    """

    _name = "edu.duplicate"
    _description = "Likely duplicates"
    _order = "state desc, partner_count desc, id"
    _check_company_auto = True

    reason = fields.Selection(REASONS, required=True, readonly=True)
    key = fields.Char(string="In common", required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    partner_ids = fields.Many2many(
        "res.partner",
        "edu_duplicate_partner_rel",
        "duplicate_id",
        "partner_id",
        string="Contacts",
        readonly=True,
        check_company=True,
    )
    partner_count = fields.Integer(
        string="Number of contacts",
        compute="_compute_partner_count",
        store=True,
        aggregator="sum",
    )
    state = fields.Selection(
        [("open", "Open"), ("ignored", "Ignored")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )

    _group_unique = models.UniqueIndex(
        "(reason, key, COALESCE(company_id, 0))",
        "Another scan has just found these duplicates.",
    )

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for group in self:
            group.partner_count = len(group.partner_ids)

    @api.depends("reason", "key")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for group in self:
            group.display_name = f"{reasons.get(group.reason, '')}: {group.key}"

    @api.model
    def _has_field_access(self, field, operation):
        """Only the scan writes groups; people change the state by the buttons."""
        if operation == "write":
            return self.env.su
        return super()._has_field_access(field, operation)

    def action_merge(self):
        """Open the host's merge wizard on the contacts of the group."""
        self.ensure_one()
        if len(self.partner_ids) < 2:
            raise UserError(
                self.env._("Fewer than two contacts of this group are left to merge.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": "base.partner.merge.automatic.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": self.partner_ids.ids,
            },
        }

    def action_ignore(self):
        self._update_state("open", "ignored")

    def action_reopen(self):
        self._update_state("ignored", "open")

    def action_scan(self):
        """Look for duplicates now instead of tonight, and say how many are open."""
        self.check_access("write")
        self.sudo()._scan()  # sudo: the scan looks at the contacts of every company
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Groups of likely duplicates to look at: %(count)s",
                    count=self.search_count([("state", "=", "open")]),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _update_state(self, allowed, target):
        """Set the state of those groups that are in ``allowed``; the only way to."""
        changing = self.filtered(lambda group: group.state == allowed)
        changing.check_access("write")
        changing.sudo().state = target
        return changing

    @api.model
    def _scan(self):
        """Bring the list in line with the contacts as they are; safe to repeat."""
        found = self._find_groups()
        known = self._contacts_by_group()
        ignored, settled = {}, self.browse()
        for group in self.search([("state", "in", ("open", "ignored"))]):
            contacts = found.pop((group.reason, group.key, group.company_id.id), None)
            if group.state == "ignored":
                ignored[group.reason, group.key] = known.get(group.id, ())
            if contacts is None:
                settled |= group
            elif set(contacts) != set(known.get(group.id, ())):
                group._refresh_contacts(contacts)
        settled._settle()
        self.create(
            [
                {
                    "reason": reason,
                    "key": key,
                    "company_id": company,
                    "partner_ids": [fields.Command.set(contacts)],
                    # Who was told apart stays so when one of them changes company.
                    "state": "open"
                    if reopens(ignored.get((reason, key), ()), contacts)
                    else "ignored",
                }
                for (reason, key, company), contacts in found.items()
            ]
        )

    @api.model
    def _contacts_by_group(self):
        """Return ``{group id: contact ids}`` of all groups in one query."""
        self.flush_model(["partner_ids"])
        query = SQL(
            "SELECT duplicate_id, array_agg(partner_id) "
            "FROM edu_duplicate_partner_rel GROUP BY duplicate_id"
        )
        return dict(self.env.execute_query(query))

    def _settle(self):
        """Drop a group that no longer is one; ignored ones stay remembered."""
        self.filtered(lambda group: group.state == "open").unlink()

    def _refresh_contacts(self, contacts):
        if self.state == "ignored" and reopens(self.partner_ids.ids, contacts):
            self.state = "open"
        if self.state == "open":
            self.partner_ids = [fields.Command.set(contacts)]

    @api.model
    def _find_groups(self):
        """Return ``{(reason, key, company id or False): contact ids}``."""
        self.env["edu.guardianship"].flush_model(["guardian_id", "learner_id"])
        self.env["res.partner"].flush_model()
        groups = {}
        for reason, key, contacts, companies in self.env.execute_query(
            self._scan_sql()
        ):
            members = zip(contacts, companies, strict=True)
            for company, ids in split_by_company(members).items():
                groups[reason, key, company or False] = ids
        return groups

    @api.model
    def _scan_sql(self):
        """One statement: group the contacts by each key, then take relatives out."""
        return SQL(
            """
            WITH contact AS NOT MATERIALIZED (
                SELECT id, phone_sanitized, email_normalized, edu_birth_date,
                       lower(btrim(name)) AS name
                  FROM res_partner
                 WHERE active AND partner_share
                   AND COALESCE(type, 'contact') = 'contact'
            ), grouped AS (
                SELECT 'phone' AS reason, phone_sanitized AS key, array_agg(id) AS ids
                  FROM contact WHERE phone_sanitized IS NOT NULL
              GROUP BY phone_sanitized HAVING count(*) > 1
             UNION ALL
                SELECT 'email', email_normalized, array_agg(id)
                  FROM contact WHERE email_normalized IS NOT NULL
              GROUP BY email_normalized HAVING count(*) > 1
             UNION ALL
                SELECT 'name_birth', name || ' ' || edu_birth_date, array_agg(id)
                  FROM contact WHERE name IS NOT NULL AND edu_birth_date IS NOT NULL
              GROUP BY name, edu_birth_date HAVING count(*) > 1
            )
            SELECT g.reason, g.key, array_agg(p.id ORDER BY p.id),
                   array_agg(p.company_id ORDER BY p.id)
              FROM grouped g
              JOIN res_partner p ON p.id = ANY (g.ids)
             WHERE NOT COALESCE(p.parent_id = ANY (g.ids), FALSE)
               AND NOT EXISTS (
                   SELECT FROM edu_guardianship s
                    WHERE s.learner_id = p.id AND s.guardian_id = ANY (g.ids)
               )
          GROUP BY g.reason, g.key
            HAVING count(*) > 1
            """
        )

    @api.model
    def _forget_merged(self, survivor):
        """Count the survivor's groups anew; drop those left with fewer than two."""
        groups = self.search([("partner_ids", "in", survivor.ids)])
        groups._compute_partner_count()
        groups.filtered(lambda group: group.partner_count < 2).unlink()

    @api.model
    def _cron_scan(self):
        self._scan()
