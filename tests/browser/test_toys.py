"""Toys in the page: played by mouse and by keyboard, kept, readable in any theme and width."""

import itertools

import axe
import pytest
from jupyterlab import OpenNotebook, write_cells
from playwright.sync_api import expect
from toys.test_every_toy import CLASSES, GAMES
from windows import too_wide

from coursekit.nato.toys.branch import Branch
from coursekit.nato.widgets.play import TOYS
from coursekit.toys.rival import RIVALS

pytestmark = pytest.mark.browser
# What is played by dragging, not by buttons.
DRAGGED = {"04-race"}


@pytest.fixture
def opened(open_boxes):
    """Open a notebook with one toy and run it."""
    return lambda name, **size: open_boxes(
        name, f"import coursekit as ck\nck.play({name!r})", **size
    )


def moves(notebook):
    """The buttons that can be pressed now, without the one that begins anew."""
    names = notebook.page.locator(".ck-lab .ck-move:enabled:visible")
    return names.filter(has_not_text="Play again")


def told(notebook):
    """What just happened, in words."""
    return notebook.page.locator(".ck-numbers").first


def test_the_rival_is_played_by_mouse_and_found_again(opened):
    notebook = opened("03-rival")
    for number in range(1, 10):
        moves(notebook).filter(has_text="Hold back").click()
        expect(told(notebook)).to_contain_text(f"Round {number}")
        notebook.settled()
    moves(notebook).filter(has_text="Arm").click()
    expect(moves(notebook)).to_have_count(len(RIVALS))
    moves(notebook).first.click()
    expect(told(notebook)).to_contain_text("Kinds that fit what you saw")
    notebook.restart()
    notebook.run_all()
    expect(told(notebook)).to_contain_text("Kinds that fit what you saw")
    assert notebook.problems() == []


def test_pieces_of_a_branch_are_linked_by_clicks_and_by_arrow_keys(opened):
    notebook = opened("01-branch")
    page, state = notebook.page, Branch(notebook.ask_kernel("_.state.seed"))
    left = page.locator(".ck-numbers li", has_text="Links still to find")
    ends = [[state.pieces.index(id) + 1 for id in pair] for pair in state.right.items()]
    for number, pair in enumerate(ends[:2], 1):
        for piece in pair:
            page.locator(f".ck-picture [id$='-piece-{piece}']").click()
            notebook.settled()
        expect(left).to_contain_text(f"{5 - number}")
    page.locator(".ck-picture").focus()
    for pair in ends[2:]:
        for piece in pair:
            page.keyboard.press("Home")
            for _ in range(piece - 1):
                page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
            notebook.settled()
    expect(told(notebook)).to_contain_text("All five links are found")
    assert notebook.problems() == []


def test_to_be_shown_a_link_does_not_look_like_the_next_thing_to_press(opened):
    hint = moves(opened("01-branch")).filter(has_text="Show me one link")
    expect(hint).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_slider_keeps_its_track_where_colours_are_forced(opened):
    page = opened("05-trust").page
    page.emulate_media(forced_colors="active")
    expect(page.locator(".ck-lab .noUi-target").first).to_have_css("border-top-style", "solid")
    page.emulate_media(forced_colors="none")


@pytest.fixture
def race(opened):
    return opened("04-race")


def answers(notebook):
    """The first number in the sentences: what Upland buys for every 10 of Lowland."""
    return notebook.page.get_by_role("slider", name="Weapons that Upland buys for every 10")


def drag(notebook, pixels):
    """Drag the first number sideways, step by step, and let it go."""
    mouse, box = notebook.page.mouse, answers(notebook).bounding_box()
    across, down = box["x"] + 6, box["y"] + box["height"] / 2
    mouse.move(across, down)
    mouse.down()
    for done in range(10):
        mouse.move(across + pixels * (done + 1) / 10, down)
    return mouse


def lines_in_motion(notebook):
    return notebook.page.evaluate(
        "() => document.querySelector('.ck-picture').getAnimations({ subtree: true }).length"
    )


def test_numbers_of_the_race_are_dragged_and_found_again(race):
    expect(told(race)).to_contain_text("It runs away")
    before = answers(race).bounding_box()
    mouse = drag(race, -110)
    expect(told(race)).to_contain_text("It settles")
    # Only what is let go is a move.
    expect(told(race)).to_contain_text("0 of 3 done")
    expect(answers(race)).to_have_attribute("aria-valuenow", "0")
    # The number keeps its place under the pointer.
    assert answers(race).bounding_box() == before
    mouse.up()
    expect(told(race)).to_contain_text("1 of 3 done")
    race.page.wait_for_function(
        "() => document.querySelector('.ck-picture').getAnimations({ subtree: true }).length"
    )
    race.settled()
    race.restart()
    race.run_all()
    expect(answers(race)).to_have_attribute("aria-valuetext", "0")
    expect(told(race)).to_contain_text("1 of 3 done")
    assert race.problems() == []


def test_numbers_of_the_race_are_changed_by_keys(race):
    keyboard, number = race.page.keyboard, answers(race)
    number.focus()
    keyboard.press("ArrowLeft")
    expect(number).to_have_attribute("aria-valuenow", "5")
    keyboard.press("End")
    expect(number).to_have_text("10")
    keyboard.press("Home")
    expect(told(race)).to_contain_text("1 of 3 done")
    keyboard.press("Tab")
    share = race.page.locator(".ck-scrub:focus")
    expect(share).to_have_attribute("aria-valuetext", "50%")
    expect(share).to_have_css("outline-style", "solid")
    # The notebook's own keys are kept out: x would cut the cell.
    keyboard.press("x")
    expect(number).to_be_visible()
    race.page.get_by_role("button", name="Play again").click()
    expect(number).to_have_attribute("aria-valuenow", "6")
    expect(told(race)).to_contain_text("0 of 3 done")
    race.settled()
    assert race.problems() == []


def test_lines_do_not_move_for_whoever_wants_less_motion(race):
    race.page.emulate_media(reduced_motion="reduce")
    drag(race, -110).up()
    expect(told(race)).to_contain_text("1 of 3 done")
    race.settled()
    assert lines_in_motion(race) == 0
    race.page.emulate_media(reduced_motion="no-preference")


def test_trust_is_set_six_times_and_the_neighbour_told(opened):
    notebook = opened("05-trust")
    slider = notebook.page.get_by_role("slider").first
    for number in range(1, 6):
        slider.focus()
        notebook.page.keyboard.press("ArrowRight")
        moves(notebook).filter(has_text="Set my trust").click()
        expect(told(notebook)).to_contain_text(f"Act {number} of 5")
        notebook.settled()
    moves(notebook).click()
    expect(told(notebook)).to_contain_text("The neighbour was")
    expect(told(notebook)).to_contain_text("75%")
    expect(moves(notebook)).to_have_count(0)
    notebook.page.get_by_role("button", name="Play again").click()
    expect(told(notebook)).to_contain_text("You know nothing of it yet")
    notebook.settled()
    # A new game begins where the first one did.
    assert float(slider.get_attribute("aria-valuenow")) == 50
    assert notebook.problems() == []


def test_a_challenger_decides_on_four_neighbours(opened):
    notebook = opened("06-challenger")
    for number, press in enumerate(("Wait", "Attack", "Wait", "Wait"), 1):
        expect(told(notebook)).to_contain_text(f"Neighbour {number} of 4")
        moves(notebook).filter(has_text=press).click()
        notebook.settled()
    expect(told(notebook)).to_contain_text("fears a closing door")
    expect(told(notebook)).to_contain_text("4 of 4")
    assert notebook.problems() == []


def test_the_feed_names_its_speakers_and_ends_with_links(opened):
    notebook = opened("07-feed")
    moves(notebook).last.click()
    expect(told(notebook)).to_contain_text("You looked it up")
    for number in range(2, 7):
        for press in (0, 3, 1):
            expect(told(notebook)).to_contain_text(f"Quotation {number} of 6")
            notebook.settled()
            moves(notebook).nth(press).click()
    expect(told(notebook)).to_contain_text("Not looked up")
    notebook.page.get_by_text("Show as a table").click()
    links = notebook.page.locator(".ck-table a")
    assert links.count() >= 4
    assert links.first.get_attribute("href").startswith("http")
    assert notebook.problems() == []


def test_states_are_clicked_and_dragged_between_blocs(opened):
    notebook = opened("08-network")
    page = notebook.page
    alda = page.locator(".ck-picture [id$='state-Alda']")
    alda.click()
    expect(told(notebook)).to_contain_text("Alda went to")
    notebook.settled()
    before = told(notebook).inner_text()
    # The same state once more counts. A busy page may be drawn anew in the middle of a click.
    while told(notebook).inner_text() == before:
        alda.click()
        notebook.settled()
    place = "left" if "right bloc" in told(notebook).inner_text() else "right"
    area = page.locator(f".ck-picture [id$='area-{place}']").bounding_box()
    while f"Alda went to the {place} bloc" not in told(notebook).inner_text():
        alda.hover()
        page.mouse.down()
        page.mouse.move(area["x"] + 30, area["y"] + 30, steps=4)
        page.mouse.up()
        notebook.settled()
    picture = page.locator(".ck-picture")
    picture.focus()
    picture.press("End")
    picture.press("Enter")
    expect(told(notebook)).to_contain_text("Luma went to")
    assert notebook.problems() == []


def press(notebook, *labels):
    for label in labels:
        moves(notebook).filter(has_text=label).first.click()
        notebook.settled()


def test_states_are_shuffled_by_mouse_in_both_comparisons(opened):
    notebook = opened("09-shuffle")
    press(notebook, "too large for chance", "Shuffle once", "Shuffle ten", "Shuffle a hundred")
    expect(told(notebook)).to_contain_text("of 111 shuffles")
    expect(told(notebook)).to_contain_text("You said that it is too large for chance.")
    press(notebook, "The other comparison", "could be chance", "Shuffle a hundred")
    expect(told(notebook)).to_contain_text("of 100 shuffles")
    press(notebook, "The other comparison")
    expect(told(notebook)).to_contain_text("of 111 shuffles")
    assert notebook.problems() == []


def test_a_feud_is_begun_and_repaired_by_mouse(opened):
    notebook = opened("10-feud")
    press(notebook, "My move slips", "Five rounds")
    expect(told(notebook)).to_contain_text("the feud goes on")
    press(notebook, "I accept a just answer", "Five rounds")
    expect(told(notebook)).to_contain_text("Both cooperate.")
    press(notebook, "Its move slips", "Five rounds")
    expect(told(notebook)).to_contain_text("the feud goes on")
    assert notebook.problems() == []


@pytest.fixture(scope="module")
def shelf(server, browser):
    """One notebook with all toys, each in a box of its own."""
    server.empty_record()
    boxes = [
        f"import coursekit as ck\ntoy{number} = ck.play({name!r})\ntoy{number}"
        for number, name in enumerate(TOYS)
    ]
    write_cells(server.folder / "toys.ipynb", boxes)
    notebook = OpenNotebook(browser, server, "toys.ipynb", width=1300)
    notebook.fold_sidebar()
    notebook.run_all()
    yield notebook
    notebook.close()


def on_shelf(notebook, name):
    box = notebook.page.locator(".jp-CodeCell").nth(list(TOYS).index(name))
    box.scroll_into_view_if_needed()
    box.locator(".ck-picture svg").first.wait_for()
    return box.locator(".ck-lab").first


@pytest.mark.parametrize("name", sorted(TOYS.keys() - DRAGGED))
def test_each_is_played_by_keyboard_alone(shelf, name):
    toy = on_shelf(shelf, name)
    said = toy.locator(".ck-numbers").first
    before = said.inner_text()
    toy.locator(".ck-move:enabled:visible").first.focus()
    shelf.page.keyboard.press("Enter")
    expect(said).not_to_have_text(before)
    shelf.settled()
    toy.get_by_role("button", name="Play again").focus()
    shelf.page.keyboard.press(" ")
    shelf.settled()
    assert shelf.problems() == []


@pytest.mark.parametrize("name", TOYS)
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_axe_finds_nothing_grave(shelf, checker, theme, name):
    shelf.use_theme(theme)
    toy = on_shelf(shelf, name)
    toy.evaluate("toy => toy.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert axe.grave_violations(toy, checker, theme) == []
    shelf.use_theme("Light")


@pytest.mark.parametrize("name", TOYS)
def test_nothing_moves_for_whoever_wants_less_motion(shelf, name):
    shelf.page.emulate_media(reduced_motion="reduce")
    toy = on_shelf(shelf, name)
    if name in DRAGGED:
        toy.get_by_role("slider").first.press("Home")
    else:
        toy.locator(".ck-move:enabled:visible").first.click()
    shelf.settled()
    moving = "toy => toy.getAnimations({ subtree: true }).map(one => one.playState)"
    assert "running" not in toy.evaluate(moving)
    # Nothing is set to move either: a transition begins later than a press.
    lasting = """toy => [...toy.querySelectorAll('*')].map(one => getComputedStyle(one))
        .filter(({ transitionDuration, animationName }) =>
            transitionDuration !== '0s' || animationName !== 'none').length"""
    assert toy.evaluate(lasting) == 0
    toy.get_by_role("button", name="Play again").click()
    shelf.settled()
    shelf.page.emulate_media(reduced_motion="no-preference")


def wordiest(toy):
    """Of many games, as each learner has another, find the one that ends with the most words.

    Its seed, and press by press which of the open buttons is pressed.
    """
    games = {}
    for seed, number in itertools.product(range(5), range(4)):
        state, at = toy(seed), []
        while (can := [press for press in state.open() if press != toy.tap]) and len(at) < 20:
            at.append(min(number, len(can) - 1))
            move = {key: one.value for key, one in toy.amounts.items()}
            move |= {"press": can[at[-1]], "part": next(iter(state.names()), "")}
            state = state.after(move)
        words = [text for line in state.shown()["readout"] for text in line.values()]
        games[len("".join(words))] = seed, at
    return games[max(games)]


@pytest.mark.parametrize("name", TOYS)
def test_what_is_said_beside_the_picture_is_no_longer_than_it(shelf, name):
    box, presses = on_shelf(shelf, name), []
    if CLASSES[name] in GAMES:
        seed, presses = wordiest(CLASSES[name])
        own = f"toy{list(TOYS).index(name)}"
        shelf.ask_kernel(f"{own}._become(type({own}.begin)({seed}))")
    heights = "toy => ['.ck-right', '.ck-left'].map(one => toy.querySelector(one).scrollHeight)"
    for at in [*presses, None]:
        shelf.settled()
        words, picture = box.evaluate(heights)
        assert words <= picture + 10, box.locator(".ck-numbers").first.inner_text()
        if at is not None:
            can = box.locator(".ck-move:enabled:visible").filter(has_not_text="Play again")
            can.nth(at).click()


def test_all_fit_a_narrow_page(shelf):
    for name in TOYS:
        on_shelf(shelf, name)
    assert too_wide(shelf, [400]) == {}
