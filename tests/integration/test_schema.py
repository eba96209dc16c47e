"""What -f json prints for every real capture is what schemas/analysis-1.schema.json says."""
import json
import sys
import unittest

import lmpath

try:
    import check_analysis_schema as schema
except ImportError:
    print('skipped: python3-jsonschema is not installed')
    sys.exit(77)

NETWORKS = ('-n', 'Management=10.10.10.0/24,fd00:10::/64', '-n', 'Storage1=10.20.0.0/24,fd00:20::/64')


class Schema(unittest.TestCase):
    def fits(self, *args):
        code, out, err = lmpath.run('analyze', '-f', 'json', *args)
        self.assertIn(code, (0, 1, 3), err)
        self.assertEqual(schema.messages('result', out.decode('utf-8'), VALIDATOR), [])

    def test_each_capture(self):
        for file in sorted(lmpath.CAPTURES.glob('*/*.pcap*')):
            with self.subTest(file=file.name, scenario=file.parent.name):
                self.fits(file, *NETWORKS, '-e', 'Storage1')

    def test_without_networks(self):
        self.fits(lmpath.CAPTURES / 'b_wrong_management')

    def test_with_each_snapshot(self):
        for name in ('lab', 'wrong-role', 'wrong-order', 'wrong-host-list', 'converged', 'hosts'):
            for capture in ('b_wrong_management', 'a_right_storage'):
                with self.subTest(snapshot=name, capture=capture):
                    self.fits(lmpath.CAPTURES / capture, '-e', '10.20.0.0/24', '-t',
                              lmpath.ROOT / f'fixtures/snapshots/{name}.json')

    def test_all_together(self):
        self.fits(*sorted(lmpath.CAPTURES.iterdir()), *NETWORKS, '-m', '256MiB')

    def test_damaged(self):
        self.fits(lmpath.ROOT / 'fixtures/bad/cut.pcapng', *NETWORKS)


if __name__ == '__main__':
    rules = schema.strict(json.loads(schema.SCHEMA.read_text(encoding='utf-8')))
    VALIDATOR = schema.jsonschema.Draft202012Validator(rules)
    unittest.main()
