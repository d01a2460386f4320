from django.urls import path

from sisiwu.register.positions import views

app_name = "positions"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("<int:pk>/appoint/", views.appoint, name="appoint"),
    path("<int:pk>/elect/", views.elect, name="elect"),
    path("held/<int:pk>/relieve/", views.relieve, name="relieve"),
]
