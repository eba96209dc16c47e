#!/usr/bin/env python3
"""DOCX reports: every part is well-formed XML whose elements stand in the order of ECMA-376's
schemas, every relationship leads somewhere, charts show what their workbooks hold, the facts are the
page's, and the same run gives the same bytes. python3-docx reads it, LibreOffice keeps its headings,
tables and charts and makes a PDF of it (each when it is installed).
"""

import base64
import html
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import lmpath

RESULTS = lmpath.ROOT / 'fixtures' / 'results'
BEFORE = RESULTS / 'b_wrong_management.json'
AFTER = RESULTS / 'a_right_storage.json'
HOSTILE = '<w:p>"\'&\u202e' + 'W' * 300 + '\U0001f600'
TITLE = ['--customer', 'Contoso & Sons', '--cluster', 'CL1', '--author', 'J. Doe', '--date', '2026-11-22']

LOGO = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSu'
                        'QmCC')
W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
C = '{http://schemas.openxmlformats.org/drawingml/2006/chart}'
SHEET = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
RELATION = '{http://schemas.openxmlformats.org/package/2006/relationships}Relationship'

# The sequences of the schemas, of what a report uses.
ORDERS = {
    W + 'pPr': 'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs '
               'suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr',
    W + 'rPr': 'rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing sz szCs '
               'highlight u shd vertAlign lang',
    W + 'tblPr': 'tblStyle tblpPr bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc '
                 'tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption '
                 'tblDescription',
    W + 'tcPr': 'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection '
                'tcFitText vAlign',
    W + 'sectPr': 'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc '
                  'pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg',
    W + 'style': 'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden '
                 'unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr',
    W + 'tblStylePr': 'pPr rPr tblPr trPr tcPr',
    W + 'settings': 'zoom defaultTabStop characterSpacingControl updateFields compat themeFontLang '
                    'clrSchemeMapping decimalSymbol listSeparator',
    W + 'tbl': 'tblPr tblGrid tr', W + 'tr': 'tblPrEx trPr tc', W + 'sdt': 'sdtPr sdtEndPr sdtContent',
    W + 'pBdr': 'top left bottom right between bar', W + 'tblCellMar': 'top left bottom right',
    W + 'tblBorders': 'top left bottom right insideH insideV',
    W + 'lvl': 'start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr',
    W + 'numbering': 'numPicBullet abstractNum num numIdMacAtCleanup',
    W + 'styles': 'docDefaults latentStyles style',
    C + 'chartSpace': 'date1904 lang roundedCorners style clrMapOvr chart spPr txPr externalData '
                      'printSettings',
    C + 'chart': 'title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs',
    C + 'plotArea': 'layout scatterChart barChart catAx valAx dTable spPr',
    C + 'scatterChart': 'scatterStyle varyColors ser dLbls axId',
    C + 'barChart': 'barDir grouping varyColors ser dLbls gapWidth overlap serLines axId',
    C + 'ser': 'idx order tx spPr marker invertIfNegative pictureOptions dPt dLbls trendline errBars '
               'cat val xVal yVal smooth shape',
    C + 'dPt': 'idx invertIfNegative marker bubble3D explosion spPr',
    C + 'dLbls': 'dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName '
                 'showPercent showBubbleSize',
    C + 'valAx': 'axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark '
                 'minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit',
    C + 'catAx': 'axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark '
                 'minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset '
                 'noMultiLvlLbl',
    C + 'scaling': 'logBase orientation max min', C + 'legend': 'legendPos legendEntry layout overlay',
    C + 'title': 'tx layout overlay', C + 'numCache': 'formatCode ptCount pt',
    C + 'strCache': 'ptCount pt', C + 'tx': 'strRef rich', C + 'strRef': 'f strCache',
    C + 'numRef': 'f numCache',
}


def report(out, *words):
    code, _, err = lmpath.run('report', *words, '-o', out)
    assert code == 0, err
    return zipfile.ZipFile(out)


def check_order(name, element):
    order = ORDERS.get(element.tag)
    if order:
        places = [order.split().index(child.tag.split('}')[1]) for child in element]
        assert places == sorted(places), (name, element.tag, [child.tag for child in element])
    if element.tag == W + 'tc':
        assert element[-1].tag == W + 'p', name
    for child in element:
        check_order(name, child)


def check_relations(document):
    names = set(document.namelist())
    types = ElementTree.fromstring(document.read('[Content_Types].xml'))
    typed = {e.get('PartName').lstrip('/') for e in types if e.get('PartName')}
    endings = {e.get('Extension') for e in types if e.get('Extension')}
    assert typed <= names, typed - names
    for name in names - {'[Content_Types].xml'}:
        assert name in typed or name.rsplit('.', 1)[-1] in endings, name
    reached = set()
    for name in names:
        if not name.endswith('.rels'):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = set()
        for relation in ElementTree.fromstring(document.read(name)).iter(RELATION):
            target = relation.get('Target')
            if relation.get('TargetMode') != 'External':
                path = target.lstrip('/') if target.startswith('/') else posixpath.join(folder, target)
                assert posixpath.normpath(path) in names, (name, target)
                reached.add(posixpath.normpath(path))
            assert relation.get('Id') not in ids, (name, relation.get('Id'))
            ids.add(relation.get('Id'))
        if name == 'word/_rels/document.xml.rels':
            used = set(re.findall(r'r:id="([^"]*)"', document.read('word/document.xml').decode()))
            assert used <= ids, used - ids
    lost = {name for name in names - reached if name.endswith(('.xml', '.xlsx'))}
    assert lost == {'[Content_Types].xml'}, lost


def check_ids(document):
    text = document.read('word/document.xml').decode()
    for pattern in (r'<wp:docPr id="(\d+)"', r'<w:bookmarkStart w:id="(\d+)"',
                    r'<w:bookmarkStart [^>]*w:name="([^"]*)"'):
        found = re.findall(pattern, text)
        assert len(found) == len(set(found)), (pattern, found)
    styles = set(re.findall(r'w:styleId="([^"]*)"', document.read('word/styles.xml').decode()))
    used = set(re.findall(r'<w:(?:pStyle|tblStyle|rStyle) w:val="([^"]*)"', text))
    assert used and used <= styles, used - styles
    anchors = set(re.findall(r'w:anchor="([^"]*)"', text))
    assert anchors and anchors <= set(re.findall(r'w:name="([^"]*)"', text)), anchors


def cells_of(workbook):
    """Column letter and row to value, of the only sheet."""
    sheet = ElementTree.fromstring(workbook.read('xl/worksheets/sheet1.xml'))
    found = {}
    for cell in sheet.iter(SHEET + 'c'):
        value = cell.find(SHEET + 'v')
        text = cell.find(f'{SHEET}is/{SHEET}t')
        found[cell.get('r')] = value.text if value is not None else text.text or ''
    return found


def check_widths(document):
    """No table is wider than the page that it stands on."""
    body = ElementTree.fromstring(document.read('word/document.xml'))[0]
    widest = []
    for element in body:
        if element.tag == W + 'tbl':
            widest.append(sum(int(c.get(W + 'w')) for c in element.iter(W + 'gridCol')))
        for section in element.iter(W + 'sectPr'):
            size, margins = section.find(W + 'pgSz'), section.find(W + 'pgMar')
            room = int(size.get(W + 'w')) - int(margins.get(W + 'left')) - int(margins.get(W + 'right'))
            assert max(widest) <= room, (widest, room)
            widest = []
    assert not widest


def check_charts(document, folder):
    charts = [name for name in document.namelist() if re.fullmatch(r'word/charts/[^/]*\.xml', name)]
    for name in charts:
        number = re.search(r'\d+', name)[0]
        book = folder / 'book.xlsx'
        book.write_bytes(document.read(f'word/embeddings/lmpath{number}.xlsx'))
        cells = cells_of(zipfile.ZipFile(book))
        chart = ElementTree.fromstring(document.read(name))
        series = list(chart.iter(C + 'ser'))
        assert series and all(s.find(C + 'spPr') is not None for s in series), name
        for reference in [e for e in chart.iter() if e.tag in (C + 'numRef', C + 'strRef')]:
            column, first, last = re.fullmatch(r'Sheet1!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?',
                                               reference.find(C + 'f').text).groups()
            told = {int(point.get('idx')): point.find(C + 'v').text or ''
                    for point in reference.iter(C + 'pt')}
            held = {i: cells[f'{column}{row}']
                    for i, row in enumerate(range(int(first), int(last or first) + 1))
                    if f'{column}{row}' in cells}
            assert told == held, (name, told, held)
    return len(charts)


def check_package(path, document):
    assert document.namelist()[0] == '[Content_Types].xml'
    assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in document.infolist())
    assert len(document.namelist()) == len(set(document.namelist()))
    for name in document.namelist():
        if name.endswith(('.xml', '.rels')):
            check_order(name, ElementTree.fromstring(document.read(name)))
    check_relations(document)
    check_ids(document)
    check_widths(document)
    return check_charts(document, path.parent)


def text_of(document):
    """The words of each paragraph."""
    body = ElementTree.fromstring(document.read('word/document.xml'))
    return [''.join(t.text or '' for t in p.iter(W + 't')) for p in body.iter(W + 'p')]


def check_facts(folder):
    """All numbers of the page's tables are in the document, too, but for those of its charts."""
    page = folder / 'page.html'
    path = folder / 'facts.docx'
    sets = ['--before', RESULTS / 'b_wrong_host_list.json', '--after', RESULTS / 'a_mended.json']
    code, _, err = lmpath.run('report', *sets, '-o', page, '-o', path)
    assert code == 0, err
    document = zipfile.ZipFile(path)
    check_package(path, document)
    told = set(re.findall(r'<td[^>]*>([^<]+)', re.sub(r'(?s)<details>.*?</details>', '',
                                                     page.read_text())))
    words = '\n'.join(text_of(document))
    missing = [cell for cell in told if html.unescape(cell) not in words]
    assert len(told) > 40 and not missing, missing
    assert 'Likely cause' in words and 'predicted' in words


def check_python_docx(path):
    script = ('import sys, docx\n'
              'd = docx.Document(sys.argv[1])\n'
              'print([p.text for p in d.paragraphs if p.style.name.startswith("Heading 1")])\n'
              'print(len(d.tables), d.core_properties.title, d.core_properties.author)\n')
    done = subprocess.run(['/usr/bin/python3', '-c', script, path], capture_output=True, text=True)
    if 'No module named' in done.stderr:
        print('python3-docx is not installed: it did not read the document')
        return
    assert done.returncode == 0, done.stderr
    assert "'Summary'" in done.stdout and 'J. Doe' in done.stdout, done.stdout


def convert(path, to, folder):
    done = subprocess.run(['soffice', '--headless', f'-env:UserInstallation={folder.as_uri()}/profile',
                           '--convert-to', to, '--outdir', folder / to, path],
                          capture_output=True, timeout=300)
    made = folder / to / f'{path.stem}.{to}'
    assert made.exists(), done.stderr
    return made


def check_libreoffice(path, document, folder):
    if not shutil.which('soffice'):
        print('LibreOffice is not installed: it did not open the document')
        return
    again = zipfile.ZipFile(convert(path, 'docx', folder))
    charts = [name for name in again.namelist() if re.fullmatch(r'word/charts/chart\d+\.xml', name)]
    assert len(charts) == 3, again.namelist()
    headings = [word for word in text_of(document) if word]
    kept = text_of(again)
    for heading in ('Summary', 'The numbers', 'Findings and what to do', 'Evidence', 'Contents'):
        assert heading in headings and heading in kept, heading
    assert again.read('word/document.xml').count(b'<w:tbl>') >= 8
    pdf = convert(path, 'pdf', folder)
    if shutil.which('pdftotext'):
        text = subprocess.run(['pdftotext', '-layout', pdf, '-'], capture_output=True,
                              text=True).stdout
        assert 'Wrong network' in text and 'Page 2 of' in text, text


def check_hostile(folder):
    text = BEFORE.read_text().replace('Management', 'NAME').replace('mgmt0', 'NAME')
    escaped = HOSTILE.replace('"', '\\"') + '\\u0000\\u0001\\uffff\\ufffe'
    file = folder / 'hostile.json'
    file.write_text(text.replace('NAME', escaped.replace('\\u0000', '')), encoding='utf-8')
    path = folder / 'hostile.docx'
    document = report(path, '--before', file, '--after', AFTER, '--customer', HOSTILE)
    check_package(path, document)
    for name in document.namelist():
        assert '\u202e'.encode() not in document.read(name), name


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / 'both.docx'
        document = report(path, '--before', BEFORE, '--after', AFTER, *TITLE)
        assert check_package(path, document) == 3
        check_facts(folder)
        report(folder / 'again.docx', '--before', BEFORE, '--after', AFTER, *TITLE)
        assert path.read_bytes() == (folder / 'again.docx').read_bytes()
        alone, logo = folder / 'alone.docx', folder / 'logo.png'
        logo.write_bytes(LOGO)
        document = report(alone, BEFORE, '--lang', 'nl', '--logo', logo, '--accent', '#8800cc')
        assert check_package(alone, document) == 3
        assert document.read('word/media/lmpath-logo.png') == LOGO
        assert b'8800CC' in document.read('word/theme/theme1.xml')
        check_hostile(folder)
        check_python_docx(path)
        check_libreoffice(path, zipfile.ZipFile(path), folder)
    return 0


if __name__ == '__main__':
    sys.exit(main())
