from django.urls import path

from sisiwu.register.organizations import views

app_name = "organizations"
urlpatterns = [
    path("", views.OrganizationDesk.as_view(), name="list"),
    path("tree/", views.tree, name="tree"),
    path("regions/", views.regions, name="regions"),
    path("<int:pk>/found/", views.found, name="found"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/dissolve/", views.dissolve, name="dissolve"),
]
