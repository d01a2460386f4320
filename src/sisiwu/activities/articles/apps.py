from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "sisiwu.activities.articles"
    label = "articles"
    verbose_name = "稿件"

    def ready(self) -> None:
        from sisiwu.activities.articles.facts import PUBLISHED  # noqa: PLC0415 - models exist only now
        from sisiwu.activities.entries.doors import open_door  # noqa: PLC0415

        open_door("articles", [(PUBLISHED, "刊发稿件")])
