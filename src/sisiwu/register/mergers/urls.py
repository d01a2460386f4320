from django.urls import path

from sisiwu.register.mergers import views

app_name = "mergers"
urlpatterns = [path("<int:pk>/merge/", views.merge, name="merge")]
