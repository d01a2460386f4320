from django.urls import path

from sisiwu.register.admissions import views

app_name = "admissions"
urlpatterns = [
    path("", views.AdmissionDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/do/<int:number>/", views.do, name="do"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("<int:pk>/back/", views.take_back, name="back"),
    path("<int:pk>/stop/", views.stop, name="stop"),
]
