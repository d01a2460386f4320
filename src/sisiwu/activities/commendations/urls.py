from django.urls import path

from sisiwu.activities.commendations import views

app_name = "commendations"
urlpatterns = [path("", views.CommendationDesk.as_view(), name="list"), *views.pages.urls()]
