# Lowest area first: an area may use those above it in this list, never those below.
from . import settings
from . import customer
from . import pipeline
from . import enrollment
from . import complaint
from . import satisfaction
from . import loyalty
