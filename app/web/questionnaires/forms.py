"""What an owner sends about questionnaires."""

from flask_wtf.file import FileField, FileRequired

from app.web.forms import Form


class UploadForm(Form):
    """A pack."""

    pack = FileField("Questionnaire file", [FileRequired("Choose a file.")])


class ButtonForm(Form):
    """A button and nothing else."""
