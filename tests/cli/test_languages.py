"""What people read is in their language; what programs read is the same everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tools import Cli

MACHINES = ("json", "sarif", "junit", "github", "gitlab")
WORDS = {
    "en": ("the client reads what is before the comma", "hint: write 14.50", "1 error in 16 pages"),
    "es": (
        "el cliente lee solo lo que hay antes de la coma",
        "consejo: escriba 14.50",
        "1 error en 16 páginas",
    ),
    "pt-br": ("o cliente lê só o que vem antes da vírgula", "dica: escreva 14.50", "1 erro em 16 páginas"),
}


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """The starter with its integration, one price broken by a theme."""
    assert cli("new", "shop").code == 0
    inside = Cli(cli.cwd / "shop")
    assert inside("build").code == 0
    assert inside("inject", "public").code == 0
    page = inside.cwd / "public/p/harbour-mug/index.html"
    page.write_text(page.read_text().replace('"unit_price">14.50', '"unit_price">14,50'))
    return inside


@pytest.mark.parametrize("code", WORDS)
def test_the_terminal_speaks_the_language_asked_for(shop: Cli, code: str) -> None:
    done = shop("audit", "public", "--lang", code)
    assert done.code == 1
    for words in WORDS[code]:
        assert words in done.stdout


@pytest.mark.parametrize(
    ("env", "code"),
    [
        ({"LC_ALL": "", "LANG": "es_MX.UTF-8"}, "es"),
        ({"LC_ALL": "pt_PT.UTF-8", "LANG": "C"}, "pt-br"),
        ({"LC_ALL": "POSIX", "LANG": "es_ES.UTF-8"}, "en"),
        ({"LC_ALL": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_terminal_speaks_its_own_language(shop: Cli, env: dict[str, str], code: str) -> None:
    """Also where a run is remembered: the second one is not in the first one's language."""
    assert WORDS["en"][0] in shop("audit", "public").stdout
    for _ in range(2):
        assert WORDS[code][0] in shop("audit", "public", env=env).stdout


def test_cached_pages_speak_every_language(shop: Cli) -> None:
    for code in (*WORDS, *WORDS):
        assert WORDS[code][0] in shop("audit", "public", "--lang", code, "-j", "2").stdout


@pytest.mark.parametrize("name", MACHINES)
def test_reports_for_programs_are_the_same_everywhere(shop: Cli, name: str) -> None:
    def report(*more: str, env: dict[str, str] | None = None) -> str:
        text = shop("audit", "public", "--no-cache", "--format", name, *more, env=env).stdout
        return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+Z]+|\"seconds\": [\d.]+|time(stamp)?=\"[^\"]*\"", "", text)

    english = report()
    assert "before the comma" in english
    assert report("--lang", "es") == english
    assert report(env={"LC_ALL": "pt_BR.UTF-8"}) == english


def test_an_unknown_language_is_a_usage_error_with_a_hint(shop: Cli) -> None:
    done = shop("audit", "public", "--lang", "xx")
    assert done.code == 2
    assert "unknown language `xx`; known: en, es, pt-br" in done.stderr


def test_a_broken_plan_is_reported_in_the_language_asked_for(shop: Cli) -> None:
    plan = shop.cwd / "connectif.yaml"
    plan.write_text(plan.read_text().replace("environment:", "enviroment:"))
    for given in (("--lang", "es"), ("--lang=es",)):
        done = shop("audit", "public", *given)
        assert done.code == 2
        assert "falta `environment`" in done.stderr
    assert "falta `environment`" in shop("build", env={"LC_ALL": "es_AR.UTF-8"}).stderr


@pytest.mark.parametrize(
    ("language", "given", "title", "article", "tag"),
    [
        ("en", (), "Settings that this plan needs", "/hc/en-us/articles/", "en"),
        ("es-MX", (), "Ajustes que necesita este plan", "/hc/es/articles/", "es"),
        ("pt-PT", (), "Configurações de que este plano precisa", "/hc/pt-br/articles/", "pt-BR"),
        ("fr", (), "Settings that this plan needs", "/hc/en-us/articles/", "en"),
        ("en", ("--lang", "es"), "Ajustes que necesita este plan", "/hc/es/articles/", "es"),
    ],
)
def test_the_checklist_speaks_the_stores_language(
    shop: Cli, language: str, given: tuple[str, ...], title: str, article: str, tag: str
) -> None:
    """The same on every machine: what is built is committed."""
    speak(shop, language)
    assert shop("build", *given, env={"LC_ALL": "pt_BR.UTF-8"}).code == 0
    page = (shop.cwd / "connectif/checklist.html").read_text()
    text = (shop.cwd / "connectif/checklist.md").read_text()
    assert f'<html lang="{tag}">' in page
    assert title in page
    assert title in text
    assert set(re.findall(r"/hc/[^/]+/articles/", page + text)) == {article}
    assert shop("build", "--check", *given, env={"LC_ALL": "es_ES.UTF-8"}).code == 0


def speak(shop: Cli, language: str) -> None:
    plan: Path = shop.cwd / "connectif.yaml"
    plan.write_text(re.sub(r"language: \S+", f"language: {language}", plan.read_text()))


@pytest.mark.parametrize(
    ("language", "given", "tag", "words"),
    [
        ("en", (), "en", ("Connectif audit", "Why it matters", WORDS["en"][0])),
        ("es", (), "es", ("Auditoría de Connectif", "Por qué importa", "antes de la coma")),
        (
            "es",
            ("--lang", "pt-br"),
            "pt-BR",
            ("Auditoria do Connectif", "Por que importa", "antes da vírgula"),
        ),
    ],
)
def test_the_html_report_speaks_the_stores_language(
    shop: Cli, language: str, given: tuple[str, ...], tag: str, words: tuple[str, ...]
) -> None:
    speak(shop, language)
    page = shop("audit", "public", "--format", "html", *given).stdout
    assert f'<html lang="{tag}">' in page
    for each in words:
        assert each in page


def test_reports_in_two_languages_are_compared(shop: Cli) -> None:
    shop("audit", "public", "--lang", "es", "--format", "html=es.html")
    done = shop("audit", "public", "--lang", "pt-br", "--compare", "es.html")
    assert "desde es.html: 0 novos, 0 resolvidos, 1 iguais" in done.stdout


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ("a rule of `connectif-kit audit` (error)", "`45,50` becomes 45", "Bad:")),
        ("es", ("una regla de `connectif-kit audit` (error)", "`45,50` se convierte en 45", "Mal:")),
        ("pt-br", ("uma regra de `connectif-kit audit` (erro)", "`45,50` vira 45", "Errado:")),
    ],
)
def test_a_rule_is_explained_in_the_language_asked_for(cli: Cli, code: str, words: tuple[str, ...]) -> None:
    said = cli("explain", "decimal-comma", "--lang", code).stdout
    assert [word for word in words if word not in said] == []


def test_why_it_matters_is_in_the_stores_language(shop: Cli) -> None:
    shop("audit", "public", "--format", "html=report.html", "--lang", "pt-br")
    assert "vira 45, e ninguém fica sabendo" in (shop.cwd / "report.html").read_text()


def test_what_a_missing_key_is_for_is_said_in_the_terminals_language(cli: Cli) -> None:
    (cli.cwd / "connectif.yaml").write_text("store: {environment: eu5, url: https://shop.example}\n")
    said = cli("build", env={"LANG": "es_ES.UTF-8", "LC_ALL": ""}).stderr
    assert "consejo: Id público de cliente del cargador, un UUID." in said


def test_a_refused_row_is_said_in_the_terminals_language(shop: Cli) -> None:
    """Also one of many with the same cause, and with its end taken off and put on again."""
    data = shop.cwd / "data/products.csv"
    lines = data.read_text().splitlines()
    data.write_text("\n".join([*lines, *(f"x{n},only two" for n in range(3))]) + "\n")
    done = shop("feed", env={"LANG": "pt_BR.UTF-8", "LC_ALL": ""})
    assert "o resto é tomado como vazio (3 linhas: linhas " in done.stdout + done.stderr


def test_a_row_that_sync_rejects_is_said_in_the_terminals_language(cli: Cli) -> None:
    (cli.cwd / "connectif.yaml").write_text(
        'store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}\n'
    )
    (cli.cwd / "c.csv").write_text("email,points\nana@shop.example,many\n,3\n")
    said = cli("sync", "contacts", "c.csv", "--dry-run", env={"LANG": "es_ES.UTF-8", "LC_ALL": ""})
    assert "_points: se esperaba" in said.stdout
    assert "falta _email o _externalId" in said.stdout
