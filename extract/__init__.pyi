"""What the door of this room gives, for whoever checks types; `__init__.py` says from where it comes when asked."""

from extract.garbage import (
    few_collections as few_collections,
)
from extract.kinds import (
    SUFFIXES as SUFFIXES,
)
from extract.kinds import (
    Ocr as Ocr,
)
from extract.kinds import (
    suffix_to_media_type as suffix_to_media_type,
)
from extract.ocr.installed import (
    ocr_is_installed as ocr_is_installed,
)
from extract.read import (
    pages_of_picture as pages_of_picture,
)
from extract.read import (
    read_document as read_document,
)
from extract.spent import (
    process_is_spent as process_is_spent,
)
from extract.text import (
    document_to_text as document_to_text,
)
from extract.text import (
    read_text as read_text,
)
