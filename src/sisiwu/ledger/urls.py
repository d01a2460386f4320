from django.urls import path

from sisiwu.ledger import views

app_name = "ledger"
urlpatterns = [
    path("verify/", views.queue, name="queue"),
    path("ledger/once/", views.once, name="once"),
    path("ledger/<int:pk>/", views.entry, name="entry"),
    path("ledger/fact/<int:pk>/", views.fact, name="fact"),
    path("ledger/fact/<int:pk>/reverse/", views.reverse, name="reverse"),
]
