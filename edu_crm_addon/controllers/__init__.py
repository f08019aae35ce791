from . import complaint_answer
from . import portal
from . import portal_contract
from . import portal_documents
from . import portal_complaint
