import { FormatError } from '../../core/shared/format-error.ts';
import type { Engine } from './engine.ts';
import type { Message } from './messages.ts';
import { GIVEN, MADE } from './virtual-files.ts';

/** How GDAL says that a file is none of those that its drivers know. */
const UNKNOWN =
  /not recognized as (?:being in )?a supported (?:file|dataset)|^Unable to open|^Cannot open|No such file/i;
/** What it says at last, after the reason. */
const CONCLUSION = /^Terminating translation|^Unable to write feature/i;
/** What it complains about although nothing of the file is lost. */
const HARMLESS = /^PROJ: /;
/** What GEOS says of a geometry of a vector tile that is not valid, which GDAL then leaves as it is. */
const NOT_CLIPPED = /^TopologyException: /;
/** What it warns of although it concerns only the file in between: lists are lists again when that is read. */
const IN_BETWEEN = /does not seem to natively support \w+List type/;

/** What would be right, where GDAL says only that something is not. */
const ADVICE: readonly (readonly [said: RegExp, right: string])[] = [
  [
    /^Failed to read TopoJSON data/,
    'TopoJSON must have at least one geometry in its "objects", such as {"trees": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [5, 52]}]}}',
  ],
];

function complaintOf(text: string): FormatError {
  const advice = ADVICE.find(([said]) => said.test(text))?.[1];
  const sentence = text.replace(/\.$/, '');
  return new FormatError(`GDAL reported: ${advice === undefined ? text : `${sentence}. ${advice}`}`);
}

/** What GDAL says of a file, in the words of its users. */
export class Report {
  readonly #engine: Engine;
  /** The first complaint about one of several files. */
  #unread: string | undefined;
  /** What was said while the file was opened. */
  #opening: Message[] = [];
  #isUnclipped = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.takeMessages();
  }

  /** Takes note of why a file could not be opened, before the next one is tried. */
  next(): void {
    this.#unread ??= this.#take().find(({ text }) => !UNKNOWN.test(text))?.text;
  }

  /** After the last file. @throws FormatError where GDAL knew one, and could not read it */
  conclude(): undefined {
    if (this.#unread !== undefined) throw complaintOf(this.#unread);
    return undefined;
  }

  /** Puts aside what was said of a file by the driver that opened it, and by those that tried before. */
  opened(): void {
    this.#opening = this.#take();
  }

  /** Why a file that was opened turned out to be empty, if GDAL has said. */
  complaint(): FormatError | undefined {
    const found = this.#opening.find(({ kind }) => kind === 'error');
    return found && complaintOf(found.text);
  }

  /**
   * After a translation. Some drivers end where a file is damaged, as if it ended there.
   *
   * @throws FormatError where it was not written, or not all of it
   */
  checkTranslation(isWritten: boolean, driver = ''): void {
    const isTile = driver === 'MVT';
    const said = this.#take().filter(
      ({ text }) => !(isTile && NOT_CLIPPED.test(text) && this.#noteUnclipped()),
    );
    const errors = said.filter(({ kind, text }) => kind === 'error' && !HARMLESS.test(text));
    if (errors.length > 0 || !isWritten) {
      const reason = errors.find(({ text }) => !CONCLUSION.test(text)) ?? errors[0] ?? said[0];
      throw complaintOf(reason?.text ?? 'no reason');
    }
    this.#opening = [...this.#opening, ...said];
  }

  #noteUnclipped(): true {
    this.#isUnclipped = true;
    return true;
  }

  /** What was said of a file that was read all the same. */
  remarks(): string[] {
    const texts = this.#opening
      .filter(({ kind, text }) => kind === 'warning' && !IN_BETWEEN.test(text))
      .map(({ text }) => text);
    const unclipped =
      'Geometries of the tile are not valid; GDAL could not clip them to its extent, and they may reach beyond it.';
    return [
      ...[...new Set(texts)].map((text) => `GDAL reported: ${text}`),
      ...(this.#isUnclipped ? [unclipped] : []),
    ];
  }

  #take(): Message[] {
    return this.#engine.takeMessages().map(({ kind, text }) => ({
      kind,
      text: [`${GIVEN}/`, `${MADE}/`].reduce((shown, path) => shown.replaceAll(path, ''), text),
    }));
  }
}
