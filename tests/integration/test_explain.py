"""lmpath explain tells every finding, and docs/findings.md is what it tells."""
import re
import unittest

from lmpath import ROOT, run


class Explain(unittest.TestCase):
    def explain(self, *args):
        code, out, err = run('explain', *args)
        self.assertEqual((code, err), (0, ''))
        return out.decode().replace('\r\n', '\n')

    def test_the_page_is_current(self):
        page = (ROOT / 'docs/findings.md').read_text(encoding='utf-8')
        self.assertEqual(page, self.explain('--all', '-f', 'markdown'),
                         'run: lmpath explain --all -f markdown > docs/findings.md')

    def test_every_finding_has_all_parts(self):
        ids = re.findall(r'^## (LM\d+): \S', self.explain('-a', '-f', 'markdown'), re.MULTILINE)
        self.assertGreater(len(ids), 20)
        self.assertEqual(ids, sorted(set(ids)))
        for finding in ids:
            with self.subTest(finding):
                text = self.explain(finding)
                self.assertTrue(text.startswith(finding + ' ('))
                for part in ('Why it matters\n', 'What to do\n'):
                    self.assertIn(part, text)

    def test_every_finding_of_the_sources_is_explained(self):
        page = self.explain('--all')
        for path in sorted((ROOT / 'analyzers').rglob('*.c')):
            for finding in re.findall(r'"(LM\d{3})"', path.read_text(encoding='utf-8')):
                self.assertRegex(page, rf'(?m)^{finding} \(', path.name)

    def test_takes_small_letters_and_several(self):
        text = self.explain('lm301', 'LM101')
        self.assertLess(text.index('LM301 ('), text.index('LM101 ('))

    def test_mistakes_are_told_in_one_line(self):
        for args in ((), ('LM999',), ('LM10l',), ('LM101', '--all'), ('-f', 'json', 'LM101'),
                     ('LM101', 'LM999')):
            with self.subTest(args):
                code, out, err = run('explain', *args)
                self.assertEqual((code, out), (2, b''))
                self.assertEqual(err.count('\n'), 1)


if __name__ == '__main__':
    unittest.main()
