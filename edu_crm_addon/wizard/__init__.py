from . import edu_contact_log
