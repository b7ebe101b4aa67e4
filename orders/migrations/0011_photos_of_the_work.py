import balai.storage
from django.db import migrations, models


class Migration(migrations.Migration):
    """A small picture of each photo of the work. No photo was ever kept without one."""

    dependencies = [("orders", "0010_reversal_requests")]

    operations = [
        migrations.AddField(
            model_name="resultphoto",
            name="thumbnail",
            field=models.FileField(default="", max_length=120, storage=balai.storage.private_storage, upload_to=""),
            preserve_default=False,
        ),
    ]
