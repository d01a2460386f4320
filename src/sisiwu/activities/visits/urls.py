from django.urls import path

from sisiwu.activities.visits import views

app_name = "visits"
urlpatterns = [path("", views.VisitDesk.as_view(), name="list"), *views.pages.urls()]
