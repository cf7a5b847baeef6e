"""What a write touched can be joined and asked about."""

from antq_desktop.domain.changes import Changes


def test_joins_and_tells_what_it_touches() -> None:
    both = Changes.of("households") | Changes.of("areas")
    assert both == Changes(frozenset({"households", "areas"}))
    assert both.touches("areas", "models")
    assert not both.touches("models")


def test_no_change_is_false() -> None:
    assert not Changes()
    assert Changes.of("areas")
