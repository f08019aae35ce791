"""Words that several files must spell alike. No rule lives here."""

MODULE = "edu_crm_addon"

GROUP_READONLY = "edu_crm_addon.group_edu_readonly"
GROUP_AGENT = "edu_crm_addon.group_edu_agent"
GROUP_LEADER = "edu_crm_addon.group_edu_leader"
GROUP_MANAGER = "edu_crm_addon.group_edu_manager"

# Prefix of every field this addon adds to a model of the host.
FIELD_PREFIX = "edu_"
