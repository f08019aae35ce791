from . import complaint_answer
from . import portal
from . import portal_contract
from . import portal_documents
from . import portal_complaint
from . import portal_complaint_new
from . import complaint_public
from . import complaint_follow
