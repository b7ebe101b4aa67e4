"""The columns whose content 0005 moved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("balai", "0005_signatories")]

    operations = [
        *[
            migrations.RemoveField("office", f"{role}_{what}")
            for role in ("head", "treasurer")
            for what in ("title", "name", "rank", "nip")
        ],
        migrations.RemoveField("office", "page_size"),
    ]
