"""What a database consists of, so that "as it was before" can be checked."""

import json

from .cluster import psql

# Rows of the host's own tables that an addon adds by its data files.
TABLES = {
    "ir_model": "model",
    "ir_model_fields": "model || '.' || name",
    "ir_ui_view": "COALESCE(key, name)",
    "ir_ui_menu": "name->>'en_US'",
    "ir_act_window": "name->>'en_US'",
    "ir_act_server": "name->>'en_US'",
    "ir_act_client": "name->>'en_US'",
    "ir_cron": "cron_name",
    "ir_rule": "name",
    "ir_sequence": "name",
    "ir_config_parameter": "key",
    "ir_asset": "name",
    "res_groups": "name->>'en_US'",
    "res_groups_privilege": "name->>'en_US'",
    "mail_template": "name->>'en_US'",
    "mail_activity_type": "name->>'en_US'",
    "mail_message_subtype": "name->>'en_US'",
    "crm_stage": "name->>'en_US'",
    "digest_digest": "name->>'en_US'",
    "spreadsheet_dashboard": "name->>'en_US'",
}
SCHEMA = {
    "column": """
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || ': ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT tablename || ': ' || indexname FROM pg_indexes"
    " WHERE schemaname = 'public'",
    "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "function": """
        SELECT proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
}
EXTERNAL_IDS = """
    SELECT module || '.' || name || ' (' || model || ')' FROM ir_model_data
    WHERE {} (model IN ('res.company', 'res.partner', 'res.users')
              OR model ~ '^(account|product|sale|loyalty|survey|crm\\.lead)')"""
# Business rows that were there first must be there afterwards.
COUNTED = ("res_partner", "res_users", "crm_lead", "sale_order", "account_move",
           "survey_user_input", "loyalty_card", "calendar_event")  # fmt: skip
# Tables where a demo school may leave rows: its company brings sequences, for example.
BUSINESS = {*COUNTED, "ir_sequence", "external id of a business row"}


def take(name: str) -> dict[str, set[str]]:
    found = {what: _rows(name, sql) for what, sql in SCHEMA.items()}
    for table, label in TABLES.items():
        sql = f"SELECT id || ' ' || COALESCE({label}, '') FROM {table}"
        found[table] = _rows(name, sql)
    for table in COUNTED:
        found[table] = _rows(name, f"SELECT id::text FROM {table}")
    found["external id"] = _rows(name, EXTERNAL_IDS.format("NOT"))
    found["external id of a business row"] = _rows(name, EXTERNAL_IDS.format(""))
    return found


def _rows(name: str, sql: str) -> set[str]:
    query = f"SELECT COALESCE(json_agg(x), '[]') FROM ({sql}) AS q(x)"
    return set(json.loads(psql(name, query)))


def differences(before: dict, after: dict, *, demo: bool = False) -> list[str]:
    """What is left of us, and what of the host is missing.

    The host cannot delete all business rows of a demo school, so of them only what is
    missing counts.
    """
    lines = []
    for what, rows in before.items():
        left = set() if demo and what in BUSINESS else after[what] - rows
        lines += [f"{what} left behind: {row}" for row in sorted(left)]
        lines += [f"{what} gone: {row}" for row in sorted(rows - after[what])]
    return lines
