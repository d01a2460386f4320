from django.urls import path

from sisiwu.activities.meetings import signing, views

app_name = "meetings"
urlpatterns = [
    path("", views.MeetingDesk.as_view(), name="list"),
    *views.pages.urls(),
    path("prepare/", signing.prepare, name="prepare"),
    path("sign/", signing.by_number, name="by_number"),
    path("gatherings/<int:pk>/wall/", signing.wall, name="wall"),
    path("gatherings/<int:pk>/drop/", signing.drop, name="drop"),
    path("gatherings/<int:pk>/undo/", signing.undo, name="undo"),
]
