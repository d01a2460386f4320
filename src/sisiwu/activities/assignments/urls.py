from django.urls import path

from sisiwu.activities.assignments import views

app_name = "assignments"
urlpatterns = [
    path("", views.AssignmentDesk.as_view(), name="list"),
    path("todo/", views.to_do, name="todo"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.TargetDesk.as_view(), name="detail"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("targets/<int:pk>/", views.target, name="target"),
    path("targets/<int:pk>/answer/", views.answer, name="answer"),
    path("targets/<int:pk>/excuse/", views.excuse, name="excuse"),
    path("targets/<int:pk>/extend/", views.extend_one, name="extend_one"),
]
