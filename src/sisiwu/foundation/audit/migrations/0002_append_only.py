"""The log only grows, even for an administrator of the program."""

from django.db import migrations

from sisiwu.foundation.values.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [AppendOnly("audit_logentry")]
