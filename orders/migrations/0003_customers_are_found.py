from django.db import migrations, models

import orders.models.customer
from orders.models import Customer as Today


def write_keys(apps, schema_editor):
    """As the model does for every row that is written from now on."""
    customers = apps.get_model("orders", "Customer").objects
    for customer in customers.iterator():
        customers.filter(pk=customer.pk).update(search_key=Today.sounds.fget(customer))


class Migration(migrations.Migration):

    dependencies = [
        ('orders', '0002_left_goods_accounted'),
    ]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='search_key',
            field=orders.models.customer.SearchKey(default=" ", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.CheckConstraint(condition=models.Q(('search_key', ''), _negated=True), name='customer_can_be_found'),
        ),
    ]
