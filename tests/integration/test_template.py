#!/usr/bin/env python3
"""lmpath report --template: a customer's styles, pages, headers and words stay, the report stands at
the bookmark or at the end; a template that is no document, is damaged or hostile gets one line, exit 2
and no file.
"""

import io
import os
import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import lmpath
from test_docx import AFTER, BEFORE, W, check_ids, check_order, check_relations, text_of

TYPES = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
         '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/>'
         '<Default Extension="png" ContentType="image/png"/>'
         '<Override PartName="/word/document.xml" ContentType="application/'
         'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
         '<Override PartName="/word/styles.xml" ContentType="application/'
         'vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
         '<Override PartName="/word/header1.xml" ContentType="application/'
         'vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>')
RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
ROOTS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="/word/document.xml"/>'
         '</Relationships>')
LINKS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{RELATION}/styles" Target="styles.xml"/>'
         f'<Relationship Id="rId2" Type="{RELATION}/header" Target="header1.xml"/></Relationships>')
HEADER = f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>ACME header</w:t></w:r></w:p></w:hdr>'
STYLES = (f'<w:styles xmlns:w="{W[1:-1]}">'
          '<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/>'
          '</w:style><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="Heading 1"/></w:style>'
          '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="Letter to the board"/>'
          '</w:style></w:styles>')
SECTION = ('<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:type w:val="continuous"/>'
           '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="720" w:right="1000" w:bottom="720" '
           'w:left="1440" w:header="400" w:footer="400" w:gutter="0"/><w:pgNumType w:start="5"/>'
           '<w:titlePg/></w:sectPr>')
COVER = '<w:p><w:r><w:t>Cover letter</w:t></w:r></w:p>'
MARK = '<w:bookmarkStart w:id="41" w:name="lmpath"/><w:bookmarkEnd w:id="41"/>'
CLOSING = '<w:p><w:r><w:t>Closing words</w:t></w:r></w:p>'


def document(body):
    return (f'<?xml version="1.0" encoding="UTF-8"?><!-- a comment --><w:document xmlns:w="{W[1:-1]}" '
            f'xmlns:r="{RELATION}"><w:body>{body}</w:body></w:document>')


def parts(body=COVER + SECTION, **changed):
    """A template's parts by name; a keyword of '' leaves its part out."""
    found = {'types': ('[Content_Types].xml', TYPES), 'roots': ('_rels/.rels', ROOTS),
             'document': ('word/document.xml', document(body)),
             'links': ('word/_rels/document.xml.rels', LINKS), 'styles': ('word/styles.xml', STYLES),
             'header': ('word/header1.xml', HEADER)}
    found.update({key: (found[key][0], text) for key, text in changed.items()})
    return [pair for pair in found.values() if pair[1]]


def pack(named):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in named:
            archive.writestr(name, text)
    return memory.getvalue()


def fill(folder, template, *words):
    file, out = folder / 'template.docx', folder / 'report.docx'
    file.write_bytes(template)
    out.unlink(missing_ok=True)
    code, _, err = lmpath.run('report', '--before', BEFORE, '--after', AFTER, '--template', file, *words,
                              '-o', out)
    return code, err, out


def made(folder, template, *words):
    code, err, out = fill(folder, template, *words)
    assert code == 0, err
    found = zipfile.ZipFile(out)
    for name in found.namelist():
        if name.endswith(('.xml', '.rels')):
            check_order(name, ElementTree.fromstring(found.read(name)))
    check_relations(found)
    check_ids(found)
    return found


def sections(found):
    body = ElementTree.fromstring(found.read('word/document.xml'))
    return [{child.tag.split('}')[1]: child.attrib for child in section}
            for section in body.iter(W + 'sectPr')]


def check_end(folder):
    found = made(folder, pack(parts()))
    words = text_of(found)
    assert words[0] == 'Cover letter' and 'Summary' in words and words[-1].startswith('Made by')
    upright, wide = sections(found)
    assert upright['titlePg'] == {} and 'pgNumType' in upright and 'headerReference' in upright
    assert wide['pgSz'][W + 'w'] == '15840' and wide['pgSz'][W + 'orient'] == 'landscape'
    assert 'titlePg' not in wide and 'pgNumType' not in wide and 'type' not in wide
    assert found.read('word/header1.xml').decode() == HEADER
    styles = found.read('word/styles.xml').decode()
    assert styles.startswith(STYLES[:-len('</w:styles>')]), 'the styles that were there changed'
    assert 'w:styleId="Lmpath0Heading2"' in styles and 'w:styleId="Heading1"' not in styles
    assert '<w:basedOn w:val="Standaard"/>' in styles
    text = found.read('word/document.xml').decode()
    assert '<w:pStyle w:val="Kop1"/>' in text and '<w:pStyle w:val="Heading1"/>' not in text


def check_bookmark(folder):
    for before, after in ((f'<w:p>{MARK}</w:p>', ''), (MARK, ''),
                          (f'<w:p>{MARK}<w:r><w:t>Here:</w:t></w:r></w:p>', 'Here:'),
                          (f'<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p>{MARK}</w:p></w:tc></w:tr>'
                           '</w:tbl>', '')):
        found = made(folder, pack(parts(COVER + before + CLOSING + SECTION)))
        words = [word for word in text_of(found) if word]
        assert words[:1 + bool(after)] == ['Cover letter'] + [after] * bool(after), words[:3]
        assert words[-1] == 'Closing words' and words[-2].startswith('Made by'), words[-3:]
        upright, wide, rest = sections(found)
        assert 'titlePg' in upright and 'titlePg' not in rest and 'pgNumType' not in rest
        assert rest['pgSz'] == upright['pgSz'] != wide['pgSz']
    inner = f'<w:p><w:pPr>{SECTION}</w:pPr></w:p>'
    found = made(folder, pack(parts(COVER + f'<w:p>{MARK}</w:p>' + inner + CLOSING + SECTION)))
    assert len(sections(found)) == 4
    assert len(sections(made(folder, pack(parts(COVER))))) == 2
    again = made(folder, pack(parts(COVER + f'<w:p>{MARK}</w:p>')))
    assert [s['pgSz'][W + 'w'] for s in sections(again)] == ['11906', '16838']


def check_kinds(folder):
    types = TYPES.replace('wordprocessingml.document.main', 'wordprocessingml.template.main')
    found = made(folder, pack(parts(types=types)))
    assert b'template.main' not in found.read('[Content_Types].xml')
    first = fill(folder, pack(parts()), '--lang', 'nl')[2].read_bytes()
    assert first == fill(folder, pack(parts()), '--lang', 'nl')[2].read_bytes()


def encrypted():
    bytes_ = bytearray(pack(parts()))
    for at in [m.start() for m in re.finditer(b'PK\1\2', bytes_)]:
        bytes_[at + 8] |= 1
    return bytes(bytes_)


def check_bad(folder):
    good = pack(parts())
    entity = '<!DOCTYPE w [<!ENTITY a "aaaa">]>'
    signed = parts() + [('_xmlsignatures/origin.sigs', 'x')]
    strict = document(COVER).replace(W[1:-1], 'http://purl.oclc.org/ooxml/wordprocessingml/main')
    cases = {
        'no zip archive': b'', 'it is no zip': b'not a zip at all' * 100, 'no Word document': pack([('a', 'b')]),
        'document type': pack(parts(document=document(COVER).replace('<!--', entity + '<!--'))),
        'byte 0: it declares': pack(parts(styles=entity + STYLES)),
        'macros': pack(parts(types=TYPES.replace('document.main+xml', 'document.macroEnabled.main+xml'))),
        'unusual form': pack(parts(document=strict)),
        'not the last one opened': pack(parts(document=document('<w:p></w:body>'))),
        'in the middle': pack(parts(document=document(COVER)[:-13])),
        'no body': pack(parts(document=document('').replace('w:body', 'w:background'))),
        'an encoding': pack(parts(document=document(COVER).replace('UTF-8', 'UTF-16'))),
        'within each other': pack(parts('<w:p>' * 1000 + '</w:p>' * 1000)),
        'larger than': pack(parts() + [('word/media/a.bin', bytes(80 << 20))]),
        'unpacked': pack(parts() + [(f'word/media/{i}.bin', bytes(50 << 20)) for i in range(3)]),
        'more than': pack(parts() + [(f'word/media/{i}', '') for i in range(1100)]),
        'no document has': pack(parts() + [('../../evil', 'x')]), 'signed': pack(signed),
        'encrypted': encrypted(), 'not there': pack(parts(styles='')), 'styles': pack(parts(links='')),
        'empty': pack(parts(links='<Relationships/>')), 'twice': None, 'already': None, 'damaged': None,
    }
    cases['empty'] = pack(parts(types='<Types/>'))
    cases['twice'] = pack(parts() + [('WORD/document.xml', 'x')])
    cases['already'] = fill(folder, good)[2].read_bytes()
    at = good.index(b'word/document.xml') + 30
    cases['damaged'] = good[:at] + b'\xff\xff\xff\xff' + good[at + 4:]
    for what, template in cases.items():
        code, err, out = fill(folder, template)
        print(f'{what:24} {err.strip()}')
        assert code == 2 and not out.exists(), (what, code, err)
        assert len(err.splitlines()) == 1 and 'template' in err, (what, err)
        assert what in err, (what, err)
    assert [name for name in os.listdir(folder) if name.endswith('.tmp')] == []
    code, _, err = lmpath.run('report', BEFORE, '--template', folder / 'none.docx', '-o', folder / 'r.docx')
    assert code == 2 and "can't open" in err, err


def check_cut(folder):
    good = pack(parts())
    for n in range(0, len(good), 37):
        code, err, out = fill(folder, good[:n])
        assert code == 2 and len(err.splitlines()) == 1 and not out.exists(), (n, code, err)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        check_end(folder)
        check_bookmark(folder)
        check_kinds(folder)
        check_bad(folder)
        check_cut(folder)
    return 0


if __name__ == '__main__':
    sys.exit(main())
