from django.urls import path

from sisiwu.foundation.officers import views

app_name = "officers"
urlpatterns = [
    path("", views.AccountDesk.as_view(), name="list"),
    path("open/", views.open_account, name="open"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/give/", views.give, name="give"),
    path("grants/<int:pk>/take/", views.take, name="take"),
]
