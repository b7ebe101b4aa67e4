"""README.md stays true where a machine can tell."""

from pathlib import Path

from balai.management.commands.stage_diagram import diagram

README = (Path(__file__).parent.parent / "README.md").read_text()


def test_readme_carries_the_stage_diagram_of_the_code():
    assert f"```mermaid\n{diagram()}\n```" in README


def test_every_path_that_readme_names_exists():
    named = {word.strip("`") for word in README.split() if word.startswith("`") and word.endswith(".py`")}
    assert len(named) >= 7
    assert [path for path in named if not (Path(__file__).parent.parent / path).exists()] == []
