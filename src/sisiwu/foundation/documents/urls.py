from django.urls import path

from sisiwu.foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.DocumentDesk.as_view(), name="list"),
    path("sync/", views.sync, name="sync"),
    path("<int:pk>/", views.detail, name="detail"),
]
