"""What a report can't be made of, or can't be written to: one line that says what, where and what to do,
exit code 2, and nothing half-written left behind."""
import copy
import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

import lmpath

RESULTS = lmpath.ROOT / 'fixtures' / 'results'
BEFORE = RESULTS / 'b_wrong_management.json'
AFTER = RESULTS / 'a_right_storage.json'
CAPTURE = lmpath.CAPTURES / 'b_wrong_management/hv01-all.pcapng.gz'
SNAPSHOT = lmpath.ROOT / 'fixtures' / 'snapshots' / 'lab.json'
# a Windows program has other devices, links and rights
NATIVE = lmpath.is_native()


def png(width, height):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = b''.join(b'\0' + b'\x0b\x57\xa4' * width for _ in range(height))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


class ReportBad(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def fails(self, *args, told, command='report'):
        before = {p.name: p.read_bytes() for p in self.folder.iterdir() if p.is_file()}
        code, out, err = lmpath.run(command, *args)
        self.assertEqual((code, out), (2, b''), (args, err))
        self.assertEqual(err.count('\n'), 1, err)
        self.assertTrue(err.startswith('lmpath: '), err)
        for part in [told] if isinstance(told, str) else told:
            self.assertIn(part, err)
        after = {p.name: p.read_bytes() for p in self.folder.iterdir() if p.is_file()}
        self.assertEqual(before, after, args)

    def page(self):
        return self.folder / 'out.html'

    def test_files_of_something_else(self):
        text = AFTER.read_text()
        for name, content, told in (
                ('other', '{"a": 1}', "is no result of lmpath, which 'lmpath analyze -f json' writes"),
                ('list', '[]', 'is no result of lmpath'),
                ('check', '{"schema": "lmpath.check/1"}', "schema: is 'lmpath.check/1', not"),
                ('newer', '{"schema": "lmpath.analysis/2"}', 'a newer lmpath made it'),
                ('bare', '{"schema": "lmpath.analysis/1"}', 'verdict: is missing, save the result anew'),
                ('word', 'null', 'is no JSON or is cut off, line 1'),
                ('empty', '', 'is empty, save the result anew'),
                ('cut', text[:len(text) // 2], 'is no JSON or is cut off, line '),
                ('twice', '{"schema": 1, "schema": 1}', 'duplicate object key'),
                ('zero', '{"schema": "lmpath.analysis/1", "reasons": ["a\\u0000b"]}', '\\u0000'),
                ('utf16', text.encode('utf-16'), 'is no JSON or is cut off'),
                ('deep', '[' * 100000, 'maximum parsing depth')):
            with self.subTest(name=name):
                file = self.file(name + '.json', content)
                self.fails(file, '-o', self.page(), told=[told, file.name])
                self.fails('--before', BEFORE, '--after', file, '-o', self.page(), told=told)

    def test_files_that_are_not_there(self):
        (self.folder / 'folder').mkdir()
        (self.folder / 'folder.json').mkdir()
        for name, told in (('folder', 'no captures in this folder'), ('folder.json', 'folder.json'),
                           ('none.json', 'No such file'), ('none', 'No such file')):
            with self.subTest(name=name):
                self.fails(self.folder / name, '-o', self.page(), told=[told, name])

    def test_values_that_are_not_what_they_should_be(self):
        result = json.loads(AFTER.read_text())
        for at, value, told in (
                (('transfers', 0, 'bytes'), -1, 'transfers[0].bytes: is no count'),
                (('transfers', 0, 'bytes'), '12 GiB', 'transfers[0].bytes: is no count'),
                (('transfers', 0, 'bytes'), 1.5, 'transfers[0].bytes: is no count'),
                (('transfers', 0, 'bytes'), 1e30, 'transfers[0].bytes: is no count'),
                (('transfers', 0, 'mean_bits_per_second'), -5, 'mean_bits_per_second: is below 0'),
                (('transfers', 0, 'mean_bits_per_second'), 'fast', 'is no number'),
                (('transfers', 0, 'start'), 12, 'transfers[0].start: is no text'),
                (('transfers', 0, 'start'), 'noon', 'transfers[0].start: is no time'),
                (('transfers', 0, 'end'), '2000-01-01T00:00:00Z', 'is before the start'),
                (('transfers', 0, 'networks', 0, 'share'), 100, 'is no share from 0 to 1'),
                (('transfers', 0, 'rate', 'bucket_s'), 0, 'rate.bucket_s: is no span of time'),
                (('transfers', 0, 'connections'), [99], "has an item that is no connection's id"),
                (('transfers', 0, 'source'), None, 'transfers[0].source: is missing'),
                (('networks', 1, 'share'), 99.5, 'networks[1].share: is no share from 0 to 1'),
                (('networks', 0, 'subnets'), ['10.0.0.0/99'], 'has an item that is no subnet'),
                (('options', 'min_share'), 95, 'options.min_share: is no share from 0 to 1'),
                (('connections', 0, 'client'), '300.1.1.1', 'connections[0].client: is no address'),
                (('connections', 0, 'client_port'), 70000, 'client_port: is too large'),
                (('interfaces', 0, 'input'), 'x', 'interfaces[0].input: is none of the inputs'),
                (('verdict',), 'fine', 'verdict: is a name that is not known here'),
                (('reasons',), 'none', 'reasons: is no list')):
            bad = copy.deepcopy(result)
            place = bad
            for key in at[:-1]:
                place = place[key]
            place[at[-1]] = value
            with self.subTest(at=at, value=value):
                self.fails(self.file('bad.json', json.dumps(bad)), '-o', self.page(),
                           told=["'" + str(self.folder / 'bad.json') + "': ", told,
                                 'save the result anew'])

    def test_sets_that_are_empty(self):
        self.fails(told='no input: name a saved result')
        self.fails('--before', BEFORE, told='--before and --after go together')
        self.fails('--before', BEFORE, '--after', told='needs a value')
        self.fails('--before', '--after', AFTER, told='neither before nor after')

    def test_outputs_that_cannot_be_written(self):
        (self.folder / 'folder').mkdir()
        self.fails(AFTER, '-o', self.folder / 'none' / 'x.html', told="can't write")
        self.fails(AFTER, '-f', 'html', '-o', self.folder / 'folder', told="can't write")
        self.fails(AFTER, '-o', self.page(), '-o', self.page(), told='two results would go to')
        self.fails(AFTER, '-f', 'text', '-o', self.page(), told="a report can't be text")

    @unittest.skipUnless(NATIVE, 'no such device there')
    def test_a_full_disk(self):
        for name in ('html', 'markdown', 'json', 'junit', 'prometheus'):
            self.fails(AFTER, '-f', name, '-o', '/dev/full', told=["can't write '/dev/full'", 'space'])
        with open('/dev/full', 'wb') as full:
            done = subprocess.run(lmpath.program() + ['report', str(AFTER)], stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"can't write to standard output", done.stderr)

    @unittest.skipUnless(NATIVE, 'ulimit')
    def test_a_disk_that_fills_up_leaves_what_was_there(self):
        page = self.file('out.html', 'the older report')
        done = subprocess.run(
            ['bash', '-c', 'ulimit -f 8; trap "" XFSZ; exec "$@"', 'sh', *lmpath.program(), 'report',
             str(AFTER), '-o', str(page)], capture_output=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"can't write", done.stderr)
        self.assertEqual([(p.name, p.read_text()) for p in self.folder.iterdir()],
                         [('out.html', 'the older report')])

    def test_no_input_is_replaced(self):
        told = 'is an input, write to another file'
        copied = pathlib.Path(shutil.copy(AFTER, self.folder / 'r.json'))
        aside = f'{self.folder}/../{self.folder.name}/r.json'
        self.fails(copied, '-o', copied, told=told)
        self.fails(copied, '-o', aside, told=told)
        self.fails('--before', BEFORE, '--after', copied, '-f', 'html', '-o', copied, told=told)
        title = self.file('title.json', '{"customer": "C"}')
        self.fails(copied, '--title', title, '-o', title, told=told)
        logo = self.file('logo.png', png(2, 2))
        self.fails(copied, '--logo', logo, '-f', 'html', '-o', logo, told=told)
        if NATIVE:
            os.symlink('r.json', self.folder / 'link.json')
            self.fails(copied, '-o', self.folder / 'link.json', told=told)
            (self.folder / 'link.json').unlink()

    def test_no_capture_or_snapshot_is_replaced_either(self):
        told = 'is an input, write to another file'
        capture = pathlib.Path(shutil.copy(CAPTURE, self.folder / CAPTURE.name))
        snapshot = pathlib.Path(shutil.copy(SNAPSHOT, self.folder / 'snapshot.json'))
        self.fails(capture, '-f', 'json', '-o', capture, told=told)
        self.fails(self.folder, '-f', 'json', '-o', capture, told=told)
        self.fails(capture, '-t', snapshot, '-o', snapshot, command='analyze', told=told)
        self.fails(capture, '-f', 'json', '-o', capture, command='analyze', told=told)
        self.fails(self.folder, '-f', 'json', '-o', capture, command='analyze', told=told)
        for command in ('check', 'fix'):
            self.fails(snapshot, '-o', snapshot, command=command, told=told)
        self.fails(SNAPSHOT, snapshot, '-o', snapshot, command='drift', told=told)

    def test_titles_and_brands_that_are_none(self):
        self.fails(AFTER, '--title', self.file('t', '{"a": 1}'), told="'a': is none of customer")
        self.fails(AFTER, '--title', self.file('t', '{"customer": 1}'), told='is no text')
        self.fails(AFTER, '--title', self.file('t', ''), told='is no JSON object of customer')
        self.fails(AFTER, '--title', self.folder / 'none', told="can't open")
        for content, told in ((b'', 'is no picture in PNG or JPEG format, save it as PNG'),
                              (b'<svg xmlns="http://www.w3.org/2000/svg"/>', 'is no picture in PNG'),
                              (png(2, 2)[:40], 'is a PNG picture that is damaged or cut off'),
                              (png(4097, 1), 'is 4097 by 1 pixels, make it at most 4096'),
                              (png(1, 1) + b'x' * (1 << 20), 'has more than 1024 KiB')):
            self.fails(AFTER, '--logo', self.file('logo', content), '-o', self.page(), told=told)
        self.fails(AFTER, '--accent', 'red', told="'red' is no colour, write one like #0b57a4")
        self.fails(AFTER, '--redact-key', '', told='the key is empty')

    def test_a_session_that_is_still_recording_is_told(self):
        session = self.folder / 'session'
        session.mkdir()
        shutil.copy(CAPTURE, session / 'capture.pcapng.gz')
        (session / 'session.json').write_text(json.dumps({
            'schema': 'lmpath.session/1', 'state': 'recording', 'host': 'HV01',
            'start': '2026-11-21T22:11:00Z', 'end': None, 'interfaces': [], 'captures': []}))
        code, out, err = lmpath.run('report', session, '-n', 'Mgmt=10.10.10.0/24', '-f', 'markdown')
        self.assertEqual((code, err), (0, ''))
        self.assertIn('LM2', out.decode())
        self.assertRegex(out.decode(), 'still|cut off|not complete')


if __name__ == '__main__':
    unittest.main()
