from connectif_kit.api import Diagnostic as Diagnostic
from connectif_kit.api import InjectedPage as InjectedPage
from connectif_kit.api import KitError as KitError
from connectif_kit.api import LoadedPlan as LoadedPlan
from connectif_kit.api import Place as Place
from connectif_kit.api import Severity as Severity
from connectif_kit.api import audit_page as audit_page
from connectif_kit.api import inject_page as inject_page
from connectif_kit.api import load_plan as load_plan
from connectif_kit.api import render_plan as render_plan

__version__: str
