from collections import Counter

from django.db import migrations, models
from django.db.models import F

from balai.guards import Guard, guarded, lifted
from finance.models.ledger import AsReference


def count_turns_over_all_ways_of_paying(apps, schema_editor):
    """What was used twice before stays, each with a turn of its own; check_books names it while both are in force."""
    rows, turns = models.QuerySet(apps.get_model('finance', 'Payment')), Counter()
    paid = rows.filter(kind='bayar').exclude(reference='').annotate(known=AsReference('reference'))
    for pk, known, turn in paid.order_by('id').values_list('id', 'known', 'reference_turn'):
        turns[known] += 1
        if turn != turns[known]:
            rows.filter(pk=pk).update(reference_turn=turns[known])
            rows.filter(reverses=pk).update(reference_turn=turns[known])


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0011_decisions'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='payment', name='reference_once'),
        migrations.RemoveIndex(model_name='payment', name='finance_pay_referen_f3a360_idx'),
        lifted(Guard('finance_payment')),
        migrations.RunPython(count_turns_over_all_ways_of_paying, migrations.RunPython.noop),
        guarded(Guard('finance_payment')),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(AsReference('reference'), name='payment_as_reference'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(AsReference('reference'), F('reference_turn'), condition=models.Q(('kind', 'bayar'), models.Q(('reference', ''), _negated=True)), name='reference_once'),
        ),
    ]
