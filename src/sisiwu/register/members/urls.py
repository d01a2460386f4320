from django.urls import path

from sisiwu.register.members import views

app_name = "members"
urlpatterns = [
    path("", views.MemberDesk.as_view(), name="list"),
    path("enter/<int:pk>/", views.enter, name="enter"),
    path("<int:pk>/link/", views.link, name="link"),
]
