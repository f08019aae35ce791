"""What the web client asks the server for when it shows a view.

The client gets the view once (`get_views`), derives from its arch which fields of which
records it needs, and from then on only reads those. `specification` does the same, so
that a bench reads what a browser reads: x2many fields with the columns of their inner
view, tags with their name and color, nothing below what nobody can ever see.
"""

import ast

from lxml import etree

NEVER_SHOWN = ("1", "True")
PAGE = 40  # rows of an inner list, unless it says otherwise
TO_MANY = ("one2many", "many2many")
ACTIVITY_WIDGETS = ("list_activity", "kanban_activity")
ACTIVITY_FIELDS = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)


def view_specification(env, model, view_type, view_id=False):
    """Return the specification of the view that this user gets."""
    answer = env[model].get_views([(view_id, view_type)])
    arch = etree.fromstring(answer["views"][view_type]["arch"])
    return specification(arch, model, answer["models"])


def specification(arch, model, models):
    """Return what `web_read` is given for this arch."""
    fields = models[model]["fields"]
    spec = {}
    for node in _fields_of(arch):
        name = node.get("name")
        _merge(spec.setdefault(name, {}), _field(node, fields[name], models))
        if node.get("widget") in ACTIVITY_WIDGETS:
            for extra in ACTIVITY_FIELDS:
                spec.setdefault(extra, {})
    return spec


def _fields_of(arch):
    """Yield the field nodes of this view, not those of the views inside its fields."""
    depth = int(arch.xpath("count(ancestor::field)"))
    return arch.xpath(f".//field[count(ancestor::field) = {depth}]")


def _field(node, field, models):
    hidden = node.get("invisible") in NEVER_SHOWN or (
        node.get("column_invisible") in NEVER_SHOWN
    )
    if field["type"] in ("many2one", "reference"):
        return {"fields": {} if hidden else {"display_name": {}}}
    if field["type"] not in TO_MANY or hidden:
        return {}
    widget = node.get("widget") or ""
    if widget.startswith("many2many_tags"):
        options = ast.literal_eval(node.get("options") or "{}")
        color = options.get("color_field")
        return {"fields": {"display_name": {}, **({color: {}} if color else {})}}
    return _inner_view(node, field, models)


def _inner_view(node, field, models):
    """Return what a list or kanban inside a form shows, its own form's fields too."""
    views = {child.tag: child for child in node if isinstance(child.tag, str)}
    shown = views.get("list", views.get("kanban"))
    if shown is None:
        return {}
    columns = specification(shown, field["relation"], models)
    if "form" in views:
        inside = specification(views["form"], field["relation"], models)
        columns = {**{name: {} for name in inside}, **columns}
    return {"fields": columns, "limit": int(shown.get("limit") or PAGE)}


def _merge(spec, other):
    """A field that is twice in a view is read once, with what both places need."""
    for key, value in other.items():
        if key == "fields":
            spec.setdefault("fields", {}).update(value)
        else:
            spec[key] = value
