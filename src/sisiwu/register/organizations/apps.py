from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "sisiwu.register.organizations"
    label = "organizations"
    verbose_name = "党组织"
