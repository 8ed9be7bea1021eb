"""An organization's questionnaires: the shelf, uploads, previews, versions."""

from app.web.questionnaires.routes import blueprint

__all__ = ["blueprint"]
