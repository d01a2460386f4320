from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "sisiwu.foundation.feedback"
    label = "feedback"
    verbose_name = "意见建议"
