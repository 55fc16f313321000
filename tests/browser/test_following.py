"""The two forms of the explorer that follow one state, in the page."""

import axe
import pytest
from jupyterlab import until
from playwright.sync_api import expect
from windows import too_wide

pytestmark = pytest.mark.browser

STATE = "Which state do you want to follow?"
FORMS = ["start", "story"]


@pytest.fixture
def opened(open_boxes):
    """Open a notebook with one form and run it."""

    def opening(form, **size):
        box = f"import coursekit as ck\nck.enlargement_explorer(form={form!r})"
        return open_boxes(f"follow-{form}", box, **size)

    return opening


def test_a_state_is_followed_by_mouse_and_remembered_on_the_next_page(opened):
    notebook = opened("start")
    page = notebook.page
    told = page.locator(".ck-told")
    page.get_by_label(STATE).select_option(label="Poland")
    expect(told).to_have_text("Poland: in none of the groups on this map.")
    over = "one => [one.id, one.nextElementSibling.id].join()"
    assert "-label-" in page.locator(".ck-here").evaluate(over), "neighbours cover its outline"
    page.locator(".widget-play button").first.click()
    until(
        page,
        "the years go on until Poland is in the Warsaw Pact",
        "() => document.querySelector('.ck-told').innerText.includes('Warsaw Pact since 1955')",
    )
    page.locator(".widget-play button").first.click()
    page.locator(".ck-picture g[id$='-TUR'] path").click()
    expect(page.get_by_label(STATE).locator("option:checked")).to_have_text("Turkey")
    page.locator(".ck-picture g[id$='-FRA'] path").hover()
    expect(told).to_contain_text("France: ")
    page.locator(".ck-numbers").first.hover()
    expect(told).to_have_text("Turkey: member of NATO since 1952, with Greece.")
    notebook.settled()
    assert notebook.problems() == []
    story = opened("story").page
    expect(story.locator(".ck-story")).to_contain_text("Turkey today: member of NATO since 1952")


def test_years_go_by_without_motion_for_whoever_wants_less(opened):
    notebook = opened("story")
    page = notebook.page
    page.emulate_media(reduced_motion="reduce")
    page.locator(".ck-story").get_by_role("button", name="Next").click()
    notebook.settled()
    lasting = """() => [...document.querySelectorAll('.ck-lab *')].map(one => getComputedStyle(one))
        .filter(({ transitionDuration, animationName }) =>
            transitionDuration !== '0s' || animationName !== 'none').length"""
    assert page.evaluate(lasting) == 0
    page.emulate_media(reduced_motion="no-preference")


def test_the_key_to_the_colours_is_seen_beside_the_top_of_the_map(opened):
    page = opened("start", width=1300, height=800).page
    key, map = page.locator(".ck-legend").bounding_box(), page.locator(".ck-left").bounding_box()
    assert key["x"] > map["x"] + map["width"]
    assert key["y"] + key["height"] < 780


def test_the_sentence_follows_the_year_by_keyboard_and_without_the_kernel(opened):
    notebook = opened("start")
    page = notebook.page
    page.get_by_label(STATE).focus()
    page.keyboard.type("Finland")
    notebook.settled()
    page.locator("[role='slider']").first.focus()
    at_once = page.evaluate(
        """() => {
            const press = { key: 'End', code: 'End', bubbles: true, keyCode: 35 };
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', press));
            return document.querySelector('.ck-told').innerText;
        }"""
    )
    assert at_once == "Finland: member of NATO since 2023."
    notebook.settled()
    assert notebook.problems() == []


def test_the_story_is_left_and_found_again(opened):
    notebook = opened("story")
    story = notebook.page.locator(".ck-story")
    story.get_by_role("button", name="Next").focus()
    for _ in range(7):
        notebook.page.keyboard.press("Enter")
    expect(story).to_contain_text("8 of 8. 2022 to 2024")
    notebook.settled()
    notebook.restart()
    notebook.run_all()
    expect(story).to_contain_text("8 of 8. 2022 to 2024")
    expect(notebook.page.locator(".ck-numbers").first).to_contain_text("Members32")
    story.get_by_role("button", name="Play again").click()
    expect(story).to_contain_text("1 of 8.")
    notebook.settled()
    assert notebook.problems() == []


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("form", FORMS)
def test_axe_finds_nothing_grave(opened, checker, form, theme):
    notebook = opened(form)
    notebook.use_theme(theme)
    assert axe.grave_violations(notebook.page.locator(".ck-lab"), checker, theme) == []
    notebook.use_theme("Light")


@pytest.mark.parametrize("form", FORMS)
def test_each_fits_a_narrow_page(opened, form):
    notebook = opened(form, width=400)
    assert too_wide(notebook) == {}
