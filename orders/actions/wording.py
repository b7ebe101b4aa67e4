"""Checks on what people wrote."""

from orders.actions.frame import ActionRefused


def required(text: str, message: str) -> str:
    """The text without outer blanks; raises ActionRefused(message) when nothing is left."""
    text = text.strip()
    if not text:
        raise ActionRefused(message)
    return text
