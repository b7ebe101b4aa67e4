from django.apps import AppConfig


class BalaiConfig(AppConfig):
    name = "balai"
    verbose_name = "Balai"
