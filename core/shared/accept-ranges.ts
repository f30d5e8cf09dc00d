import { parseEssence } from './media-type.ts';

/** A range of media types that a client takes, with those of its parameters that decide something, and without its weight. */
export interface AcceptedRange {
  readonly range: string;
  /** From 0, which is not at all, to 1. */
  readonly weight: number;
}

/** Members of a list, or of one of its members: quotation marks keep together what is between them. */
const members = /(?:"(?:[^"\\]|\\.)*"|[^,])+/g;
const parts = /(?:"(?:[^"\\]|\\.)*"|[^;])+/g;

/** Three decimals at most (RFC 9110, 12.4.2). */
const qvalue = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/** All text here is UTF-8, and no media type that is offered says so. */
const isUtf8 = (parameter: string): boolean => /^charset="?utf-?8"?$/.test(parameter);

/**
 * The ranges of an `Accept` header. A parameter `q` is the weight wherever it stands, and whatever comes after it is a parameter
 * like any other: RFC 9110 (12.4.2, 12.5.1) no longer has the extensions that RFC 7231 had there. It does not say what a weight
 * means that is none; one that cannot be read is taken as absent, which makes it 1, since a client that names a type takes it.
 *
 * A parameter that no offered media type of the range has does not exclude these: nobody here knows what it would change. The
 * range then counts only where the client has not said the same without that parameter. `charset` is known: it is UTF-8.
 */
export function readRanges(accept: string, offered: readonly string[]): AcceptedRange[] {
  const read = (accept.match(members) ?? []).map((member) => readRange(member, offered));
  const plain = new Set(read.flatMap(({ range, isLoosened }) => (isLoosened ? [] : [range])));
  return read.filter(({ range, isLoosened }) => !isLoosened || !plain.has(range));
}

function readRange(member: string, offered: readonly string[]): AcceptedRange & { isLoosened: boolean } {
  const [type = '', ...rest] = (member.match(parts) ?? []).map((part) => part.trim());
  const parameters = rest.map((part) => part.replace(/ ?= ?/, '='));
  const weights = parameters.flatMap((parameter) => /^q=(.*)$/i.exec(parameter)?.[1] ?? []);
  const others = parameters.filter(
    (parameter) => !/^q=/i.test(parameter) && !isUtf8(parameter.toLowerCase()),
  );
  const known = parameterNames(type.toLowerCase(), offered);
  const kept = others.filter((parameter) => known.has(nameOf(parameter)));
  const [weight = ''] = weights;
  return {
    range: [type, ...kept].join(';'),
    weight: qvalue.test(weight) ? Number(weight) : 1,
    isLoosened: kept.length < others.length,
  };
}

/** Names of the parameters of the offered media types that a range is about. */
function parameterNames(type: string, offered: readonly string[]): Set<string> {
  const [main, sub] = type.split('/');
  const isMeant = (mediaType: string): boolean => {
    const [ofMain, ofSub] = parseEssence(mediaType).split('/');
    return (main === '*' || main === ofMain) && (sub === '*' || sub === ofSub);
  };
  const named = offered.filter(isMeant).flatMap((mediaType) => mediaType.split(';').slice(1).map(nameOf));
  return new Set(['charset', ...named]);
}

const nameOf = (parameter: string): string => (parameter.split('=', 1)[0] ?? '').trim().toLowerCase();
