from django.urls import path

from sisiwu.foundation.inbox import views

app_name = "inbox"
urlpatterns = [
    path("reminding/", views.reminding, name="reminding"),
    path("asked/", views.AskedDesk.as_view(), name="asked"),
    path("<int:pk>/hasten/", views.hasten, name="hasten"),
]
