from django.urls import path

from sisiwu.register.detachments import views

app_name = "detachments"
urlpatterns = [
    path("<int:pk>/attach/", views.attach, name="attach"),
    path("attached/<int:pk>/end/", views.release, name="release"),
]
