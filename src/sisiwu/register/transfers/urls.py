from django.urls import path

from sisiwu.register.transfers import views

app_name = "transfers"
urlpatterns = [
    path("", views.TransferDesk.as_view(), name="list"),
    path("new/", views.new, name="new"),
    path("incoming/", views.incoming, name="incoming"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/letter/", views.letter, name="letter"),
    path("<int:pk>/receive/", views.receive, name="receive"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/reissue/", views.reissue, name="reissue"),
]
