from . import edu_customer_report
