from django.db import migrations, models

from balai.guards import Guard, guarded


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0004_deposits'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['settled_on'], name='finance_pay_settled_28e233_idx'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'tunai'), ('settled_on__isnull', True)), models.Q(models.Q(('method', 'tunai'), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='settled_day_but_for_cash'),
        ),
        guarded(
            Guard('finance_payment'),
            Guard('finance_deposit'),
            Guard('finance_deposititem'),
            Guard('finance_depositslip'),
        ),
    ]
