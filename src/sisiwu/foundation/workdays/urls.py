from django.urls import path

from sisiwu.foundation.workdays import views

app_name = "workdays"
urlpatterns = [
    path("", views.years, name="list"),
    path("publish/", views.publish, name="publish"),
]
