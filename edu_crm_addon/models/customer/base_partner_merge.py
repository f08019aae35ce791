from collections import Counter

import psycopg2
from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ...const import GROUP_MANAGER


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merge customers without losing rows.

    The host repoints all rows of one table at once, and when a single one clashes with
    a unique rule it deletes them all. Here the rows are moved before it comes to that,
    one by one where needed; only a row the survivor already has the like of is dropped.
    What was moved and dropped, and who was merged, is written to the survivor's
    chatter.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        is_customer = any(partners.sudo().mapped("edu_is_customer"))
        result = super()._merge(
            partner_ids, dst_partner, extra_checks and not self._may_differ(partners)
        )
        survivor = partners.exists().sudo()
        if is_customer:
            survivor.edu_is_customer = True
        survivor._refresh_relationship()
        survivor._refresh_completeness()
        self.env["edu.duplicate"].sudo()._forget_merged(survivor)
        return result

    def _may_differ(self, partners):
        """Let education managers merge different e-mails where nobody logs in by them.

        The host asks for equal e-mails so that nobody takes over a user's account.
        """
        users = partners.sudo().with_context(active_test=False).user_ids
        return not users and self.env.user.has_group(GROUP_MANAGER)

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        dropped = Counter()
        dropped["edu_guardianship"] += self._join_guardianships(
            src_partners, dst_partner
        )
        moved = self._move_rows(src_partners, dst_partner, dropped)
        self.env.invalidate_all()
        self._log_rows(src_partners, dst_partner, moved, dropped)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        family = dst_partner.sudo()
        family.edu_guardian_link_ids._check_no_loop()
        (family.edu_guardian_link_ids | family.edu_learner_link_ids)._check_company()
        return result

    def _update_reference_fields(self, src_partners, dst_partner):
        self._drop_double_followers(src_partners, dst_partner)
        return super()._update_reference_fields(src_partners, dst_partner)

    # ------------------------------------------------------------------ guardianships
    def _join_guardianships(self, sources, target):
        """Make one of links that become the same; return how many were superfluous."""
        people = (sources | target).ids
        links = self.env["edu.guardianship"].sudo()
        links = links.search(
            ["|", ("guardian_id", "in", people), ("learner_id", "in", people)]
        ).sorted(lambda link: link.guardian_id in sources or link.learner_id in sources)
        kept, paid = {}, set()
        superfluous = links.browse()
        for link in links:
            guardian = target if link.guardian_id in sources else link.guardian_id
            learner = target if link.learner_id in sources else link.learner_id
            if guardian == learner or (learner, guardian) in kept:
                raise self._merge_of_relatives(link)
            same = kept.setdefault((guardian, learner), link)
            if same != link:
                superfluous |= link
            if link.is_payer and learner in paid:
                link.is_payer = False
            elif link.is_payer:
                paid.add(learner)
                link.is_payer = False
                same.is_payer = True
        count = len(superfluous)
        superfluous.unlink()
        self.env.flush_all()
        return count

    def _merge_of_relatives(self, link):
        return UserError(
            self.env._(
                "%(guardian)s is a guardian of %(learner)s: they are two people. "
                "Remove the guardianship first if that is wrong.",
                guardian=link.guardian_id.display_name,
                learner=link.learner_id.display_name,
            )
        )

    # ------------------------------------------------------------------ rows of all
    def _move_rows(self, sources, target, dropped):
        """Repoint every row that can be; count per table, dropped ones apart."""
        moved = Counter()
        for table, column in self._get_fk_on("res_partner"):
            if "base_partner_merge_" in table or not self._has_id(table):
                continue
            ids = self._rows_of(table, column, sources)
            if ids and self._repoint(table, column, ids, target):
                moved[table] += len(ids)
                continue
            for row_id in ids:
                if self._repoint(table, column, [row_id], target):
                    moved[table] += 1
                else:
                    self._drop_row(table, row_id)
                    dropped[table] += 1
        return moved

    def _has_id(self, table):
        return any(model._table == table and model._auto for model in self.env.values())

    def _rows_of(self, table, column, partners):
        query = SQL(
            "SELECT id FROM %s WHERE %s IN %s ORDER BY id",
            SQL.identifier(table),
            SQL.identifier(column),
            tuple(partners.ids),
        )
        return [row_id for (row_id,) in self.env.execute_query(query)]

    def _repoint(self, table, column, ids, target):
        """Move the rows to the survivor; tell whether no rule of theirs forbade it."""
        query = SQL(
            "UPDATE %s SET %s = %s WHERE id IN %s",
            SQL.identifier(table),
            SQL.identifier(column),
            target.id,
            tuple(ids),
        )
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(query)
        except psycopg2.IntegrityError:
            return False
        return True

    def _drop_row(self, table, row_id):
        self.env.cr.execute(
            SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(table), row_id)
        )

    def _drop_double_followers(self, sources, target):
        """Unfollow the merged contact for whoever already follows the survivor."""
        Followers = self.env["mail.followers"].sudo()
        domain = [("res_model", "=", "res.partner"), ("res_id", "in", sources.ids)]
        seen = set(target.message_partner_ids.ids)
        double = Followers.browse()
        for follower in Followers.search(domain, order="id"):
            if follower.partner_id.id in seen:
                double |= follower
            seen.add(follower.partner_id.id)
        double.unlink()

    # ------------------------------------------------------------------ the log
    def _log_rows(self, sources, target, moved, dropped):
        """Write to the survivor who was merged, so that it can be undone by hand."""
        people = Markup("").join(
            Markup("<li>%s</li>")
            % " · ".join(filter(None, (p.display_name, p.ref, p.phone, p.email)))
            for p in sources
        )
        body = Markup("<p>%s</p><ul>%s</ul>") % (self.env._("Merged contacts:"), people)
        for title, counts in (
            (self.env._("Records moved:"), moved),
            (self.env._("Dropped, as this contact already has the same:"), dropped),
        ):
            if text := self._describe(counts):
                body += Markup("<p>%s %s</p>") % (title, text)
        target._message_log(body=body)

    def _describe(self, counts):
        names = {
            model._table: model._description
            for model in self.env.values()
            if model._auto
        }
        return ", ".join(
            f"{names.get(table, table)} {count}"
            for table, count in sorted(counts.items())
            if count
        )
