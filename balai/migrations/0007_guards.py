from django.db import migrations

from balai.guards import Guard, guarded


class Migration(migrations.Migration):

    dependencies = [
        ('balai', '0006_office_without_signers'),
    ]

    operations = [
        guarded(
            Guard('balai_document', free=('voided_at', 'voided_by_id', 'void_reason')),
            Guard('balai_documentfile'),
            Guard('balai_auditentry'),
        ),
    ]
