import type { RequestedOutput } from '../jobs/execute-request.ts';
import { listAlternatives, listMediaTypes, selectAlternatives } from '../processes/alternatives.ts';
import type { ProcessDeclaration } from '../processes/declaration.ts';
import type { JsonSchema } from '../processes/schema.ts';
import { FAULTS_TOLD, type Fault } from '../shared/errors.ts';
import { layerOutputFormats, rasterOutputFormats } from '../shared/formats.ts';
import { isObject, pointerSegment } from '../shared/json.ts';
import { parseEssence } from '../shared/media-type.ts';
import { listed, quote } from '../shared/quote.ts';
import { didYouMean } from '../shared/similar.ts';
import { MediaType } from '../shared/uris.ts';
import { encodingFault } from './encodings.ts';

/** The outputs that a request names, or all of them where it names none; what is wrong with them joins the faults. */
export function requestedOutputs(
  process: ProcessDeclaration,
  named: Readonly<Record<string, unknown>> | undefined,
  faults: Fault[],
): RequestedOutput[] {
  if (!named) return Object.keys(process.outputs).map((id) => ({ id }));
  return Object.entries(named).flatMap(([id, value]) => requestedOutput(process, id, value, faults));
}

function requestedOutput(
  process: ProcessDeclaration,
  id: string,
  value: unknown,
  faults: Fault[],
): RequestedOutput[] {
  const pointer = `/outputs/${pointerSegment(id)}`;
  const output = Object.hasOwn(process.outputs, id) ? process.outputs[id] : undefined;
  if (!output) {
    const known = Object.keys(process.outputs);
    // Nobody is told of more, and looking for what was meant takes its time.
    const detail =
      faults.length < FAULTS_TOLD
        ? `The process has no such output.${didYouMean(id, known)} It has: ${listed(known)}.`
        : '';
    faults.push({ pointer, detail });
    return [];
  }
  const members = isObject(value) ? value : {};
  if (value !== null && !isObject(value)) {
    const detail = 'must be an object, such as {} or {"format": {"mediaType": "..."}}.';
    faults.push({ pointer, detail });
  }
  const mode = members['transmissionMode'] ?? undefined;
  if (mode !== undefined && mode !== 'value' && mode !== 'reference') {
    faults.push({
      pointer: `${pointer}/transmissionMode`,
      detail: `must be "value" or "reference", but is ${quote(mode)}.`,
    });
  }
  const format = members['format'] ?? members;
  const mediaType = requestedMediaType(output.schema, format, pointer, faults);
  return [
    {
      id,
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(isAskedAsJson(format, mediaType) ? { asJson: true } : {}),
      ...(mode === 'value' || mode === 'reference' ? { transmissionMode: mode } : {}),
    },
  ];
}

function requestedMediaType(
  schema: JsonSchema,
  format: unknown,
  pointer: string,
  faults: Fault[],
): string | undefined {
  const offered = listMediaTypes(schema);
  if (!isObject(format)) {
    const detail = `must be an object, such as {"mediaType": "${offered[0]}"}.`;
    faults.push({ pointer: `${pointer}/format`, detail });
    return undefined;
  }
  const asked = format['mediaType'] ?? undefined;
  const alternatives = listAlternatives(schema);
  const [selected] = typeof asked === 'string' ? selectAlternatives(alternatives, asked) : [];
  const ofEncoding = encodingFault(
    format['encoding'],
    (selected ? [selected] : alternatives).every(({ encoding }) => encoding === 'base64'),
  );
  if (ofEncoding !== undefined) faults.push({ pointer: `${pointer}/format/encoding`, detail: ofEncoding });
  if (asked === undefined) return undefined;
  if (!selected) {
    faults.push({
      pointer: `${pointer}/format/mediaType`,
      detail: `must be one of ${offered.join(', ')}, but is ${quote(asked)}.${formatHint(asked, offered)}`,
    });
  }
  // Plain text of a number or a string is no alternative of its schema, but a way to write it.
  const asText =
    typeof asked === 'string' && parseEssence(asked) === MediaType.text && selected?.encoding === 'json';
  return asText ? MediaType.text : selected?.mediaType;
}

/** Whether `application/json` stands for a JSON format that has a media type of its own. */
const isAskedAsJson = (format: unknown, mediaType: string | undefined): boolean =>
  isObject(format) &&
  typeof format['mediaType'] === 'string' &&
  parseEssence(format['mediaType']) === MediaType.json &&
  mediaType !== undefined &&
  mediaType !== MediaType.json;

/** Formats are also called by their names and by the extensions of their files. */
function formatHint(asked: unknown, offered: readonly string[]): string {
  if (typeof asked !== 'string') return '';
  const named = [...layerOutputFormats, ...rasterOutputFormats].find(
    ({ title, extension, mediaType }) =>
      offered.includes(mediaType) &&
      [title.toLowerCase(), extension.slice(1)].includes(asked.toLowerCase().replace(/^\./, '')),
  );
  return named ? ` Did you mean "${named.mediaType}"?` : didYouMean(asked, offered);
}
