from django.db import migrations


def as_noted(apps, schema_editor):
    """Until now nothing could be corrected: what was noted of a deposit counts."""
    in_force = apps.get_model('finance', 'DepositInForce')
    in_force.objects.bulk_create(
        (
            in_force(deposit_id=pk, sts_number=number, bank=bank, deposited_on=day, paper_id=paper)
            for pk, number, bank, day, paper in apps.get_model('finance', 'Deposit')
            .objects.order_by('id')
            .values_list('id', 'sts_number', 'bank', 'deposited_on', 'paper_id')
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0013_deposits_are_corrected'),
    ]

    operations = [
        migrations.RunPython(as_noted, migrations.RunPython.noop),
    ]
