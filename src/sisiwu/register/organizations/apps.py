from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "sisiwu.register.organizations"
    label = "organizations"
    verbose_name = "党组织"

    def ready(self) -> None:
        from sisiwu.foundation.officers.places import register  # noqa: PLC0415 - models exist only now
        from sisiwu.register.organizations.queries import place_of  # noqa: PLC0415

        register(place_of)
