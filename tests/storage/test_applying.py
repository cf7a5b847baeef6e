"""The bytes of an attachment are kept once and in pieces, however they come."""

import pytest
import sqlalchemy as sa

from antq_desktop.storage import attachments
from antq_desktop.storage.applying import keep_file
from antq_desktop.storage.tables import attachment_chunks
from antq_desktop.storage.unit_of_work import Store

PIECE = 256 * 1024


@pytest.mark.parametrize(
    ("chunks", "sizes"),
    [
        ([], [0]),
        ([b""], [0]),
        ([b"a" * PIECE], [PIECE]),
        ([b"a" * (PIECE - 1), b"bc"], [PIECE, 1]),
        ([b"a" * (2 * PIECE + 3)], [PIECE, PIECE, 3]),
    ],
)
def test_bytes_are_kept_once_in_pieces_of_one_size(
    store: Store, chunks: list[bytes], sizes: list[int]
) -> None:
    with store.writing("An") as work:
        assert keep_file(work, "f" * 64, chunks)
        assert not keep_file(work, "f" * 64, chunks)
        work.commit()
    with store.reading() as reading:
        assert b"".join(attachments.content(reading, "f" * 64)) == b"".join(chunks)
        length = sa.func.length(attachment_chunks.c.content)
        query = sa.select(length).order_by(attachment_chunks.c.n)
        assert list(reading.connection.execute(query).scalars()) == sizes
