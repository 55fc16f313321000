"""Collecting what was handed in: whatever an archive holds, the others are collected."""

import io
import os
import struct
import zipfile
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from coursekit.authoring.classroom import arrivals as arriving
from coursekit.authoring.classroom import collect as collecting
from coursekit.authoring.classroom import source as sources
from coursekit.authoring.classroom.arrivals import shown
from coursekit.authoring.classroom.collect import collect, collected, student_id
from coursekit.cli import app
from coursekit.content import folder
from coursekit.errors import CourseError

SET = "02_who_joined_when"
WORK = (folder("exercises") / "release" / SET / f"{SET}.ipynb").read_bytes()
EARLY, LATE = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC)
GOOD = f"good_{SET}.ipynb"


def entry(name, date=LATE, mode=None):
    """Make the entry of an archive as a system writes it that knows of time zones."""
    info = zipfile.ZipInfo(name, date.timetuple()[:6])
    info.extra = struct.pack("<HHBI", 0x5455, 5, 1, int(date.timestamp()))
    info.compress_type = zipfile.ZIP_DEFLATED
    if mode:
        info.external_attr = mode << 16
    return info


def zipped(files):
    """Write an archive of ``{name or entry: content}``."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(entry(name) if isinstance(name, str) else name, content)
    return made.getvalue()


@pytest.fixture
def came_in(tmp_path):
    """The folder in which all lies that was handed in."""
    place = tmp_path / "came in"
    place.mkdir()
    return place


@pytest.fixture
def gather(tmp_path, came_in):
    """Put files in the folder, collect it, and give what became of each and who handed in."""

    def gathered(files=None, source=None):
        for name, content in (files or {}).items():
            path = came_in / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        rows = collect(source or came_in, SET, tmp_path / "course")
        return rows, {path.parent.parent.name for path in submitted(tmp_path)}

    return gathered


def submitted(place):
    return sorted((place / "course").glob(f"submitted/*/{SET}/{SET}.ipynb"))


def stamp(place, student):
    path = place / "course" / "submitted" / student / SET / "timestamp.txt"
    return path.read_text() if path.exists() else None


def reason(rows, part):
    """Say why the one file was left out whose name has this part."""
    (row,) = [row for row in rows if part in row.file and row.state == "left out"]
    return row.reason


class TestWhose:
    NAMES = (
        (f"kim_{SET}.ipynb", "kim"),
        (f"kim_{SET} (1).ipynb", "kim"),
        (f"kim_{SET}(2).ipynb", "kim"),
        (f"kim_{SET}-Copy1.ipynb", "kim"),
        (f"kim_{SET} - Kopie.ipynb", "kim"),
        (f"kim_{SET}.IPYNB", "kim"),
        (f"kim_{SET.upper()}.ipynb", "kim"),
        (f"gruppe_07_{SET}.ipynb", "gruppe_07"),
        (f"kim_{SET}_{SET}.ipynb", "kim"),
        (f"kim/{SET}.ipynb", "kim"),
        (f"kim/hand_in/{SET}.ipynb", "kim"),
        (f"Kim Müller_4711_assignsubmission_file_/{SET}.ipynb", "Kim-Müller"),
        (f"Kim Müller_4711_assignsubmission_file/{SET}.ipynb", "Kim-Müller"),
        (f"Kim Müller_4711_assignsubmission_file_{SET}.ipynb", "Kim-Müller"),
        ("Kim Müller_4711_assignsubmission_file_/Untitled3.ipynb", "Kim-Müller"),
        # The platform knows who uploaded a file; its name may be anybody's.
        (f"Kim Müller_4711_assignsubmission_file_/lee_{SET}.ipynb", "Kim-Müller"),
        (
            f"Kim Müller_4711_assignsubmission_file_Lee_1_assignsubmission_file_{SET}.ipynb",
            "Kim-Müller",
        ),
    )

    @pytest.mark.parametrize(("name", "student"), NAMES)
    def test_a_file_is_told_by_its_name_or_its_folder(self, gather, name, student):
        rows, students = gather({name: WORK})
        assert students == {student}
        assert [row.state for row in rows] == ["new"]

    def test_in_a_zip_archive_as_in_a_folder(self, tmp_path, gather):
        for number, (name, student) in enumerate(self.NAMES):
            archive = tmp_path / f"{number}.zip"
            archive.write_bytes(zipped({name: WORK}))
            assert collect(archive, SET, tmp_path / str(number))[0].student == student

    def test_two_groups_are_two_students(self, gather):
        _, students = gather({f"gruppe_0{n}_{SET}.ipynb": WORK for n in (7, 8)})
        assert students == {"gruppe_07", "gruppe_08"}

    def test_two_students_of_one_name_stay_two(self, gather):
        _, students = gather(
            {f"Kim Lee_{n}_assignsubmission_file_/{SET}.ipynb": WORK for n in (1, 2)}
        )
        assert students == {"Kim-Lee_1", "Kim-Lee_2"}

    def test_an_archive_of_one_student_says_whose_it_is(self, gather):
        _, students = gather(
            {
                "kim.zip": zipped({f"{SET}/{SET}.ipynb": WORK, f"{SET}/checks.yaml": b""}),
                f"lee_{SET}.zip": zipped({f"{SET}.ipynb": WORK}),
            }
        )
        assert students == {"kim", "lee"}

    def test_the_page_of_the_same_name_is_not_taken_for_the_set(self, tmp_path, gather):
        page = (folder("notebooks") / f"{SET}.ipynb").read_bytes()
        place = f"exercises/release/{SET}/{SET}.ipynb"
        rows, _ = gather({"kim.zip": zipped({place: WORK, f"notebooks/{SET}.ipynb": page})})
        assert submitted(tmp_path)[0].read_bytes() == WORK
        assert reason(rows, "notebooks/") == "it holds no check of set 02"

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            (f"{SET}.ipynb", f"whose is it? Name it NAME_{SET}.ipynb"),
            ("Untitled3.ipynb", f"its name must end in _{SET}.ipynb"),
            ("kim_03_security_dilemma.ipynb", "it belongs to set 03_security_dilemma"),
            ("kim.pdf", "no notebooks: kim.pdf"),
            ("kim.rar", "an archive that cannot be opened here"),
            ("kim.zip", "a damaged archive"),
        ],
    )
    def test_what_belongs_to_nobody_is_named_and_the_others_are_collected(self, gather, name, why):
        rows, students = gather({name: WORK, GOOD: WORK})
        assert students == {"good"}
        assert reason(rows, name).startswith(why)

    def test_what_systems_add_is_one_line(self, gather):
        added = {f"__MACOSX/._{n}_{SET}.ipynb": b"" for n in range(40)}
        rows, students = gather({"all.zip": zipped({**added, GOOD: WORK}), ".DS_Store": b""})
        assert students == {"good"}
        assert len([row for row in rows if "added by the system" in row.reason]) == 1


class TestSeveral:
    def test_the_last_is_taken_and_the_others_are_named(self, tmp_path, gather):
        late, early = entry(f"b/kim_{SET}.ipynb", LATE), entry(f"z/kim_{SET}.ipynb", EARLY)
        rows, _ = gather({"all.zip": zipped({late: WORK + b" ", early: WORK})})
        assert submitted(tmp_path)[0].read_bytes() == WORK + b" "
        assert reason(rows, "z/kim") == f"taken was came in/all.zip/b/kim_{SET}.ipynb"

    def test_at_the_same_time_the_one_with_the_higher_number_is_taken(self, tmp_path, gather):
        names = [f"kim_{SET}{again}.ipynb" for again in ("", " (10)", " (9)")]
        gather({"all.zip": zipped({name: WORK + name.encode() for name in names})})
        assert submitted(tmp_path)[0].read_bytes().endswith(names[1].encode())

    def test_two_of_one_name_in_one_archive(self, tmp_path, gather):
        first, last = (entry(f"kim_{SET}.ipynb", date) for date in (EARLY, LATE))
        with pytest.warns(UserWarning, match="Duplicate name"):
            data = zipped({first: WORK, last: WORK + b" "})
        rows, _ = gather({"all.zip": data})
        assert submitted(tmp_path)[0].read_bytes() == WORK + b" "
        assert sorted(row.state for row in rows) == ["left out", "new"]

    def test_if_the_last_cannot_be_read_the_one_before_is_taken(self, tmp_path, gather):
        late, early = entry(f"b/kim_{SET}.ipynb", LATE), entry(f"a/kim_{SET}.ipynb", EARLY)
        late.compress_type = zipfile.ZIP_STORED
        data = zipped({early: WORK, late: b"torn: " + b"x" * 50})
        rows, _ = gather({"all.zip": data.replace(b"torn: xx", b"torn: yy")})
        assert submitted(tmp_path)[0].read_bytes() == WORK
        assert reason(rows, "b/kim") == "it cannot be read (BadZipFile)"

    def test_names_that_differ_in_capitals_only_are_not_mixed(self, gather):
        rows, students = gather(
            {"all.zip": zipped({f"{who}_{SET}.ipynb": WORK for who in ("kim", "Kim")})}
        )
        assert students == {"Kim"}
        assert "its student would be called kim, as Kim is" in reason(rows, "kim_")


class TestAgain:
    def test_a_second_time_nothing_changes(self, tmp_path, gather):
        gather({GOOD: WORK})
        before = submitted(tmp_path)[0].stat().st_mtime_ns
        rows, _ = gather()
        assert [row.state for row in rows] == ["as before"]
        assert submitted(tmp_path)[0].stat().st_mtime_ns == before

    def test_a_later_file_replaces_and_an_earlier_one_does_not(self, tmp_path, gather):
        for number, (date, state) in enumerate(
            ((EARLY, "new"), (LATE, "replaced"), (EARLY, "left out"))
        ):
            archive = tmp_path / f"{number}.zip"
            archive.write_bytes(zipped({entry(f"kim_{SET}.ipynb", date): WORK + b" " * number}))
            rows, _ = gather(source=archive)
            assert [row.state for row in rows] == [state]
        assert submitted(tmp_path)[0].read_bytes() == WORK + b" "
        assert "older than the one collected before" in rows[0].reason
        kept = {row.source: row.state for row in collected(tmp_path / "course", SET)}
        assert kept == {"0.zip": "left out", "1.zip": "replaced", "2.zip": "left out"}


class TestDates:
    def test_the_date_in_an_archive_is_kept(self, tmp_path, gather):
        gather({"all.zip": zipped({f"kim_{SET}.ipynb": WORK})})
        assert stamp(tmp_path, "kim") == "2026-03-02 12:00:00 UTC\n"

    def test_nbgrader_reads_it(self, tmp_path, gather):
        from nbgrader.utils import parse_utc

        gather({"all.zip": zipped({f"kim_{SET}.ipynb": WORK})})
        assert parse_utc(stamp(tmp_path, "kim").strip()) == LATE.replace(tzinfo=None)

    def test_a_student_cannot_make_her_work_earlier_by_a_date_in_her_archive(
        self, tmp_path, gather
    ):
        own = zipped({entry(f"{SET}.ipynb", EARLY): WORK})
        gather({"all.zip": zipped({entry("Kim_1_assignsubmission_file_/my.zip", LATE): own})})
        assert stamp(tmp_path, "Kim") == "2026-03-02 12:00:00 UTC\n"

    def test_nor_by_one_whose_file_has_her_name(self, tmp_path, came_in, gather):
        own = zipped({entry(f"kim_{SET}.ipynb", EARLY): WORK})
        (came_in / "all.zip").write_bytes(zipped({entry("upload.zip", LATE): own}))
        gather(source=came_in / "all.zip")
        assert stamp(tmp_path, "kim") == "2026-03-02 12:00:00 UTC\n"

    def test_the_date_of_a_file_in_a_folder_is_kept(self, tmp_path, came_in, gather):
        (came_in / GOOD).write_bytes(WORK)
        os.utime(came_in / GOOD, (EARLY.timestamp(),) * 2)
        gather()
        assert stamp(tmp_path, "good") == "2026-03-01 12:00:00 UTC\n"

    @pytest.mark.parametrize("date", [(1980, 1, 1, 0, 0, 0), (2026, 0, 0, 0, 0, 0)])
    def test_without_a_date_it_is_collected_and_never_late(self, tmp_path, gather, date):
        info = zipfile.ZipInfo(f"kim_{SET}.ipynb", date)
        rows, students = gather({"all.zip": zipped({info: WORK})})
        assert students == {"kim"}
        assert rows[0].reason == "no date, so never late"
        assert stamp(tmp_path, "kim") is None


def encrypted(data):
    """Mark the entries of an archive as locked with a password."""
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        data = data[: at + place] + b"\1" + data[at + place + 1 :]
    return data


def nested(depth):
    data = zipped({f"deep_{SET}.ipynb": WORK})
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


def lying(data, size):
    """Let an archive say of its file that it is smaller than it is."""
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.find(mark) + place
        data = data[:at] + struct.pack("<I", size) + data[at + 4 :]
    return data


BOMB = zipped({f"kim_{SET}.ipynb": b"0" * (arriving.LARGEST + 1)})
HOSTILE = {
    "a path upwards": (zipped({f"../../kim_{SET}.ipynb": WORK}), "its path leads out"),
    "a path upwards, Windows": (zipped({f"..\\..\\kim_{SET}.ipynb": WORK}), "its path leads out"),
    "a path from the root": (zipped({f"/tmp/kim_{SET}.ipynb": WORK}), "its path leads out"),
    "a path to a drive": (zipped({f"C:\\kim_{SET}.ipynb": WORK}), "its path leads out"),
    "a link": (zipped({entry(f"kim_{SET}.ipynb", mode=0o120777): b"/etc/passwd"}), "a link"),
    "a device": (zipped({entry(f"kim_{SET}.ipynb", mode=0o020666): b""}), "no ordinary file"),
    "a bomb": (BOMB, "it has 20 MB, and at most 20 are read"),
    "a bomb that lies": (lying(BOMB, 100), "it cannot be read"),
    "a password": (encrypted(zipped({f"kim_{SET}.ipynb": WORK})), "it is locked with a password"),
    "archives inside each other": (nested(6), "too many archives inside each other"),
    "nothing": (zipped({}), "an empty archive"),
    "half of it": (zipped({f"kim_{SET}.ipynb": WORK})[:3000], "a damaged archive"),
    "no bytes": (b"", "a damaged archive"),
    "another kind": (b"Rar!\x1a\x07\x00", "a damaged archive"),
}


class TestHostile:
    @pytest.mark.parametrize("kind", HOSTILE)
    def test_it_is_refused_with_a_reason_and_the_others_are_collected(self, gather, kind):
        data, why = HOSTILE[kind]
        rows, students = gather({"hostile.zip": data, "then.zip": zipped({GOOD: WORK})})
        assert students == {"good"}
        (row,) = [row for row in rows if row.state == "left out"]
        assert row.reason.startswith(why)

    def test_nothing_is_written_elsewhere(self, tmp_path, gather):
        gather({f"{n}.zip": data for n, (data, _) in enumerate(HOSTILE.values())})
        assert {path.name for path in tmp_path.iterdir()} == {"came in", "course"}

    @pytest.mark.parametrize("files", [12, 40])
    def test_a_list_without_end_is_not_read(self, monkeypatch, gather, files):
        monkeypatch.setattr(arriving, "MOST", 10 if files == 12 else 1)
        many = zipped({f"{'x' * 40}{n}_{SET}.ipynb": b"" for n in range(files)})
        rows, students = gather({"many.zip": many, GOOD: WORK})
        assert students == {"good"}
        assert "an archive with more than" in reason(rows, "many.zip")

    def test_an_archive_that_holds_archives_without_end_is_given_up(self, gather):
        inner = zipped({"x.txt": b""})
        many = zipped({f"{n}.zip": inner for n in range(arriving.INNER + 5)})
        rows, students = gather({"many.zip": many, GOOD: WORK})
        assert students == {"good"}
        assert sum(row.reason == "too many archives inside each other" for row in rows) == 5

    def test_of_very_many_files_of_a_student_only_the_last_ones_are_read(self, gather):
        many = {
            f"Kim_1_assignsubmission_file_/{number}/{SET}.ipynb": b"{}"
            for number in range(collecting.TRIED + 5)
        }
        rows, students = gather({"many.zip": zipped(many), GOOD: WORK})
        assert students == {"good"}
        assert sum("later ones" in row.reason for row in rows) == 5

    def test_names_longer_than_any_system_has_hold_nothing_up(self, gather):
        name = f"x_{SET}{'_' * 60_000}!.ipynb"
        rows, students = gather({"long.zip": zipped({name: WORK}), GOOD: WORK})
        assert students == {"good"}
        assert "too long" in reason(rows, "!.ipynb")

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_links_and_pipes_in_a_folder_are_not_followed(self, tmp_path, came_in, gather):
        (tmp_path / "secret.ipynb").write_bytes(WORK)
        (came_in / f"kim_{SET}.ipynb").symlink_to(tmp_path / "secret.ipynb")
        (came_in / "up").symlink_to(tmp_path)
        os.mkfifo(came_in / f"lee_{SET}.ipynb")
        rows, students = gather({GOOD: WORK})
        assert students == {"good"}
        assert reason(rows, "kim_") == reason(rows, "/up") == "a link, which is not followed"
        assert reason(rows, "lee_") == "no ordinary file"


STRANGE = ["..", ".", "a/../b", "kim\nlee", "=cmd()", "+1", "@x", "<b>kim</b>", "a'b", '"', "{{7}}"]
STRANGE += [
    "con",
    "NUL.x",
    "k" * 300,
    "[a-z]*",
    "\u202egnp",
    "-rf",
    "~",
    "%2e%2e",
    "a\0b",
    "\udc80",
]


class TestNames:
    @pytest.mark.parametrize("who", STRANGE)
    def test_every_name_is_safe_and_stays_a_name_of_its_own(self, who):
        made = student_id(who)
        assert made == student_id(who) != student_id(f"{who}!")
        assert made.replace("-", "").replace("_", "").isalnum()
        assert made[0].isalnum() and len(made) <= 47

    @pytest.mark.parametrize("who", ["kim", "gruppe_07", "Jürgen", "李", "o.connor"])
    def test_an_ordinary_name_stays_as_it_is(self, who):
        assert student_id(who) == who

    @pytest.mark.skipif(os.name == "nt", reason="no such names there")
    def test_names_on_disk_that_are_no_text_are_collected(self, came_in, gather):
        for who in (b"kim\xff", b"a\nb", b"=cmd()"):
            (came_in / os.fsdecode(who + f"_{SET}.ipynb".encode())).write_bytes(WORK)
        rows, students = gather()
        assert len(students) == 3
        assert all(row.file.isprintable() for row in rows)

    def test_names_without_a_mark_of_their_alphabet_are_read(self, gather):
        data = zipped({f"JXXrgen_{SET}.ipynb": WORK}).replace(b"JXXrgen", "Jürgen".encode())
        _, students = gather({"all.zip": data})
        assert students == {"Jürgen"}

    def test_one_name_in_two_writings_is_one_student(self, gather):
        whole, parts = f"J\u00fcrgen_{SET}.ipynb", f"Ju\u0308rgen_{SET} (1).ipynb"
        _, students = gather({"all.zip": zipped({whole: WORK, parts: WORK})})
        assert students == {"J\u00fcrgen"}


class TestCommand:
    def run(self, monkeypatch, tmp_path, *arguments):
        exercises = tmp_path / "course"
        (exercises / "source").mkdir(parents=True, exist_ok=True)
        sets = exercises / "source" / SET
        if not sets.exists():
            sets.symlink_to(folder("exercises") / "source" / SET)
        monkeypatch.setattr(sources, "course_folder", lambda: exercises)
        return CliRunner().invoke(app, ["collect", *map(str, arguments)])

    def test_counts_and_names_what_was_left_out(self, monkeypatch, tmp_path, came_in):
        (came_in / GOOD).write_bytes(WORK)
        (came_in / "[bold]Untitled.ipynb").write_bytes(WORK)
        done = self.run(monkeypatch, tmp_path, "02", came_in)
        assert done.exit_code == 0, done.output
        assert f"{SET}: 1 new, 0 replaced, 0 as before, 1 left out" in done.output
        assert "[bold]Untitled.ipynb" in done.output.replace("\n", "")
        assert len(submitted(tmp_path)) == 1

    def test_says_what_to_give_if_there_is_no_such_folder(self, monkeypatch, tmp_path):
        done = self.run(monkeypatch, tmp_path, "02", tmp_path / "nowhere")
        assert done.exit_code == 1
        with pytest.raises(CourseError, match="Give the folder"):
            collect(tmp_path / "nowhere", SET, tmp_path)


def test_a_notebook_is_never_half_written(tmp_path, gather, monkeypatch):
    gather({GOOD: WORK})

    def killed(path, data):
        path.with_name(".torn").write_bytes(data[:10])
        raise OSError("no space left")

    monkeypatch.setattr(collecting, "replace", killed)
    with pytest.raises(OSError, match="no space"):
        gather({GOOD: WORK + b" "})
    assert submitted(tmp_path)[0].read_bytes() == WORK


def test_three_hundred_are_collected_from_one_archive(tmp_path, gather):
    archive = tmp_path / "all.zip"
    archive.write_bytes(
        zipped({f"Kim {n}_{n}_assignsubmission_file_/{SET}.ipynb": WORK for n in range(300)})
    )
    rows, students = gather(source=archive)
    assert len(students) == len(rows) == 300


@pytest.mark.parametrize(
    ("who", "id"),
    [
        ("Kim Müller", "Kim-Müller"),
        ("gruppe_07", "gruppe_07"),
        # Where more than spaces must go, some digits keep two such names apart.
        ("=cmd()", "cmd-110f07"),
        ("../..", "student-0cfd1c"),
    ],
)
def test_a_name_becomes_one_that_is_safe_everywhere(who, id):
    assert student_id(who) == id


def test_a_name_is_shown_on_one_line_with_all_its_signs():
    assert shown("kim\n_02.ipynb") == r"kim\n_02.ipynb"
