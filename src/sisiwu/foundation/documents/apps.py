from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sisiwu.foundation.documents"
    label = "documents"
    verbose_name = "文件与条款"
