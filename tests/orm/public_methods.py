"""What a client may call of a model without arguments, and what it gets."""

import inspect

from odoo import models
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method

# They change the test itself, or are no method of a record.
NOT_CALLED = {"browse", "env", "ids", "pool", "id"}


class PublicMethodCalls:
    """For a test case that calls every public method of some records."""

    def methods(self, model):
        """Yield the names of what a client may call without arguments."""
        for name in dir(type(model)):
            if name.startswith("_") or name in NOT_CALLED:
                continue
            try:
                method = get_public_method(model, name)
                parameters = list(inspect.signature(method).parameters.values())[1:]
            except (AccessError, AttributeError, TypeError, ValueError):
                continue
            if all(p.default is not p.empty or p.kind in (2, 4) for p in parameters):
                yield name

    def call(self, name, record):
        """Return what the client gets, or the error it shows, as text."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                result = getattr(record, name)()
                if isinstance(result, models.BaseModel):
                    result = result.with_env(record.env).read()
                return str(result)
        except Exception as error:
            return str(error)
