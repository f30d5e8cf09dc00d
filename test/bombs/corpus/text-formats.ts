import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';

const csv = (name: string, text: () => string, answer: Bomb['answer']) =>
  fileBomb(`CSV: ${name}`, { file: 'bomb.csv' }, () => Buffer.from(text()), answer);
const kml = (name: string, text: () => string, answer: Bomb['answer']) =>
  fileBomb(`KML: ${name}`, { file: 'bomb.kml' }, () => Buffer.from(text()), answer);
const wkt = (name: string, text: () => string, answer: Bomb['answer']) =>
  csv(`geometry ${name}`, () => `WKT,name\n"${text()}",a\n`, answer);

const placemark = (inner: string): string =>
  `<kml><Document><Placemark>${inner}</Placemark></Document></kml>`;
const laughs = (levels: number): string =>
  `<!DOCTYPE kml [<!ENTITY a0 "ha">${Array.from({ length: levels }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`;

/** Tables, XML and well-known text. */
export const textBombs: readonly Bomb[] = [
  csv(
    'a quote that never closes, 60 MB behind it',
    () => `WKT,name\n"${'a,b\n'.repeat(15e6)}`,
    invalid(/[Qq]uote/),
  ),
  csv('a header of 2 million columns', () => `WKT,${'a,'.repeat(2e6)}b\n`, invalid(/names of its columns/)),
  csv('a header of 400 000 columns', () => `WKT,${'a,'.repeat(4e5)}b\n`, tooLarge(/columns/)),
  csv('a row of 60 million fields', () => `WKT,name\n${','.repeat(60e6)}\n`, tooLarge(/fields|columns/)),
  csv('60 million lines of nothing', () => `WKT,name\n${'\n'.repeat(60e6)}`, 'computed'),
  csv('20 million rows', () => `WKT\n${'a\n'.repeat(20e6)}`, tooLarge(/features|fields/)),
  csv(
    '3000 columns in 10 000 rows',
    () =>
      `WKT,${Array.from({ length: 3000 }, (_, i) => `c${i}`).join()}\n${`${','.repeat(3000)}\n`.repeat(10_000)}`,
    tooLarge(/columns|fields/),
  ),
  csv(
    'a million quotes',
    () => `WKT,name\n${'"'.repeat(1e6)},a\n`,
    invalid(/the geometry of row 1: expected the type of a geometry at character 1/),
  ),
  csv('a name of 50 MB', () => `WKT,${'n'.repeat(50e6)}\nPOINT (1 2),a\n`, invalid(/names of its columns/)),
  csv(
    '100 000 names that are the same',
    () => `WKT,${'a,'.repeat(1e5)}a\nPOINT (1 2)${','.repeat(100_001)}\n`,
    tooLarge(/columns/),
  ),
  wkt(
    'collections 100 000 deep',
    () => `${'GEOMETRYCOLLECTION ('.repeat(1e5)}POINT (1 2)${')'.repeat(1e5)}`,
    invalid(/nest|deep/),
  ),
  wkt('of a million brackets', () => `POLYGON ${'('.repeat(1e6)}`, invalid(/row 1/)),
  wkt('of a number of a million digits', () => `POINT (${'9'.repeat(1e6)} 1)`, invalid(/row 1|range|number/)),
  wkt('of 6 million points', () => `LINESTRING (${'1 1,'.repeat(6e6)}1 1)`, tooLarge(/vertices/)),
  wkt('of a million empty parts', () => `MULTIPOINT (${'EMPTY,'.repeat(1e6)}EMPTY)`, invalid(/row 1/)),
  wkt('of a million blanks', () => `POINT${' '.repeat(1e6)}(1 2)`, 'computed'),
  kml('a billion laughs', () => `${laughs(10)}${placemark('<name>&a10;</name>')}`, invalid(/entity/i)),
  kml('laughs in an attribute', () => `${laughs(10)}<kml><Placemark id="&a10;"/></kml>`, invalid(/entity/i)),
  kml(
    'an entity from a file',
    () => `<!DOCTYPE kml [<!ENTITY f SYSTEM "file:///etc/passwd">]>${placemark('<name>&f;</name>')}`,
    invalid(/entity/i),
  ),
  kml(
    'a document type of 20 MB',
    () => `<!DOCTYPE kml [${'<!ENTITY a "b">'.repeat(1.3e6)}]>${placemark('')}`,
    'computed',
  ),
  kml(
    'folders 500 000 deep',
    () => `<kml>${'<Folder>'.repeat(5e5)}${'</Folder>'.repeat(5e5)}</kml>`,
    invalid(/nest|deep/),
  ),
  kml(
    'geometries 200 000 deep',
    () => placemark('<MultiGeometry>'.repeat(2e5) + '</MultiGeometry>'.repeat(2e5)),
    invalid(/nest|deep/),
  ),
  kml(
    'elements in a text 300 000 deep',
    () => placemark(`<description>${'<b>'.repeat(3e5)}${'</b>'.repeat(3e5)}</description>`),
    invalid(/nest|deep/),
  ),
  kml(
    'an element of 300 000 attributes',
    () => `<kml ${Array.from({ length: 3e5 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    'computed',
  ),
  kml(
    'a Placemark of 100 000 fields',
    () =>
      placemark(
        `<ExtendedData>${Array.from({ length: 1e5 }, (_, i) => `<Data name="d${i}"><value/></Data>`).join('')}</ExtendedData>`,
      ),
    'computed',
  ),
  kml(
    '5000 Placemarks with 20 fields of their own',
    () =>
      `<kml><Document>${Array.from({ length: 5000 }, (_, i) => `<Placemark><ExtendedData>${Array.from({ length: 20 }, (_, j) => `<Data name="d${i * 20 + j}"><value/></Data>`).join('')}</ExtendedData></Placemark>`).join('')}</Document></kml>`,
    tooLarge(/values/),
  ),
  kml(
    '8 million coordinates in 48 MB',
    () => placemark(`<LineString><coordinates>${'1,1,1 '.repeat(8e6)}</coordinates></LineString>`),
    tooLarge(/vertices/),
  ),
  kml(
    'a million Placemarks',
    () => `<kml><Document>${'<Placemark/>'.repeat(1e6)}</Document></kml>`,
    tooLarge(/features/),
  ),
  kml('a tag that never ends', () => `<kml><${'a'.repeat(30e6)}`, invalid(/unclosed tag: kml/)),
  kml('a comment that never ends', () => `<kml><!--${'-'.repeat(10e6)}`, invalid(/malformed comment/)),
];
