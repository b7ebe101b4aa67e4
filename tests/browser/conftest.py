"""Chromium as the machine has it: nothing is downloaded."""

import shutil

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return browser_type_launch_args | {"executable_path": shutil.which("chromium")}
