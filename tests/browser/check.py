#!/usr/bin/env python3
"""check.py PAGE...   Checks pages in a browser, at three widths, in light and dark mode: a page scrolls only vertically,
loads nothing else, reports no error, draws all of its pictures, and all words have a contrast of at least 4.5. It can
be printed."""
import os
import sys

sys.dont_write_bytecode = True
from browser import Browser  # noqa: E402

# Words with too little contrast to their background, which in a picture is that of the section.
CONTRAST = """(() => {
    const channel = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => { const [r, g, b] = parts(colour).map(value => channel(value / 255));
                              return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const clear = colour => parts(colour)[3] === 0;
    const behind = element => { while (element.parentElement && clear(getComputedStyle(element).backgroundColor))
                                    element = element.parentElement;
                                return getComputedStyle(element).backgroundColor; };
    const bad = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const words = walker.currentNode.data.trim().slice(0, 40);
        if (!words || !element.getClientRects().length || element.tagName === "title") continue;
        const style = getComputedStyle(element);
        const ink = light(element.closest("svg") ? style.fill : style.color), paper = light(behind(element));
        const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        if (contrast < 4.5) bad.push(words + " " + contrast.toFixed(2));
    }
    return bad;
})()"""
SCROLLS = "document.documentElement.scrollWidth - innerWidth"
EMPTY = """[...document.querySelectorAll("img")].filter(image => !image.complete || !image.naturalWidth).length +
    [...document.querySelectorAll("svg[role=img]")].filter(svg => svg.getBoundingClientRect().height < 1).length"""


def check(browser, path, width, scheme):
    browser.open(path, width, scheme)
    wrong = [f"loads {event['params']['request']['url'][:60]}" for event in browser.events
             if event["method"] == "Network.requestWillBeSent"
             and event["params"]["request"]["url"] != "file://" + os.path.abspath(path)
             and not event["params"]["request"]["url"].startswith("data:")]
    wrong += [event["params"]["entry"]["text"] for event in browser.events if event["method"] == "Log.entryAdded"]
    if browser.evaluate(SCROLLS) > 0:
        wrong.append(f"it is {browser.evaluate(SCROLLS)} pixels too wide")
    if browser.evaluate(EMPTY):
        wrong.append(f"{browser.evaluate(EMPTY)} pictures are empty")
    wrong += [f"contrast of '{words}'" for words in browser.evaluate(CONTRAST)]
    return wrong


def main():
    browser, failed = Browser(), 0
    for path in sys.argv[1:]:
        for width in (1200, 700, 390):
            for scheme in ("light", "dark"):
                wrong = check(browser, path, width, scheme)
                failed += len(wrong)
                print(f"{path} at {width}, {scheme}:", "fine" if not wrong else "")
                for words in wrong[:10]:
                    print("   ", words)
        browser.print("page.pdf")
        with open("page.pdf", "rb") as file:
            if not file.read(5) == b"%PDF-":
                failed += 1
                print(f"{path} cannot be printed")
    browser.close()
    sys.exit(failed > 0)


main()
