"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from balai import pdf
from balai.incoming import whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings")
application = whole_bodies(get_wsgi_application())
pdf.warm_up()
