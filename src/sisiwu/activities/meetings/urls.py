from django.urls import path

from sisiwu.activities.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.MeetingDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("draft/", views.draft, name="draft"),
    path("feeds/", views.feeding, name="feeds"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/mend/", views.mend, name="mend"),
]
