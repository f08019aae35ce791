from odoo import fields, models

ENGLISH, CHINESE = "en_US", "zh_CN"


class SaleOrder(models.Model):
    """What an order says at this moment, as plain values for its contract.

    ``terms`` is what binds and is compared later, see ``logic/contract.py``; the rest
    is printed. Names are kept in both languages of the contract.
    """

    _inherit = "sale.order"

    def _edu_contract_facts(self):
        self.ensure_one()
        # Whoever asks, it is the same contract.
        order = self.with_context(lang=self.partner_id.lang or ENGLISH)
        lines = order.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.product_uom_qty
            )
        )
        today = order.company_id._edu_today()
        company = order.company_id
        term = order.payment_term_id
        return {
            "terms": {
                "customer": order.partner_id.id,
                "currency": order.currency_id.name,
                "total": order._edu_money(order.amount_total),
                "payment": term.id or 0,
                "lines": [line._edu_contract_terms(today) for line in lines],
            },
            "order": order.name,
            "school": order._edu_party(company.partner_id),
            "customer": order._edu_party(order.partner_id),
            "lines": [line._edu_contract_texts() for line in lines],
            "payment": order._edu_texts(term, "name"),
            "instalments": order._edu_contract_instalments(today),
            "rules": {
                ENGLISH: str(company.edu_contract_rules_en or ""),
                CHINESE: str(company.edu_contract_rules_zh or ""),
            },
            "note": str(order.note or ""),
        }

    def _edu_money(self, amount):
        return f"{amount:.{self.currency_id.decimal_places}f}"

    def _edu_contract_instalments(self, today):
        """Return when how much is due, if the invoice is made today."""
        if not self.payment_term_id:
            amount = self._edu_money(self.amount_total)
            return [{"date": fields.Date.to_string(today), "amount": amount}]
        schedule = self.payment_term_id._compute_terms(
            date_ref=today,
            currency=self.currency_id,
            company=self.company_id,
            tax_amount=self.amount_tax,
            tax_amount_currency=self.amount_tax,
            sign=1,
            untaxed_amount=self.amount_untaxed,
            untaxed_amount_currency=self.amount_untaxed,
        )
        return [
            {
                "date": fields.Date.to_string(part["date"]),
                "amount": self._edu_money(part["foreign_amount"]),
            }
            for part in schedule["line_ids"]
        ]

    def _edu_party(self, partner):
        return {
            "name": partner.display_name,
            "address": "\n".join(
                line.strip(" ,")
                for line in partner._display_address(without_company=True).splitlines()
                if line.strip(" ,")
            ),
            "vat": partner.vat or "",
            "phone": partner.phone or "",
            "email": partner.email or "",
        }

    def _edu_texts(self, record, name):
        """Return a text in both languages of the contract, as far as installed."""
        installed = dict(self.env["res.lang"].get_installed())
        return {
            code: str(
                (record.with_context(lang=code) if code in installed else record)[name]
                or ""
            )
            for code in (ENGLISH, CHINESE)
        }
