"""The key file of a data folder."""

from django.core.management import call_command


def test_key_is_made_once_and_for_its_owner_only(settings, tmp_path):
    settings.BALAI_VAR = tmp_path / "var"

    call_command("secret_key")
    key_file = settings.BALAI_VAR / "secret_key"
    first = key_file.read_text()
    call_command("secret_key")

    assert len(first) >= 50
    assert key_file.read_text() == first
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert settings.BALAI_VAR.stat().st_mode & 0o777 == 0o700
