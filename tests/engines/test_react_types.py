"""The parts for React and their types, as TypeScript checks them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from connectif_kit.build.targets import render
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from tests.engines.shops import OWN_NAMES, STORE
from tests.tools import NODE_MODULES, run

USE = """
import { ConnectifCart } from "./jsx/ConnectifCart";
import { ConnectifLayout } from "./jsx/ConnectifLayout";
import { ConnectifProduct } from "./jsx/ConnectifProduct";

type Row = { product_id: string; unit_price: number; tag: readonly string[]; published_at: Date; x: boolean };
declare const row: Row;
export const page = (
  <ConnectifLayout>
    <ConnectifProduct product={row} />
    <ConnectifCart cart={{ cart_id: 7, product_basket_item: [row] }} />
  </ConnectifLayout>
);
"""
WRONG = "export const wrong = <ConnectifProduct product={{ name: { en: 'Mug' } }} />;"
STRICT = {
    "strict": True,
    "noEmit": True,
    "jsx": "react-jsx",
    "module": "esnext",
    "moduleResolution": "bundler",
    "target": "es2020",
    "lib": ["es2020", "dom"],
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "isolatedModules": True,
    "exactOptionalPropertyTypes": True,
    "verbatimModuleSyntax": True,
}


def test_the_parts_for_react_are_typed(loaded: LoadedPlan, node_tool: Any, tmp_path: Path) -> None:
    write_jsx(loaded, tmp_path)
    assert run(node_tool("tsc"), cwd=tmp_path).stdout == ""


def test_variables_of_any_shape_have_types(node_tool: Any, tmp_path: Path) -> None:
    """Only literals; a variable that is both a text and an object; lists in lists; no object around."""
    templates = """
templates:
  product: {fields: {name: image, url: image.url, brand: a.0.1.b, tag: a.1}}
  cart: {fields: {cart_id: {literal: x}, product_basket_item: {fields: {name: {literal: y}}}}}
  purchase: {var: "", fields: {purchase_id: {literal: z}}}
  contact: {var: a.0, fields: {primary_key: {literal: z}}}
  search: {fields: {search_text: {first_of: [words, asked.0.text], nth: -1, slug: true}}}
  page_tag: {first_of: [tags, page.tags], first: true}
"""
    write_jsx(load("connectif.yaml", (STORE + templates).encode()), tmp_path)
    assert run(node_tool("tsc"), cwd=tmp_path).stdout == ""


def test_their_types_take_a_shop_s_own_objects_and_no_others(node_tool: Any, tmp_path: Path) -> None:
    write_jsx(load("connectif.yaml", OWN_NAMES.encode()), tmp_path)
    (tmp_path / "use.tsx").write_text(USE, "utf-8")
    assert run(node_tool("tsc"), cwd=tmp_path).stdout == ""
    (tmp_path / "use.tsx").write_text(USE + WRONG, "utf-8")
    found = run(node_tool("tsc"), cwd=tmp_path).stdout
    assert found.startswith("use.tsx(14,59)"), found


def write_jsx(loaded: LoadedPlan, folder: Path) -> None:
    """The parts of a plan beside React's own types, in a project as strict as can be."""
    (folder / "node_modules").symlink_to(NODE_MODULES)
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT}))
    for path, text in render(loaded, ["jsx"]).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")
