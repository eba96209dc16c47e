#!/usr/bin/env python3
"""Draws docs/report.png, the picture in the README: report_picture.py LMPATH

What the lab's before and after look like in a report: the summary and the path. Needs Chromium.
"""
import base64
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / 'tests/integration/page'))

from browser import Browser  # noqa: E402

WIDTH, MARGIN = 900, 16
SHOWN = ('summary', 'path')
HIDE = f"""document.documentElement.style.overflow = 'hidden';
document.querySelectorAll('nav,footer').forEach(e => e.remove());
document.querySelectorAll('section').forEach(e => {{ if (!{list(SHOWN)}.includes(e.id)) e.remove(); }});
Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)"""


def main(lmpath):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = pathlib.Path(folder) / 'report.html'
        subprocess.run([lmpath, 'report', '--before', 'results/b_wrong_management.json', '--after',
                        'results/a_right_storage.json', '-o', page], cwd=ROOT / 'fixtures', check=True)
        browser = Browser(shutil.which('chromium'), pathlib.Path(folder) / 'profile')
        browser.show(WIDTH, 1000, 'light')
        browser.open(page.as_uri())
        height = browser.evaluate(HIDE)
        browser.show(WIDTH, height + MARGIN, 'light')
        shot = browser.ask('Page.captureScreenshot', format='png')
        browser.close()
    (ROOT / 'docs/report.png').write_bytes(base64.b64decode(shot['data']))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(str(pathlib.Path(sys.argv[1]).resolve()))
