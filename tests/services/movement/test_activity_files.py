"""Photos and documents of activities: documents byte for byte, photos without the place, a smaller picture beside."""

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from antq_desktop.documents.bare_photos import bare
from antq_desktop.documents.photos import PhotoUnreadable
from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.services.application import Application
from antq_desktop.services.movement.activity_files import AttachedAlready, NotAPhotoOrDocument
from antq_desktop.services.results import ReasonMissing
from antq_desktop.storage.attachments import FileNotReadable
from antq_desktop.storage.journal import Deed


@pytest.fixture
def activity(application: Application) -> ModelActivity:
    model = application.community_models.save(
        CommunityModel(
            id="", unit_code="", kind="to-lien-gia-tu-quan", name="M", launched_on=date(2024, 1, 1), state=ModelState.WORKING
        )
    ).record  # fmt: skip
    return application.community_models.save_activity(
        ModelActivity(id="", unit_code="", model_id=model.id, kind="sinh-hoat", on=date(2026, 4, 1), quantities={"buoi": 1})
    ).record  # fmt: skip


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A large photo whose EXIF says where it was taken and that it lies on its side."""
    picture = Image.new("RGB", (2400, 1200), (200, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (20.0, 40.0, 12.5)
    path = tmp_path / "ảnh sinh hoạt.jpg"
    picture.save(path, exif=exif, comment=b"20.67, 105.53")
    return path


def test_a_photo_is_kept_whole_but_tells_no_place_and_no_owner(
    application: Application, activity: ModelActivity, photo: Path
) -> None:
    files = application.activity_files
    kept = files.attach(activity.id, photo).record
    assert kept.name == "ảnh sinh hoạt.jpg"
    full = files.original(kept.id)
    with Image.open(photo) as came, Image.open(io.BytesIO(full)) as stays:
        assert came.getexif().get_ifd(0x8825), "the sample does say where it was taken"
        assert dict(stays.getexif()) == {0x0112: 6}, "nothing but how it lies"
        assert came.tobytes() == stays.tobytes(), "bit for bit the same picture"
    assert b"105.53" not in full
    with application.period_figures._store.reading() as work:
        known = work.get(Attachment, kept.file_sha256)
    assert known.original_sha256 == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert (known.size, known.id) == (len(full), hashlib.sha256(full).hexdigest())
    picture = files.picture(kept.id)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (800, 1600)), "upright, at most 1600"
        assert not dict(seen.getexif())
        assert not {"exif", "comment", "xmp", "icc_profile"} & seen.info.keys()
    assert b"105.53" not in picture
    assert files.of(activity.id) == [kept]


def test_a_small_or_see_through_picture_stays_whole(
    application: Application, activity: ModelActivity, tmp_path: Path
) -> None:
    path = tmp_path / "so-do.png"
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(path)
    kept = application.activity_files.attach(activity.id, path).record
    picture = application.activity_files.picture(kept.id)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as seen:
        assert (seen.size, seen.getpixel((5, 5))) == ((40, 20), (255, 255, 255))


def test_documents_are_kept_without_a_picture(
    application: Application, activity: ModelActivity, tmp_path: Path
) -> None:
    pdf, word = tmp_path / "bien-ban.pdf", tmp_path / "ke-hoach.docx"
    pdf.write_bytes(b"%PDF-1.7 ...")
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    for path, media_type in ((pdf, "application/pdf"), (word, "wordprocessingml")):
        kept = application.activity_files.attach(activity.id, path).record
        assert (kept.copy_sha256, application.activity_files.picture(kept.id)) == (None, None)
        with application.sending._store.reading() as work:
            assert media_type in work.get(Attachment, kept.file_sha256).media_type


def test_what_is_neither_photo_nor_document_is_refused(
    application: Application, activity: ModelActivity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = application.activity_files
    program, packed, broken = tmp_path / "x.jpg", tmp_path / "x.zip", tmp_path / "hong.jpg"
    program.write_bytes(b"MZ" + bytes(100))
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    cut = tmp_path / "cut.docx"
    cut.write_bytes(packed.read_bytes()[:40])
    for path in (program, packed, cut):
        with pytest.raises(NotAPhotoOrDocument):
            files.attach(activity.id, path)
    with pytest.raises(PhotoUnreadable):
        files.attach(activity.id, broken)
    with pytest.raises(FileNotReadable):
        files.attach(activity.id, tmp_path / "nowhere.pdf")
    assert files.of(activity.id) == []
    with application.sending._store.reading() as work:
        assert work.all(Attachment) == [], "nothing half-done is left"


def test_a_picture_made_to_burst_is_refused(
    application: Application, activity: ModelActivity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (400, 400)).save(path)
    for most in (100, 100_000):
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", most)
        with pytest.raises(PhotoUnreadable):
            application.activity_files.attach(activity.id, path)


def test_a_file_goes_when_nothing_names_it_any_more(
    application: Application, activity: ModelActivity, photo: Path
) -> None:
    files, models = application.activity_files, application.community_models
    first = files.attach(activity.id, photo).record
    with pytest.raises(AttachedAlready):
        files.attach(activity.id, photo)
    second = application.activities.copy(activity.id, [activity.model_id], date(2026, 5, 1)).lines[0].record
    assert second is not None
    other = files.attach(second.id, photo).record
    with pytest.raises(ReasonMissing):
        files.detach(first.id, "")
    files.detach(first.id, "Nhầm ảnh")
    assert files.original(other.id) == bare(photo.read_bytes()), "another activity still names it"
    models.delete_activity(second.id, "Ghi trùng")
    assert files.of(second.id) == []
    with pytest.raises(NotFound):
        files.original(other.id)
    store = application.sending._store
    with store.reading() as work:
        assert work.connection.exec_driver_sql("SELECT count(*) FROM attachment_chunks").scalar_one() == 0
    with store.writing("An") as work:
        work.note(Deed("viewed"))  # the workspace is still whole and can be written to
        work.commit()
    assert application.journal.check().holds
