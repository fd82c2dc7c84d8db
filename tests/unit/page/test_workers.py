"""Which code registers a service worker, and which only looks like it."""

import sys
from types import FrameType
from typing import Any

import pytest

from connectif_kit.page.workers import imported, registered

REGISTERING = {
    "if ('serviceWorker' in navigator) addEventListener('load', () => "
    "navigator.serviceWorker.register('/sw.js', {scope: '/'}))": ("/sw.js", "/"),
    'navigator.serviceWorker?.register("/sw.js")': ("/sw.js", ""),
    'navigator["serviceWorker"].register("/sw.js")': ("/sw.js", ""),
    'navigator.serviceWorker["register"]("/sw.js")': ("/sw.js", ""),
    'navigator.serviceWorker\n  .register(\n `/sw.js`,\n {type: "module", "scope": "./"}\n)': (
        "/sw.js",
        "./",
    ),
    'const {serviceWorker} = navigator; serviceWorker.register("/sw.js")': ("/sw.js", ""),
    'const s = navigator.serviceWorker; s.register("/sw.js")': ("/sw.js", ""),
    'const file = "/sw.js"; navigator.serviceWorker.register(file)': ("/sw.js", ""),
    'var t="".concat("","/sw.js");navigator.serviceWorker.register(t).then(n)': ("/sw.js", ""),
    'navigator.serviceWorker.register("/" + "sw.js")': ("/sw.js", ""),
    'navigator.serviceWorker.register(new URL("/sw.js", location.origin).href)': ("/sw.js", ""),
    'const{serviceWorker:n}=navigator;n.register("/sw.js")': ("/sw.js", ""),
    'const {userAgent, serviceWorker: n} = window.navigator; n.register("/sw.js")': ("/sw.js", ""),
    'const s = window.navigator?.serviceWorker; s?.register("/sw.js")': ("/sw.js", ""),
    'const s = navigator.serviceWorker ?? null; s.register("/sw.js")': ("/sw.js", ""),
    'navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), {scope: "/"})': ("/sw.js", ""),
    'navigator.serviceWorker.register("\\/sw.js")': ("/sw.js", ""),
    'import {Workbox} from "workbox-window"; const wb = new Workbox("/sw.js"); wb.register()': ("/sw.js", ""),
    'const r=new S("/sw.js",{scope:"/",type:"classic"});r.register({immediate:!0});'
    "navigator.serviceWorker.register(this.t,this.i)": ("/sw.js", "/"),
    'OneSignal.init({appId: "x"})': ("/OneSignalSDKWorker.js", ""),
    'OneSignal.push(["init", {appId: "x"}])': ("/OneSignalSDKWorker.js", ""),
    "OneSignalDeferred.push(async function (OneSignal) { await OneSignal.init({ appId: 'x', "
    "serviceWorkerPath: 'push/w.js', serviceWorkerParam: { scope: '/push/' } }) })": ("/push/w.js", "/push/"),
}
SILENT = [
    'new Worker("/sw.js")',
    'new SharedWorker("/sw.js", {name: "x"}); customElements.register("/sw.js")',
    'new Worker(new URL("./sw.js", import.meta.url), {type: "module"}); "serviceWorker" in navigator',
    'importScripts("/sw.js") // for the serviceWorker',
    'navigator.serviceWorker.getRegistrations().then(all => all.forEach(one => one.unregister("/sw.js")))',
    '// navigator.serviceWorker.register("/sw.js")',
    "/* navigator.serviceWorker.register('/sw.js') */ 'serviceWorker'",
    "show(\"navigator.serviceWorker.register('/sw.js')\")",
    "navigator.serviceWorker.register(path)",
    'navigator.serviceWorker.ready.then(r => r.pushManager.subscribe("/sw.js"))',
    'new Workbox("/sw.js")',
    'OneSignal.getUserId("/sw.js")',
    'const {serviceWorker: n} = navigator; m.register("/sw.js")',
    'const {serviceWorker: n} = other; n.register("/sw.js")',
]


@pytest.mark.parametrize(("code", "told"), REGISTERING.items())
def test_a_worker_that_a_script_registers_is_seen(code: str, told: tuple[str, str]) -> None:
    assert [each[:2] for each in registered(code)] == [told]


@pytest.mark.parametrize(
    "code",
    [
        'navigator.serviceWorker.register(a ? "/x.js" : "/y.js", {scope: "/"})',
        'navigator.serviceWorker.register((a && b()) ? "/x.js" : "/y.js", {scope: "/"})',
        'navigator.serviceWorker.register("dev" === mode\n  ? "/x.js"\n  : "/y.js", {scope: "/"})',
        'navigator.serviceWorker.register(a?.b ? "/x.js" : c ? "/y.js" : "/x.js", {scope: "/"})',
        'const f = dev ? "/x.js" : "/y.js"; navigator.serviceWorker.register(f, {scope: "/"})',
        'new Workbox(dev ? "/x.js" : "/y.js", {scope: "/"}).register()',
    ],
)
def test_both_of_two_workers_are_seen(code: str) -> None:
    assert [each[:2] for each in registered(code)] == [("/x.js", "/"), ("/y.js", "/")]


@pytest.mark.parametrize(
    "code",
    [
        'navigator.serviceWorker.register(f).then((r) => log(r ? "/x.js" : "/y.js"))',
        'navigator.serviceWorker.register(a ? X : "/y.js")',
    ],
)
def test_a_choice_elsewhere_names_no_worker(code: str) -> None:
    assert registered(code) == []


@pytest.mark.parametrize("code", SILENT)
def test_other_code_registers_nothing(code: str) -> None:
    assert registered(code) == []


def test_a_file_beside_its_module_is_reported_from_one_beside_the_page() -> None:
    module = 'navigator.serviceWorker.register(new URL("./sw.js", import.meta.url))'
    assert [each.by_module for each in registered(module)] == [True]


def test_imports_are_followed_by_address_alone() -> None:
    code = (
        'import a from "react"; import "./a.js"; import {b, c as d} from "../b.js";export * from "/c.js";\n'
        'const e = () => import("./e.js"); // import "./f.js"\nimport.meta.glob("./g.js")'
    )
    assert imported(code) == ["./a.js", "../b.js", "/c.js", "./e.js"]


def test_a_huge_bundle_takes_no_time() -> None:
    code = 'var serviceWorker={};import x from "./x.js";' + "a(b({c:[1,2,{d:'e'}]}));" * 100_000
    assert registered(code) == []
    assert imported(code) == ["./x.js"]


SHAPES = {
    "names": lambda n: f"const f{n} = '/sw{n}.js'; navigator.serviceWorker.register(f{n});",
    "texts": lambda n: f"navigator.serviceWorker.register('/sw{n}.js', {{scope: '/s{n}/'}});",
    "aliases": lambda n: f"const a{n} = navigator.serviceWorker; a{n}.register('/sw{n}.js');",
    "renamed": lambda n: f"const {{serviceWorker: a{n}}} = navigator; a{n}.register('/sw{n}.js');",
    "workbox": lambda n: f"const f{n} = '/sw{n}.js'; new Workbox(f{n}).register(), 'serviceWorker';",
}


def work(code: str) -> tuple[int, int]:
    """How many steps `registered` takes, and how often it goes through the whole script."""
    steps = scans = 0

    def count(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal steps, scans
        steps += event in ("call", "c_call")
        scans += event == "c_call" and called.__name__ in ("findall", "finditer", "sub")

    sys.setprofile(count)
    try:
        registered(code)
    finally:
        sys.setprofile(None)
    return steps, scans


@pytest.mark.parametrize("shape", SHAPES)
def test_a_script_of_thousands_of_calls_is_no_more_than_so_much_longer(shape: str) -> None:
    short, long = ("\n".join(map(SHAPES[shape], range(many))) for many in (200, 2000))
    assert len(registered(long)) == 2000
    work(short)  # what is compiled once is compiled now
    (few, scans), (many, as_many) = work(short), work(long)
    own = 4000 if shape in ("texts", "renamed") else 2000
    assert many < 11 * few
    assert as_many - scans <= own, "each call's own text, but never the whole script again"
