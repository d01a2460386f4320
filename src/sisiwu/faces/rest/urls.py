from django.urls import path, re_path

from sisiwu.faces.rest.api import api, not_there

urlpatterns = [path("v1/", api.urls), re_path("", not_there)]
