from django.apps import AppConfig


class DetachmentsConfig(AppConfig):
    name = "sisiwu.register.detachments"
    label = "detachments"
    verbose_name = "临时编入"
