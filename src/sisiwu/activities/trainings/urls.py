from django.urls import path

from sisiwu.activities.trainings import views

app_name = "trainings"
urlpatterns = [path("", views.TrainingDesk.as_view(), name="list"), *views.pages.urls()]
