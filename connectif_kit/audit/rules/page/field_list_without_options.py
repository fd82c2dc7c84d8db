"""A checkbox list without options."""

from collections.abc import Iterator

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say

_LIST = """
<div class="cn_client_info" style="display:none">
  <span class="primary_key"></span><span class="interests" data-field-list="true">%s</span>
</div>
"""


@rule(Severity.WARNING, bad=_LIST % "sport, travel", good=_LIST % "<span>sport</span><span>travel</span>")
def field_list_without_options(context: PageContext) -> Iterator[Finding]:
    """A property is marked as a list and holds a text instead of one `<span>` for each option.

    A checkbox field takes the ids of its ticked options, one element each (article 360014701399).
    """
    for use in context.of("cn_client_info"):
        for child in use.node.children:
            if "data-field-list" in child.attributes and not child.children and child.text.strip():
                yield Finding(
                    child,
                    say(
                        "`{classes}` is a list without options: `{text}`",
                        classes=" ".join(child.classes),
                        text=child.text.strip()[:60],
                    ),
                    say("<span>OPTION-ID</span> for each ticked option"),
                )
