from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "sisiwu.activities.trainings"
    label = "trainings"
    verbose_name = "培训"
