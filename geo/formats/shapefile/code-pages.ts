import iconv from 'iconv-lite';
import { FormatError } from '../../../core/shared/format-error.ts';

/** Code pages by the mark of the language driver in the header of a .dbf (dBASE and FoxPro). */
const languageDrivers: Readonly<Record<string, readonly number[]>> = {
  cp437: [1, 9, 11, 13, 15, 17, 21, 24, 25, 27],
  cp737: [106, 134],
  cp850: [2, 10, 14, 16, 18, 20, 22, 26, 29, 37, 55],
  cp852: [31, 34, 35, 64, 100, 135],
  cp857: [107, 136],
  cp860: [36],
  cp861: [103],
  cp863: [28, 108],
  cp865: [8, 23, 102],
  ibm866: [38, 101],
  macintosh: [4],
  'x-mac-cyrillic': [150],
  maccenteuro: [151],
  macgreek: [152],
  shift_jis: [19, 123],
  gbk: [77, 122],
  'euc-kr': [78, 121],
  big5: [79, 120],
  'windows-874': [80, 124],
  'windows-1250': [200],
  'windows-1251': [201],
  'windows-1252': [3, 87, 88, 89],
  'windows-1253': [203],
  'windows-1254': [202],
  'windows-1255': [125],
  'windows-1256': [126],
  'windows-1257': [204],
};
/** Marks of code pages that no library here has: to read their texts as another one would be wrong without a word. */
const unreadable: ReadonlyMap<number, string> = new Map([
  [104, 'code page 895 (Kamenický)'],
  [105, 'code page 620 (Mazovia)'],
]);
const byDriver = new Map(
  Object.entries(languageDrivers).flatMap(([label, marks]) => marks.map((mark) => [mark, label] as const)),
);

type Decoder = (bytes: Uint8Array) => string;

/** How the texts of a table are read, and what of that was guessed. */
export interface Decoding {
  readonly decode: Decoder;
  /** Sentences for the log, once all texts are read. */
  readonly remarks: () => string[];
}

/**
 * The decoder of the texts of a .dbf: by the .cpg file, else by the mark in the header, else UTF-8 where the texts are
 * such, else Windows-1252.
 *
 * @param table of which the byte 29 is the mark.
 */
export function chooseDecoder(table: Uint8Array, codePage: string | undefined): Decoding {
  const named = codePage?.trim() ?? '';
  if (named !== '')
    return checked(
      decoderNamed(named) ??
        asciiOnly(`its .cpg names the encoding "${named}", which is not known; write it as UTF-8.`),
      `"${named}" of its .cpg`,
    );
  const mark = table[29] ?? 0;
  const driver = byDriver.get(mark);
  const marked = driver === undefined ? undefined : decoderLabelled(driver);
  if (marked) return checked(marked, `${driver} of its .dbf`);
  const missing = unreadable.get(mark);
  if (missing !== undefined)
    return {
      decode: asciiOnly(
        `the language driver ID ${mark} of its .dbf names ${missing}, which cannot be read; write it as UTF-8, with a .cpg file that names this encoding.`,
      ),
      remarks: () => [],
    };
  let isGuess = false;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const latin = new TextDecoder('windows-1252');
  const decode: Decoder = (part) => {
    try {
      return utf8.decode(part);
    } catch {
      isGuess = true;
      return latin.decode(part);
    }
  };
  const reason =
    mark === 0
      ? 'neither a .cpg nor its .dbf names the encoding'
      : `the language driver ID ${mark} is not known`;
  const guess = `Text in the .dbf was read as Windows-1252, because ${reason}. Add a .cpg file that names the encoding.`;
  return { decode, remarks: () => (isGuess ? [guess] : []) };
}

/** Bytes that are no text in an encoding become U+FFFD, which is told. */
function checked(decode: Decoder, encoding: string): Decoding {
  let isBroken = false;
  return {
    decode: (part) => {
      const text = decode(part);
      isBroken ||= text.includes('\ufffd');
      return text;
    },
    remarks: () =>
      isBroken
        ? [`Some text in the .dbf does not match the encoding ${encoding}; invalid bytes became "\ufffd".`]
        : [],
  };
}

/** What .cpg files hold: "UTF-8", "1252", "ANSI 1252", "ISO 88591", "932", "OEM 850", "IBM437"... */
function decoderNamed(codePage: string): Decoder | undefined {
  const number = /^(?:ANSI |CP ?|OEM ?|IBM ?|DOS ?|WINDOWS-)?(\d{3,5})$/i.exec(codePage)?.[1];
  const iso = /^(?:ISO[ -]?)?8859-?(\d+)$/i.exec(codePage)?.[1];
  const labels = [
    number === undefined ? undefined : (numberedPages[number] ?? `windows-${number}`),
    number === undefined ? undefined : `cp${number}`,
    iso === undefined ? undefined : `iso-8859-${iso}`,
    codePage,
  ];
  for (const label of labels) {
    const decoder = label === undefined ? undefined : decoderLabelled(label);
    if (decoder) return decoder;
  }
  return undefined;
}

const numberedPages: Readonly<Record<string, string>> = {
  '65001': 'utf-8',
  '866': 'ibm866',
  '874': 'windows-874',
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
};

/** By the engine, which has the encodings of the web, else by the library, which has those of DOS. */
function decoderLabelled(label: string): Decoder | undefined {
  try {
    const decoder = new TextDecoder(label);
    return (part) => decoder.decode(part);
  } catch {
    return iconv.encodingExists(label) ? (part) => iconv.decode(Buffer.from(part), label) : undefined;
  }
}

/** ASCII is the same everywhere; all else would be guessed. */
const asciiOnly =
  (detail: string): Decoder =>
  (part) => {
    if (part.some((byte) => byte > 127)) throw new FormatError(detail);
    return Buffer.from(part).toString('latin1');
  };
