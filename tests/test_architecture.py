"""The budgets and directions of DESIGN.md section 3, read from the source itself."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from importlinter.cli import lint_imports

ROOT = settings.BASE_DIR
FLOORS = ("balai", "orders", "finance")
PACKAGES = (*FLOORS, "benchmarks")
MODULE_LINES, VIEW_LINES, TEMPLATE_LINES = 300, 25, 150

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Who may write. Everybody else, the pages above all, asks one of these.
WRITERS = (
    "orders/actions/",
    "orders/drawingstore.py",
    "finance/cashday.py",
    "finance/decisions.py",
    "finance/deposits.py",
    "finance/corrections.py",
    "finance/ledger.py",
    "finance/monthclosing.py",
    "finance/targets.py",
    "finance/reconciling.py",
    "finance/statements.py",
    "finance/reversals.py",
    "balai/audit.py",
    "balai/documents.py",
    "balai/idempotency.py",
    "balai/keptforms.py",
    "balai/models",
    "balai/numbering.py",
    "balai/officechanges.py",
    "balai/reprints.py",
    "balai/verification.py",
    "benchmarks/customers.py",  # a register of its own, which is taken back
    "benchmarks/schedule.py",  # a queue of its own, which is taken back
    "balai/management/commands/",  # sample data and set-up, not a way around the actions for clerks
)
# These write a picture, a PDF or a set in memory, no row.
NO_ROWS = (
    "balai/batch.py",
    "balai/dxf_reader.py",
    "balai/emblem.py",
    "balai/pdf_joiner.py",
    "balai/pdf_reader.py",
    "balai/qr.py",
    "balai/renderer.py",
    "balai/uploads.py",
)

Rule = Callable[[str, ast.Module], Iterator[str]]


def modules() -> list[Path]:
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called: `Order.objects.create(…)` is `create`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            yield name, node


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def long_view(name: str, tree: ast.Module) -> Iterator[str]:
    if "views" not in Path(name).with_suffix("").parts:
        return
    for function in functions(tree):
        lines = function.end_lineno - function.lineno + 1
        if lines > VIEW_LINES:
            yield f"{name}:{function.lineno} {function.name} has {lines} lines"


def hidden_import(name: str, tree: ast.Module) -> Iterator[str]:
    for function in functions(tree):
        for node in ast.walk(function):
            imported = []
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = ["balai" if node.level else node.module]
            if any(module.split(".")[0] in FLOORS for module in imported):
                yield f"{name}:{node.lineno} imports inside {function.name}"


def signal(name: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (
            node.module in ("django.dispatch", "django.db.models.signals", "django.core.signals")
            or (node.module == "django.db.models" and any(alias.name == "signals" for alias in node.names))
        ):
            yield f"{name}:{node.lineno} uses signals"


def rule_in_save(name: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not (name.startswith("balai/models") and node.name == "AppendOnly"):
            for part in node.body:
                if isinstance(part, ast.FunctionDef) and part.name == "save":
                    yield f"{name}:{part.lineno} {node.name}.save()"


def stage_written(name: str, tree: ast.Module) -> Iterator[str]:
    if name.startswith("balai/management/commands/_sample_bulk"):  # bulk rows; check_books proves them
        return
    for called, node in calls(tree):
        if called in WRITES | {"Order"} and any(keyword.arg == "stage" for keyword in node.keywords):
            yield f"{name}:{node.lineno} writes the stage by {called}(stage=)"
        if called == "bulk_update" and '"stage"' in ast.unparse(node).replace("'", '"'):
            yield f"{name}:{node.lineno} writes the stage by bulk_update"
        if called == "setattr" and len(node.args) > 1 and getattr(node.args[1], "value", "") == "stage":
            yield f"{name}:{node.lineno} writes the stage by setattr"
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Attribute) and target.attr == "stage" for target in targets):
            yield f"{name}:{node.lineno} assigns the stage"


def write_elsewhere(name: str, tree: ast.Module) -> Iterator[str]:
    if name.startswith(WRITERS + NO_ROWS):
        return
    for called, node in calls(tree):
        if called in WRITES and isinstance(node.func, ast.Attribute):
            yield f"{name}:{node.lineno} writes: {ast.unparse(node.func)}()"


RULES: dict[Rule, tuple[str, str]] = {
    long_view: ("orders/views/x.py", "def page(request):\n" + "    a = 1\n" * 25),
    hidden_import: ("orders/x.py", "def f():\n    from balai import audit\n"),
    signal: ("orders/x.py", "from django.db.models.signals import post_save\n"),
    rule_in_save: ("orders/models/x.py", "class A:\n    def save(self):\n        pass\n"),
    stage_written: ("orders/actions/x.py", "def f(order):\n    order.stage = 'selesai'\n"),
    write_elsewhere: ("orders/views/x.py", "def f(order):\n    order.save()\n"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_is_kept(rule):
    faults = [
        fault
        for path in modules()
        for fault in rule(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_sees_its_breach(rule):
    name, source = RULES[rule]

    assert list(rule(name, ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "Order.objects.create(stage='selesai')",
        "Order.objects.filter(pk=1).update(stage='selesai')",
        "Order(stage='selesai')",
        "Order.objects.bulk_update(orders, ['stage'])",
        "setattr(order, 'stage', 'selesai')",
    ],
)
def test_every_way_around_the_transitions_is_seen(source):
    assert list(stage_written("orders/x.py", ast.parse(source)))


def test_asking_for_a_stage_is_no_breach():
    assert not list(stage_written("orders/x.py", ast.parse("Order.objects.filter(stage='selesai').exists()")))


def test_modules_are_short():
    long = {path.relative_to(ROOT).as_posix(): lines for path in modules() if (lines := count(path)) > MODULE_LINES}

    assert not long


def test_templates_are_short():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    long = {path.relative_to(ROOT).as_posix(): lines for path in templates if (lines := count(path)) > TEMPLATE_LINES}

    assert templates
    assert not long


def test_imports_run_downward_only():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
