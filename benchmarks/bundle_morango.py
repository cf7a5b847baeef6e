"""The peer of ``bundle.py``: Morango turns the same number of household records into what it would send.

Run by the interpreter of an environment of its own, with the number of records; prints seconds of each round as JSON. Its store
is a plain SQLite file; it neither compresses, seals nor signs, and a stick is none of its ways.
"""

# The packages are not in this project's environment.
# mypy: disable-error-code="import-not-found,no-untyped-def,no-untyped-call"
import json
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
MODELS = """
from django.db import models
from morango.models import SyncableModel

class Household(SyncableModel):
    morango_profile = "records"
    morango_model_name = "household"
    area_id = models.TextField()
    head = models.TextField()
    birth = models.TextField(null=True)
    citizen_id = models.TextField(null=True)
    members = models.IntegerField(null=True)
    phone = models.TextField(null=True)
    address = models.TextField(null=True)
    residence = models.TextField()
    note = models.TextField()

    def calculate_source_id(self, *args, **kwargs):
        return None

    def calculate_partition(self, *args, **kwargs):
        return "04978"
"""


def main() -> None:
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "peer"
        peer.mkdir()
        (peer / "__init__.py").touch()
        (peer / "models.py").write_text(MODELS, encoding="utf-8")
        sys.path.insert(0, folder)
        print(json.dumps(_rounds(count, Path(folder))))


def _rounds(count: int, folder: Path) -> list[float]:
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "morango", "peer"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "peer.db")}},
        SECRET_KEY="no secret",  # noqa: S106 - nothing is signed with it
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        MORANGO_INSTANCE_INFO={},
    )
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from morango.models import Store
    from morango.sync.controller import MorangoProfileController
    from peer.models import Household

    took = []
    for turn in range(ROUNDS):
        homes = [_household(Household, turn, n) for n in range(count)]
        Household.objects.bulk_create(homes, batch_size=500)
        began = time.perf_counter()
        MorangoProfileController("records").serialize_into_store()
        took.append(time.perf_counter() - began)
        assert Store.objects.count() == count * (turn + 1)
    return took


def _household(kind, turn, n):  # noqa: ANN001, ANN202 - a class that exists only while this runs
    home = kind(
        area_id="a1",
        head=f"Nguyễn Thị {turn} {n}",
        birth=str(1940 + n % 60),
        citizen_id=f"{turn}{n:011}",
        members=4,
        address=f"Tổ {n % 40}",
        residence="thuong-tru",
        note="",
    )
    home.id = home.calculate_uuid()
    return home


if __name__ == "__main__":
    main()
