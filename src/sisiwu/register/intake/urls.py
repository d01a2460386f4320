from django.urls import path

from sisiwu.register.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.start, name="start"),
    path("template/", views.template, name="template"),
    path("export/", views.export, name="export"),
    path("<int:pk>/", views.checked, name="checked"),
    path("<int:pk>/marked/", views.marked, name="marked"),
]
