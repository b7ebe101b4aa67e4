from django.db import migrations

from finance.guards import days_stay_closed, months_stay_closed


class Migration(migrations.Migration):
    """On SQLite the last half millisecond of a day counted as the next day."""

    dependencies = [("finance", "0014_deposits_in_force")]

    operations = [days_stay_closed(), months_stay_closed()]
