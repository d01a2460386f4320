from django.urls import path

from sisiwu.foundation.evidence import views

app_name = "evidence"
urlpatterns = [
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
