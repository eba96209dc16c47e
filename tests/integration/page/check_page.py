#!/usr/bin/env python3
"""The report's page as everybody can use it: check_page.py BUILD_DIR

axe-core finds nothing wrong, in light, in dark, on a phone, in Dutch; the browser has no complaint and loads
nothing but the page; each stop of the keyboard shows where it is, and tables sort by keyboard. Exits 77 (skip)
where Chromium or axe-core can't be had.
"""
import filecmp
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import lmpath  # noqa: E402
from browser import Browser  # noqa: E402

RESULTS = lmpath.ROOT / 'fixtures' / 'results'
SEEDS = lmpath.ROOT / 'tests' / 'fuzz' / 'corpus' / 'result'
BEFORE, AFTER = RESULTS / 'b_wrong_management.json', RESULTS / 'a_right_storage.json'
PAGES = {'compared': ('--before', BEFORE, '--after', AFTER, '--customer', 'Contoso'),
         'session': (SEEDS / 'session.json', '--lang', 'nl')}
FACES = {'light': (1200, 900, 'light'), 'dark': (1200, 900, 'dark'), 'phone': (390, 844, 'light', True)}
TAB, ENTER = ('Tab', 9), ('Enter', 13)
AXE = """axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(
    v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))"""
FOCUS = """(() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
    const inner = e.querySelector('.value');
    return {tag: e.tagName, text: (e.textContent || '').trim().slice(0, 40), id: e.id,
            seen: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) ||
                  (inner !== null && getComputedStyle(inner).visibility === 'visible'),
            inside: b.bottom > 0 && b.top < innerHeight && b.width > 0}; })()"""
STOPS = """[...document.querySelectorAll('a[href],button,[tabindex="0"],summary')].filter(
    e => e.checkVisibility()).length"""


def install(build):
    """axe-core's text; None: it can't be had."""
    build.mkdir(parents=True, exist_ok=True)
    package, done = build / 'package.json', build / 'installed'
    if not done.exists() or not filecmp.cmp(HERE / 'package.json', package, shallow=False):
        if not shutil.which('npm'):
            return None
        shutil.copy(HERE / 'package.json', package)
        words = ['npm', 'install', '--prefix', build, '--no-package-lock', '--ignore-scripts', '--no-audit',
                 '--no-fund']
        if subprocess.run(words, capture_output=True).returncode != 0:
            return None
        done.touch()
    return (build / 'node_modules/axe-core/axe.min.js').read_text()


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        out = pathlib.Path(cls.folder.name)
        cls.urls = {}
        for name, words in PAGES.items():
            page = out / f'{name}.html'
            code, _, err = lmpath.run('report', *words, '-o', page)
            assert code == 0, err
            cls.urls[name] = page.as_uri()
        cls.browser = Browser(CHROMIUM, out / 'profile')

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def open(self, name, face):
        self.browser.complaints.clear()
        self.browser.requests.clear()
        self.browser.show(*FACES[face])
        self.browser.open(self.urls[name])

    def test_axe_finds_nothing(self):
        for name in PAGES:
            for face in FACES:
                with self.subTest(page=name, face=face):
                    self.open(name, face)
                    self.browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                    self.browser.evaluate(AXE_CORE + ';0')
                    self.assertEqual(self.browser.evaluate(AXE), [])

    def test_the_browser_has_no_complaint_and_loads_nothing(self):
        for name, url in self.urls.items():
            with self.subTest(page=name):
                self.open(name, 'light')
                self.assertEqual(self.browser.complaints, [])
                self.assertEqual(self.browser.requests, [url])

    def test_a_phone_needs_no_scrolling_to_the_side(self):
        for name in PAGES:
            with self.subTest(page=name):
                self.open(name, 'phone')
                self.assertLessEqual(self.browser.evaluate('document.documentElement.scrollWidth'), 390)

    def test_the_keyboard_shows_where_it_is(self):
        self.open('compared', 'light')
        n_stops = self.browser.evaluate(STOPS)
        self.assertGreater(n_stops, 10)
        for i in range(n_stops):
            self.browser.press(*TAB)
            stop = self.browser.evaluate(FOCUS)
            with self.subTest(stop=i, at=f'{stop["tag"]} {stop["text"]}'):
                self.assertNotEqual(stop['tag'], 'BODY')
                self.assertTrue(stop['seen'])
                self.assertTrue(stop['inside'])
            if i == 0:
                self.assertEqual(stop['text'], 'Skip to the report')

    def test_tables_sort_by_keyboard(self):
        self.open('compared', 'light')
        cells = """[...document.querySelectorAll('#directions tbody tr')].map(r => r.cells[0].textContent)"""
        self.browser.evaluate("document.querySelector('#directions .sort').focus()")
        self.browser.press(*ENTER)
        self.assertEqual(self.browser.evaluate(cells), ['After', 'Before'])
        self.assertEqual(self.browser.evaluate(
            "document.querySelector('#directions th').getAttribute('aria-sort')"), 'ascending')
        self.browser.press(*ENTER)
        self.assertEqual(self.browser.evaluate(cells), ['Before', 'After'])


if __name__ == '__main__':
    CHROMIUM = shutil.which('chromium') or shutil.which('chromium-browser')
    AXE_CORE = install(pathlib.Path(sys.argv.pop(1))) if CHROMIUM else None
    if not AXE_CORE:
        print('skipped: Chromium, or axe-core by npm, is not there')
        sys.exit(77)
    unittest.main()
