from django.urls import path

from sisiwu.activities.meetings import views

app_name = "meetings"
urlpatterns = [path("", views.MeetingDesk.as_view(), name="list"), *views.pages.urls()]
