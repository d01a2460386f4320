from django.urls import path

from sisiwu.activities.articles import views

app_name = "articles"
urlpatterns = [
    path("", views.ArticleDesk.as_view(), name="list"),
    path("<int:pk>/join/", views.join, name="join"),
    path("partners/<int:pk>/", views.partner, name="partner"),
    *views.pages.urls(),
]
