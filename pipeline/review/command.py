"""`hyoka review`: where the pages go, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.console import tell
from pipeline.corrections import refuse_link
from pipeline.profiles import read_profiles
from pipeline.review.desk import Desk
from pipeline.review.server import ADDRESS, make_server
from pipeline.review.session import address_with_token
from pipeline.review.site import write_site
from pipeline.sources import MANIFEST_NAME, UsageError


def write_review(out: Path, inputs: Sequence[Path], target: Path | None, forms: Path | None = None) -> str:
    """Write the review as files, and say what was written. Without a target it stands beside `out`.

    Raises UsageError where `out` holds no tables or an input does not exist, and OSError where nothing can be written.
    """
    folder = target or out.absolute().with_name(f"{out.absolute().name}-review")
    site = write_site(out, inputs, folder, forms)
    hint = "" if site.pictures else "; give the sources with --in for pictures of their pages"
    return f"written: {site.index} ({site.documents} documents, {site.pictures} pictures of pages{hint})"


def serve_review(out: Path, inputs: Sequence[Path], corrections: Path, port: int, forms: Path | None = None) -> None:
    """Serve the review on this machine until it is interrupted, and say where. The city of a document that prints none
    goes into the `sources.csv` of the first folder among the inputs; the profiles in `forms` are shown, and changed.

    Raises UsageError where `out` holds no tables, an input does not exist or `corrections` is a link, and OSError where
    the port is taken.
    """
    refuse_link(corrections)
    if forms is not None:
        read_profiles(forms)
    if not 0 <= port < 2**16:
        raise UsageError(f"{port} is no port. Give a number up to 65535, or 0 for a free one.")
    folder = next((path for path in inputs if path.is_dir()), None)
    desk = Desk(out, inputs, corrections, folder / MANIFEST_NAME if folder else None, forms)
    desk.warm_up()
    server = make_server(desk, port)
    address = address_with_token(ADDRESS, int(server.server_address[1]), desk.token)
    tell(f"{address} (corrections go to {corrections}; Ctrl+C ends)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        tell("ended")
    finally:
        server.server_close()
