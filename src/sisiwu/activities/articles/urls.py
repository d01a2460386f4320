from django.urls import path

from sisiwu.activities.articles import views

app_name = "articles"
urlpatterns = [path("", views.ArticleDesk.as_view(), name="list"), *views.pages.urls()]
