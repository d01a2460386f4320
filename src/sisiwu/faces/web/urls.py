"""All addresses of the site."""

from django.urls import include, path

from sisiwu.activities.meetings.signing import sign
from sisiwu.faces.web import burden, scores, tokens, views
from sisiwu.faces.web.home import home

urlpatterns = [
    path("", home, name="home"),
    path("search/", views.search, name="search"),
    path("about/", views.about, name="about"),
    path("log/", views.log, name="log"),
    path("me/looks/", views.who_looked, name="looks"),
    path("me/type/", views.type_size, name="type"),
    path("me/tokens/", tokens.mine, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("api/", include("sisiwu.faces.rest.urls")),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("organizations/", include("sisiwu.register.organizations.urls")),
    path("organizations/<int:pk>/", views.organization, name="organization"),
    path("members/", include("sisiwu.register.members.urls")),
    path("members/<int:pk>/", views.member, name="member"),
    path("positions/", include("sisiwu.register.positions.urls")),
    path("organizations/", include("sisiwu.register.mergers.urls")),
    path("transfers/", include("sisiwu.register.transfers.urls")),
    path("admissions/", include("sisiwu.register.admissions.urls")),
    path("detachments/", include("sisiwu.register.detachments.urls")),
    path("intake/", include("sisiwu.register.intake.urls")),
    path("meetings/", include("sisiwu.activities.meetings.urls")),
    path("s/<int:pk>/<str:token>/", sign, name="sign"),
    path("articles/", include("sisiwu.activities.articles.urls")),
    path("trainings/", include("sisiwu.activities.trainings.urls")),
    path("visits/", include("sisiwu.activities.visits.urls")),
    path("service-hours/", include("sisiwu.activities.service_hours.urls")),
    path("commendations/", include("sisiwu.activities.commendations.urls")),
    path("spot-checks/", include("sisiwu.activities.spot_checks.urls")),
    path("inbox/", include("sisiwu.foundation.inbox.urls")),
    path("feedback/", include("sisiwu.foundation.feedback.urls")),
    path("workdays/", include("sisiwu.foundation.workdays.urls")),
    path("documents/", include("sisiwu.foundation.documents.urls")),
    path("burden/", burden.page, name="burden"),
    path("evidence/", include("sisiwu.foundation.evidence.urls")),
    path("assignments/", include("sisiwu.activities.assignments.urls")),
    path("", include("sisiwu.ledger.urls")),
    path("scores/", scores.table, name="scores"),
    path("scores/organizations/<int:pk>/", scores.organization, name="why_organization"),
    path("scores/members/<int:pk>/", scores.member, name="why_member"),
    path("accounts/people/", include("sisiwu.foundation.officers.urls")),
    path("accounts/", include("allauth.urls")),
]
handler400 = "sisiwu.faces.web.failures.unreadable"
handler403 = "sisiwu.faces.web.failures.not_allowed"
handler404 = "sisiwu.faces.web.failures.not_there"
handler500 = "sisiwu.faces.web.failures.broken"
