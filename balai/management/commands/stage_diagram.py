"""The stage diagram of an order, as Mermaid text, read from the transitions declared on Order."""

from django.core.management.base import BaseCommand

from orders.permissions import ACTIONS
from orders.stages import FINAL, Stage


def diagram() -> str:
    """Lines in the order of the stages, so that the text is the same on every run."""
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.DRAF}"]
    for source in Stage:
        for name, machine in sorted(ACTIONS.items()):
            step = machine.transitions.get(source)
            if step and step.target:
                who = "/".join(step.permission.roles)
                lines.append(f"    {source} --> {step.target}: {name} ({who})")
    lines += [f"    {stage} --> [*]" for stage in Stage if stage in FINAL]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Prints the stage diagram as Mermaid text; README.md carries it."

    def handle(self, *args, **options) -> None:
        self.stdout.write(diagram())
