"""A plan's frozen form: it gives the same plan, and nothing at all where anything of it is doubtful."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.audit.page_run import rules
from connectif_kit.build import render
from connectif_kit.core import kept
from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan import frozen
from connectif_kit.plan.checks import checks
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import Plan
from tests.tools import ROOT, Cli, run

PLAN = """\
store:
  {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu9, url: "https://shop.example", currency: EUR}
integration: {consent: {cookie: ok, value: "yes"}, spa: true}
catalog:
  source: products.csv
  rates: {USD: 0.92}
  where: {stock: {not: 0}}
  fields: {name: [title, {template: "{brand} {model}"}], url: {path: link, base: "https://shop.example"}}
pages:
  product: {match: "/p/*", product: catalog}
events:
  bought: {on: {click: "#buy"}, send: cart, cart: {storage: shop.cart, fields: {total_price: amount}}}
verify: {budget: {bytes: 900}}
journeys: {buy: [{open: /}, {expect: {cart: {total_price: 12}}}]}
templates: {product: page.product}
"""


def _plans() -> list[LoadedPlan]:
    """Every plan of the examples that rules and checks carry, the starter's, and a rich one."""
    texts = {PLAN, *(file.read_text("utf-8") for file in (ROOT / "templates/starter").glob("connectif.yaml"))}
    texts |= {example.plan for one in rules().values() for example in (*one.bad, *one.good)}
    texts |= {text for one in checks().values() for text in (one.bad, one.good)}
    found = []
    for text in sorted(texts - {""}):
        try:
            found.append(load("connectif.yaml", text.encode()))
        except KitError:  # an example of what is refused
            continue
    return found


def test_the_frozen_form_gives_the_same_plan() -> None:
    """Every part of it, its places, and what is doubtful in it."""
    plans = _plans()
    assert len(plans) > 20
    for loaded in plans:
        again = frozen.thaw(frozen.freeze(loaded))
        assert again.plan == loaded.plan
        assert (again.notes, again.store) == (loaded.notes, loaded.store)
        assert again.document.values == loaded.document.values
        assert again.document.keys == loaded.document.keys


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_what_no_plan_gives_is_not_taken(foreign: Any) -> None:
    """Whatever stands there, under a right key: it is the plan or nothing, and never a crash."""
    assert frozen.understood(json.dumps(foreign)) is None


@given(st.integers(0, 400), st.text(min_size=1, max_size=3))
def test_a_damaged_text_is_not_taken(at: int, letters: str) -> None:
    """Letters in place of others, without its digest: what is understood is a plan all the same."""
    text = frozen.freeze(load("connectif.yaml", PLAN.encode()))
    at = at * len(text) // 400
    found = frozen.understood(text[:at] + letters + text[at + len(letters) :])
    assert found is None or isinstance(found.plan, Plan)


def test_a_kept_text_knows_its_key_and_its_own_letters(tmp_path: Path) -> None:
    """Another key, or a changed file, gives nothing."""
    kept.write(tmp_path, "plan.json", b"key", "text")
    assert kept.read(tmp_path, "plan.json", b"key") == "text"
    assert kept.read(tmp_path, "plan.json", b"other") is None
    file = tmp_path / ".connectif/plan.json"
    file.write_bytes(file.read_bytes().replace(b"text", b"next"))
    assert kept.read(tmp_path, "plan.json", b"key") is None


_PAGE = """<!doctype html><meta charset=utf-8><title>Mug</title><body>
<script type="application/ld+json">{"@type": "Product", "name": "Mug", "sku": "m",
"offers": {"price": "9.00", "priceCurrency": "USD"}}</script>
<div class="cn_product_visited"><i class=product_id>m</i><i class=unit_price>8,00</i></div></body>"""


def test_a_process_that_takes_it_finds_the_same(cli: Cli, tmp_path: Path) -> None:
    """With every rule at work, a catalogue and integration files; and what `-X importtime` names is less."""
    (tmp_path / "connectif.yaml").write_text(PLAN.replace("eu9", "eu5"))
    (tmp_path / "products.csv").write_text("title,link,price,stock\nMug,/p/mug/,9,1\nJug,/p/jug/,8,1\n")
    for name in ("mug", "jug", "pot"):
        (tmp_path / "public/p" / name).mkdir(parents=True)
        (tmp_path / f"public/p/{name}/index.html").write_text(_PAGE.replace("Mug", name.title()))
    assert cli("build", "--output", "public/connectif").code == 1  # the cart lacks a property
    cli("inject", "public")
    first, *again = [cli.process("audit", "--format", "json", *more) for more in ([], ["-v"], ["--no-cache"])]
    loaded = cli.process("audit", "--no-cache", env={"PYTHONVERBOSE": "1"}).stderr
    assert "import 'connectif_kit.plan.models'" in loaded
    assert not [name for name in ("pydantic", "jinja2") if f"import '{name}'" in loaded]
    assert first.code == 1
    assert _findings(again[-1].stdout) == _findings(first.stdout) != []
    (tmp_path / "connectif.yaml").write_text(PLAN)
    assert "unknown-environment" in cli.process("audit", "--format", "json").stdout
    (tmp_path / "connectif.yaml").write_text(PLAN + "oops: 1\n")
    refused = cli.process("audit")
    assert (refused.code, "oops" in refused.stderr) == (2, True)


def _findings(report: str) -> Any:
    return json.loads(report)["findings"]


_RENDER = """
import json, sys
from connectif_kit.plan import bare, frozen
bare.choose(bare=True)
from connectif_kit.build import render
for text in json.load(sys.stdin):
    files = render(frozen.thaw(text), lambda path: "export default () => 1;")
    print(json.dumps(files, sort_keys=True))
"""


def test_it_renders_what_the_checked_plan_renders() -> None:
    """Were one thing missing in what stands in for pydantic, a command would fail on some day."""
    plans = _plans()
    made = [json.dumps(render(each, lambda _: "export default () => 1;"), sort_keys=True) for each in plans]
    texts = json.dumps([frozen.freeze(each) for each in plans])
    done = run(sys.executable, "-c", _RENDER, cwd=ROOT, stdin=texts, env={"PYTHONPATH": str(ROOT)})
    assert done.code == 0, done.stderr
    assert done.stdout.splitlines() == made
    assert len(made) > 20
