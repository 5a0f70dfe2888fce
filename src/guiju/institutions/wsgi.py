"""The WSGI application that the web process runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.institutions.settings")
application = get_wsgi_application()
