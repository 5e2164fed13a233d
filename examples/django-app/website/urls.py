from django.contrib import admin
from django.urls import path

from website import views

# No /metrics here: each worker has its own port for it, which the application's Service does not expose.
urlpatterns = [
    path("", views.front_page),
    path("slow/", views.slow),
    path("fail/", views.fail),
    path("later/", views.later),
    path("admin/", admin.site.urls),
]
