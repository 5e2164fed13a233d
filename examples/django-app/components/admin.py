from django.contrib import admin

from components.models import Component, ServiceWindow


class ServiceWindowInline(admin.TabularInline):
    model = ServiceWindow
    extra = 0


@admin.register(Component)
class ComponentAdmin(admin.ModelAdmin):
    inlines = (ServiceWindowInline,)
    list_display = ("name", "labels")
    search_fields = ("name",)
