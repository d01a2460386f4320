from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "sisiwu.activities.articles"
    label = "articles"
    verbose_name = "稿件"
