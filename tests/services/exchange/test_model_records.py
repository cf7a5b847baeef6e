"""The lives of models and the files of activities reach the receiving unit, also what was ended, taken back or taken off."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.model_means import OwnModelKind
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.storage.attachments import content

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_all_that_is_known_of_a_model_arrives(parties: "Parties", tmp_path: Path) -> None:
    commune = parties.commune
    own = commune.model_means.save_own_kind(
        OwnModelKind(id="", unit_code="", name="Bếp lửa an ninh", field="tu-quan", block="khu-dan-cu")
    ).record
    model = commune.community_models.save(
        CommunityModel(id="", unit_code="", kind=own.id, name="Bếp lửa số 1")
    ).record
    lives = commune.model_lives
    lives.take_step(model.id, "quyet-dinh", date(2025, 1, 5), number="1/QĐ")
    lives.take_step(model.id, "ra-mat", date(2025, 2, 1))
    part = ModelPart(
        id="",
        unit_code="",
        model_id=model.id,
        kind="group",
        name="Tổ 1",
        members=9,
        valid_from=date(2025, 3, 1),
    )
    group = lives.save_part(part).record
    commune.model_means.set_budget(model.id, 2026, "Ngân sách xã", 20_000_000)
    commune.model_means.set_equipment(model.id, "camera", 2)
    activity = commune.community_models.save_activity(
        ModelActivity(id="", unit_code="", model_id=model.id, kind="sinh-hoat", on=date(2026, 4, 1), quantities={"buoi": 1})
    ).record  # fmt: skip
    photo = tmp_path / "anh.jpg"
    Image.new("RGB", (1700, 20), (9, 9, 9)).save(photo)
    kept = commune.activity_files.attach(activity.id, photo).record
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()
    for key in (kept.file_sha256, kept.copy_sha256):
        assert key is not None
        with parties.store(commune).reading() as here, parties.store(parties.receiving).reading() as there:
            assert b"".join(content(there, key)) == b"".join(content(here, key))

    lives.end_part(group.id, date(2026, 5, 1), "Sáp nhập")
    paused = lives.take_step(model.id, "tam-dung", date(2026, 6, 1), reason="Thiếu người").record
    lives.take_back(paused.step.id, "Nhầm")
    commune.community_models.delete_activity(activity.id, "Ghi trùng")
    lives.take_step(model.id, "thanh-loai", date(2026, 7, 1), number="9/QĐ", reason="Hết nhu cầu")
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    parties.assert_equal()
