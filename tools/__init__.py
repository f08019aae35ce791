"""What `./dev` does: from a bare Debian machine to a running, tested Odoo 19.

Standard library only, because it runs before anything is installed. The verbs are
in `__main__.py`; every other file prepares or uses one kind of thing.
"""
