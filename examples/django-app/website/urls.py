from django.contrib import admin
from django.urls import path

from website import views

# No /metrics here: each worker has a port of its own for that, which the Service of the application does not publish.
urlpatterns = [
    path("", views.front_page),
    path("slow/", views.slow),
    path("fail/", views.fail),
    path("admin/", admin.site.urls),
]
