"""Traces that the host does not clean up by itself."""

from odoo.tools import SQL

from .const import FIELD_PREFIX
from .models.loyalty.edu_points_entry import GUARD


def uninstall_hook(env):
    """Leave nothing behind that only this addon gives a meaning to."""
    _remove_own_activities(env)
    _leave_the_probability(env)
    _forget_mixins(env)
    _open_the_ledger(env)
    _release_own_records(env)


def _own_models(env):
    own = __package__.rpartition(".")[2]
    return [model for model in env.values() if model._original_module == own]


def _remove_own_activities(env):
    """Remove the activities of our types; no type is deleted while it is in use."""
    names = [("module", "=", __package__.rpartition(".")[2])]
    names += [("model", "=", "mail.activity.type")]
    own = env["ir.model.data"].search(names).mapped("res_id")
    activities = env["mail.activity"].with_context(active_test=False)
    activities.search([("activity_type_id", "in", own)]).unlink()


def _leave_the_probability(env):
    """Take our variables out of the host's scoring of leads, and what they taught."""
    parameters = env["ir.config_parameter"]
    chosen = (parameters.get_param("crm.pls_fields") or "").split(",")
    own = [name for name in chosen if name.startswith(FIELD_PREFIX)]
    if own:
        left = ",".join(name for name in chosen if name not in own)
        parameters.set_param("crm.pls_fields", left)
        frequencies = env["crm.lead.scoring.frequency"]
        frequencies.search([("variable", "in", own)]).unlink()


def _forget_mixins(env):
    """Forget under which names the modules of mixins know our models' share of them.

    The host deletes the rows with our models, but not these external ids.
    """
    names = [model._name for model in _own_models(env)]
    for model, path in (
        ("ir.model.inherit", "model_id.model"),
        ("ir.model.fields.selection", "field_id.model"),
    ):
        rows = env[model].search([(path, "in", names)])
        ids = [("model", "=", model), ("res_id", "in", rows.ids)]
        ids += [("module", "!=", __package__.rpartition(".")[2])]
        env["ir.model.data"].search(ids).unlink()


def _open_the_ledger(env):
    """Drop what guards the ledger of points; its table goes, a function would stay."""
    env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(GUARD)))


def _release_own_records(env):
    """Drop the foreign keys to and from our tables.

    The host deletes our data records before it drops the columns and tables that refer
    to them; those references forbid the deletion of a value in use, as they should
    until now.
    """
    models = [model for model in _own_models(env) if model._auto]
    tables = {model._table for model in models} | {
        field.relation
        for model in models
        for field in model._fields.values()
        if field.type == "many2many" and field.store
    }
    keys = env.execute_query(
        SQL(
            """
            SELECT r.relname, c.conname
              FROM pg_constraint c
              JOIN pg_class r ON r.oid = c.conrelid
              JOIN pg_class f ON f.oid = c.confrelid
             WHERE c.contype = 'f' AND (f.relname IN %(own)s OR r.relname IN %(own)s)
               AND f.relnamespace = current_schema::regnamespace
            """,
            own=tuple(tables),
        )
    )
    for table, name in keys:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(name),
            )
        )
