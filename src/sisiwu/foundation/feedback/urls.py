from django.urls import path

from sisiwu.foundation.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.SuggestionDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("code/", views.code, name="code"),
    path("<int:pk>/", views.detail, name="detail"),
]
