from django.urls import path

from sisiwu.activities.spot_checks import views

app_name = "spot_checks"
urlpatterns = [
    path("", views.DrawDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/numbers/", views.numbers, name="numbers"),
    path("check/<int:pk>/", views.check, name="check"),
]
