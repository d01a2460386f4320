from django.urls import path

from sisiwu.activities.articles import views

app_name = "articles"
urlpatterns = [
    path("", views.ArticleDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/mend/", views.mend, name="mend"),
]
