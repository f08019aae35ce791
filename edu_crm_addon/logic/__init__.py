"""Pure rules: standard library only, no Odoo, no clock, no translation."""
