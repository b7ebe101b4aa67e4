from django.db import migrations

from balai.guards import Guard, guarded


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0002_reference_turn'),
    ]

    operations = [
        guarded(Guard('finance_payment'), Guard('finance_paymentline')),
    ]
