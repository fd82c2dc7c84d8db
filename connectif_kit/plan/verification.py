"""What `verify` is asked in the plan: what our additions may cost, and journeys of the shop's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from connectif_kit.plan.sources import Model

Whole = Annotated[int, Field(strict=True, ge=0)]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Budget(Model):
    """What our additions may cost a page; the vendor's own client is not counted."""

    bytes: Whole = Field(15_000, description="Compressed bytes of our blocks in the page and our dispatcher.")
    main_thread: Whole = Field(200, description="Milliseconds in which our functions run.")
    layout_shift: Share = Field(
        0.02, description="Layout shift (CLS) that there is with our additions and not without."
    )


class Verification(Model):
    """What `verify` holds the pages to, beside the rest of the plan."""

    budget: Budget = Field(Budget.model_construct(), description="What our additions may cost a page.")
