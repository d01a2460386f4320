"""What was sent only grows."""

from django.db import migrations

from sisiwu.foundation.values.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_digests")]
    operations = [AppendOnly("inbox_sent")]
