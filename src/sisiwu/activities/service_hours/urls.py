from django.urls import path

from sisiwu.activities.service_hours import views

app_name = "service_hours"
urlpatterns = [path("", views.ServiceDesk.as_view(), name="list"), *views.pages.urls()]
