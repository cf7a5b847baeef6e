"""Texts of forms: fields, parts of dates, styles, and slips that must not reach the paper."""

import pytest

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.templates import Piece, TemplateFault, read_template


def test_pieces_keep_order_style_part_and_manner() -> None:
    template = read_template("Ngày {date.day} <b>của <i>{name:caps}</i></b> {met:box}")
    assert template.pieces == (
        Piece(0, text="Ngày "),
        Piece(0, field="date", part="day"),
        Piece(0, text=" "),
        Piece(BOLD, text="của "),
        Piece(BOLD | ITALIC, field="name", manner="caps"),
        Piece(0, text=" "),
        Piece(0, field="met", manner="box"),
    )
    assert template.fields == {"date", "name", "met"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tên: {name", "Tên: {name"),
        ("Tên: name}", "Tên: name}"),
        ("{Name}", "{Name}"),
        ("{date.hour}", "{date.hour}"),
        ("{name:small}", "{name:small}"),
        ("<b>a", "<b>a"),
        ("a</i>", "</i>"),
        ("<b><b>a</b></b>", "<b>"),
    ],
)
def test_a_slip_names_the_piece(text: str, named: str) -> None:
    with pytest.raises(TemplateFault) as fault:
        read_template(text)
    assert fault.value.args[0] == named
