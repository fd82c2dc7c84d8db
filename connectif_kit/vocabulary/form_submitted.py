"""A form sent without a page change. https://support.connectif.ai/hc/en-us/articles/360014589699

Native forms that the store has integrated are captured by the client script itself.
"""

from connectif_kit.vocabulary.kinds import MAPPING, OBJECT_ID
from connectif_kit.vocabulary.model import Event, Field

FORM_SUBMITTED = Event(
    type="form-submitted",
    doc="The visitor has sent a form that the store has integrated.",
    article=360014589699,
    fields=(
        Field(
            html="form_id",
            js="formId",
            kind=OBJECT_ID,
            required=True,
            doc="The form's id, from its address in the dashboard.",
            example="65b1d2e3f4a5b6c7d8e9f0a1",
        ),
        Field(
            html="payload",
            js="payload",
            kind=MAPPING,
            required=True,
            doc="Names of the form's fields, with their values.",
        ),
        Field(
            html="primary_key_field",
            js="primaryKeyField",
            doc="For sign-up forms: the payload field that holds the email.",
            example="email",
        ),
    ),
)
