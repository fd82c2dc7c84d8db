"""Which ids a package prints, read from its syntax: no line of it is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Where the id stands among the arguments of what everybody makes complaints with.
MAKERS = {"Diagnostic": (0, "rule"), "KitError.at": (1, "rule"), "replace": (99, "rule")}


@dataclass(frozen=True)
class Use:
    """An expression that becomes an id, and where it stands."""

    module: str
    line: int
    scope: ast.AST
    value: ast.expr

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {ast.unparse(self.value)}"


@dataclass
class Package:
    """The syntax of every module, and what each has at its top level."""

    trees: dict[str, ast.Module]
    scopes: dict[ast.AST, ast.AST] = field(default_factory=dict)
    calls: list[tuple[str, ast.Call, str]] = field(default_factory=list)
    """Every call: its module, itself, the name of what is called."""

    @classmethod
    def read(cls, folder: Path) -> Package:
        names = {path: path.relative_to(folder.parent).as_posix() for path in sorted(folder.rglob("*.py"))}
        package = cls({name: ast.parse(path.read_bytes()) for path, name in names.items()})
        for module, tree in package.trees.items():
            package._own(module, tree, tree)
        return package

    def _own(self, module: str, node: ast.AST, scope: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self.scopes[child] = scope
            if isinstance(child, ast.Call):
                self.calls.append((module, child, ast.unparse(child.func)))
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            self._own(module, child, child if inner else scope)

    def constant(self, module: str, name: str) -> ast.expr | None:
        """What a name of the module's top level stands for, through imports."""
        for node in ast.walk(self.trees[module]):
            if self.scopes.get(node) is self.trees[module] and name in _targets(node):
                return node.value  # type: ignore[attr-defined, no-any-return]  # it has targets
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    home = self._module(node.module or "")
                    if (alias.asname or alias.name) == name and home:
                        return self.constant(home, alias.name)
        return None

    def _module(self, dotted: str) -> str:
        base = dotted.replace(".", "/")
        return next((m for m in (f"{base}.py", f"{base}/__init__.py") if m in self.trees), "")


def printed(package: Package) -> tuple[dict[str, list[str]], list[str]]:
    """Each id with the places that print it; and the places whose id cannot be read off the syntax."""
    found: dict[str, list[str]] = {}
    unread: list[str] = []
    for use in _uses(package):
        ids = list(_ids(package, use, use.value))
        if not ids:
            unread.append(str(use))
        for one in ids:
            found.setdefault(one, []).append(f"{use.module}:{use.line}")
    return found, unread


def severities(package: Package) -> dict[str, set[str]]:
    """Each id with the severities that stand beside it, where both are written out."""
    found: dict[str, set[str]] = {}
    for module, call, name in package.calls:
        is_error = name == "KitError.at"
        value = call.args[1 if is_error else 0] if len(call.args) > 1 else ast.Constant("")
        words = re.findall(r"Severity\.(\w+)", "Severity.ERROR" if is_error else _second(call))
        use = Use(module, call.lineno, package.scopes[call], value)
        for one in _ids(package, use, value) if words else ():
            found.setdefault(one, set()).update(word.lower() for word in words)
    return found


def _second(call: ast.Call) -> str:
    return ast.unparse(call.args[1]) if len(call.args) > 1 else ""


def _uses(package: Package) -> Iterator[Use]:
    """Arguments that become ids, also through functions that hand a parameter on."""
    makers = dict(MAKERS)
    done: set[ast.Call] = set()
    while True:
        before = len(makers)
        for module, call, name in package.calls:
            maker = _maker(name, makers, module)
            value = maker and _argument(call, *maker)
            if call in done or not isinstance(value, ast.expr):
                continue
            done.add(call)
            use = Use(module, call.lineno, package.scopes[call], value)
            handed = _parameter(use)
            if handed is None:
                yield use
            else:
                makers[f"{module}#{use.scope.name}"] = handed  # type: ignore[attr-defined]  # a parameter's scope is a function
        if len(makers) == before:
            return


def _maker(name: str, makers: dict[str, tuple[int, str]], module: str) -> tuple[int, str] | None:
    return makers.get(name) or makers.get(f"{module}#{name.removeprefix('self.').removeprefix('cls.')}")


def _argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    star = next((given for given in call.args[: position + 1] if isinstance(given, ast.Starred)), None)
    return star or (call.args[position] if position < len(call.args) else None)


def _parameter(use: Use) -> tuple[int, str] | None:
    """Position and name, where the id is a parameter of the function it stands in."""
    if not isinstance(use.scope, ast.FunctionDef) or not isinstance(use.value, ast.Name):
        return None
    names = [argument.arg for argument in use.scope.args.args]
    bound = names[1:] if names[:1] in (["self"], ["cls"]) else names
    return (bound.index(use.value.id), use.value.id) if use.value.id in bound else None


def _ids(package: Package, use: Use, value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Starred):
        yield from (one for given in _given(use, value.value) for one in _returned(package, use, given))
    elif _is_fault(use, value):
        yield from _faults(package.trees[use.module])
    elif isinstance(value, ast.IfExp):
        yield from _ids(package, use, value.body)
        yield from _ids(package, use, value.orelse)
    elif isinstance(value, ast.Name):
        for one in (*_assigned(use.scope, value.id), package.constant(use.module, value.id)):
            if one is not None:
                yield from _ids(package, use, one)


def _is_fault(use: Use, value: ast.expr) -> bool:
    """Whether it is the name of a parameter that may be any `FindingKind` of the module."""
    parameters = use.scope.args.args if isinstance(use.scope, ast.FunctionDef) else []
    typed = {
        f"{each.arg}.name"
        for each in parameters
        if each.annotation and ast.unparse(each.annotation) == "FindingKind"
    }
    return ast.unparse(value) in typed


def _faults(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "FindingKind":
            yield str(ast.literal_eval(node.args[0]))


def _given(use: Use, value: ast.expr) -> Iterator[ast.expr]:
    """The calls whose answers are handed on by a star."""
    yield from _assigned(use.scope, value.id) if isinstance(value, ast.Name) else [value]


def _returned(package: Package, use: Use, call: ast.expr) -> Iterator[str]:
    """The first of each tuple that a function of the same module answers with."""
    name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
    for node in ast.walk(package.trees[use.module]):
        inside = getattr(package.scopes.get(node), "name", "") == name
        if inside and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            yield from _ids(package, use, node.value.elts[0])


def _assigned(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a local name was given in its function."""
    for node in ast.walk(scope):
        if isinstance(scope, ast.FunctionDef) and name in _targets(node):
            yield node.value  # type: ignore[attr-defined]  # it has targets, so it assigns


def _targets(node: ast.AST) -> list[str]:
    """The names that a statement or a walrus gives a value to."""
    if isinstance(node, ast.NamedExpr):
        return [node.target.id]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]
