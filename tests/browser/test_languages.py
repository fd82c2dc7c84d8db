"""Inspector, overview and overlay speak the language of `--lang`, and fit on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.serving import preview, shop

SPOKEN = {
    "en": ("en", "Plan coverage", "Connectif inspector", "Journeys", "2 mistakes in the plan"),
    "es": ("es", "Cobertura del plan", "Inspector de Connectif", "Recorridos", "2 errores en el plan"),
    "pt-br": ("pt-BR", "Cobertura do plano", "Inspetor do Connectif", "Jornadas", "2 erros no plano"),
}


@pytest.mark.parametrize("code", SPOKEN)
def test_the_preview_speaks(page: Page, tmp_path: Path, code: str) -> None:
    tag, overview, inspector, journeys, mistakes = SPOKEN[code]
    folder = shop(tmp_path)
    with preview(folder, "--lang", code) as running:
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(f"{running.base}/__connectif/")
        expect(page.get_by_role("heading", name=overview)).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(f"{running.base}/")
        page.get_by_role("button", name=inspector).click()
        page.get_by_role("tab", name=journeys).click()
        box = page.get_by_role("tab", name=journeys).bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
        plan = folder / "connectif.yaml"
        plan.write_text(plan.read_text().replace("environment:", "enviroment:"))
        expect(page.get_by_role("heading", name=mistakes)).to_be_visible()
