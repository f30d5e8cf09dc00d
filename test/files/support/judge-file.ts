import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { zipSync } from 'fflate';
import type { Candidate } from './find-files.ts';
import { ChildEnded, type LineChild } from './line-child.ts';
import type { InputFile, Order } from './product.ts';
import { type Row, type Verdict, worst } from './verdicts.ts';

/** The programs that one file after the other is shown to. */
export interface Lane {
  readonly product: LineChild;
  readonly judge: LineChild;
  /** For results; what is in it is removed after each file. */
  readonly directory: string;
}

export type Kind = 'vector' | 'raster';

interface Survey {
  readonly kind?: 'none' | 'layers' | 'raster';
  readonly readable?: boolean;
  readonly reason?: string | null;
  readonly limit?: string;
  readonly driver?: string;
  readonly layers?: readonly SurveyedLayer[];
  readonly more?: number;
  readonly unjudged?: string;
}

interface SurveyedLayer {
  readonly name: string | null;
  readonly readable: boolean;
  readonly reason?: string | null;
  /** Whether GDAL finds less in it than it says that it has. */
  readonly damaged?: boolean;
  /** Whether its coordinates can be what its CRS says. */
  readonly placed?: boolean;
}

interface Judgement {
  readonly differences?: readonly string[];
  readonly notes?: readonly string[];
  readonly unjudged?: string;
}

interface Answer {
  readonly kind: 'done' | 'refused' | 'failed';
  readonly detail?: string;
  readonly status?: number;
  readonly messages?: readonly string[];
}

/** Shows a file to the product and to GDAL. @returns undefined where it is no geodata, or not of the kind that is wanted */
export async function judgeFile(
  candidate: Candidate,
  lane: Lane,
  root: string,
  only: Kind | undefined,
): Promise<Row | undefined> {
  const started = Date.now();
  const directory = join(lane.directory, 'file');
  mkdirSync(directory, { recursive: true });
  try {
    const survey = await surveyFile(candidate, lane);
    if (survey.kind === 'none') return undefined;
    if (only && (survey.kind === 'raster') !== (only === 'raster')) return undefined;
    const path = candidate.parts.length > 0 ? zipped(candidate, directory) : candidate.path;
    const judged =
      survey.kind === 'raster'
        ? await judgeRaster(candidate, path, survey, { ...lane, directory })
        : await judgeLayers(candidate, path, survey, { ...lane, directory });
    return {
      file: relative(root, candidate.path),
      format: survey.driver ?? 'unknown',
      ...judged,
      seconds: (Date.now() - started) / 1000,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function surveyFile({ path, sure }: Candidate, { judge }: Lane): Promise<Survey> {
  const survey = (await askJudge(judge, { ask: 'survey', path, sure })) as Survey;
  if (survey.unjudged === undefined) return survey;
  return { kind: sure ? 'layers' : 'none', readable: false, reason: survey.unjudged, layers: [] };
}

/** A judge that ends has not judged; the file has done nothing wrong. */
async function askJudge(judge: LineChild, question: unknown): Promise<unknown> {
  try {
    return await judge.ask(question);
  } catch (error) {
    if (error instanceof ChildEnded) return { unjudged: `the judge ${error.message}` };
    throw error;
  }
}

/** An archive of the parts, as it would be sent to the service. */
function zipped({ path, parts }: Candidate, directory: string): string {
  const folder = dirname(path);
  const inGeodatabase = path.toLowerCase().endsWith('.gdb');
  const files = parts.map((part) => [
    inGeodatabase ? relative(folder, part) : basename(part),
    readFileSync(part),
  ]);
  const archive = join(directory, `${basename(path).replace(/\.(?:shp|tab|mif)$/i, '')}.zip`);
  writeFileSync(archive, zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { level: 1 }));
  return archive;
}

type Judged = Omit<Row, 'file' | 'format' | 'seconds'>;

async function judgeLayers(candidate: Candidate, path: string, survey: Survey, lane: Lane): Promise<Judged> {
  const several = (survey.layers ?? []).length > 1;
  const layers = survey.layers?.length ? survey.layers : [undefined];
  const judged: (Judged & { readonly name: string | undefined })[] = [];
  for (const layer of layers) {
    const name = several ? (layer?.name ?? undefined) : undefined;
    const found = await judgeLayer(candidate, { path, layer: name }, layer, survey, lane);
    judged.push({ ...found, name });
  }
  return {
    verdict: worst(judged.map(({ verdict }) => verdict)),
    details: ofLayers(judged.map(({ name, details }) => [name, details])),
    notes: [
      ...ofLayers(judged.map(({ name, notes }) => [name, notes])),
      ...(survey.more ? [`${survey.more} more layers were not tried`] : []),
    ],
  };
}

/** What is said of several layers is told once, with their names. */
function ofLayers(layers: readonly (readonly [string | undefined, readonly string[]])[]): string[] {
  const texts = new Map<string, string[]>();
  for (const [name, said] of layers)
    for (const text of said)
      texts.set(text, [...(texts.get(text) ?? []), ...(name === undefined ? [] : [name])]);
  return [...texts].map(([text, names]) => (names.length === 0 ? text : `${names.join(', ')}: ${text}`));
}

async function judgeLayer(
  candidate: Candidate,
  file: InputFile,
  layer: SurveyedLayer | undefined,
  survey: Survey,
  lane: Lane,
): Promise<Judged> {
  const order = { process: 'convert-features', input: 'features', file };
  const steps = {
    geojson: { ...order, mediaType: 'application/geo+json' },
    flatgeobuf: { ...order, mediaType: 'application/flatgeobuf' },
  };
  const readable = layer?.readable ?? false;
  const limits = [
    ...(survey.limit === undefined ? [] : [{ reason: survey.limit, told: /./ }]),
    ...(layer?.placed === false ? [{ reason: 'its coordinates are no degrees', told: /longitude|CRS/ }] : []),
  ];
  const reason = layer?.reason ?? survey.reason;
  return judgeSteps(
    steps,
    { readable, reason, limits, damaged: layer?.damaged ?? false },
    lane,
    (results, messages) =>
      askJudge(lane.judge, {
        ask: 'layer',
        path: candidate.path,
        layer: layer?.name ?? null,
        geojson: results['geojson'] ?? null,
        flatgeobuf: results['flatgeobuf'] ?? null,
        messages,
      }),
  );
}

function judgeRaster(candidate: Candidate, path: string, survey: Survey, lane: Lane): Promise<Judged> {
  const order = { input: 'raster', file: { path } };
  const steps = {
    info: { ...order, process: 'raster-info' },
    converted: { ...order, process: 'convert-raster' },
    statistics: { ...order, process: 'raster-statistics' },
  };
  const { readable = false, reason, limit } = survey;
  const limits = limit === undefined ? [] : [{ reason: limit, told: /./ }];
  return judgeSteps(steps, { readable, reason, limits, damaged: false }, lane, (results, messages) =>
    askJudge(lane.judge, {
      ask: 'raster',
      path: candidate.path,
      info: results['info'] ?? null,
      converted: results['converted'] ?? null,
      statistics: results['statistics'] ?? null,
      messages,
    }),
  );
}

interface Expectation {
  /** Whether GDAL reads it. */
  readonly readable: boolean;
  /** Why it does not. */
  readonly reason: string | null | undefined;
  /** Why the product need not read it, and what its refusal speaks of then. */
  readonly limits: readonly { readonly reason: string; readonly told: RegExp }[];
  readonly damaged: boolean;
}

type Compare = (results: Readonly<Record<string, string>>, messages: readonly string[]) => Promise<unknown>;

/** Has the product do its steps, and judges what came of them. */
async function judgeSteps(
  steps: Readonly<Record<string, Order>>,
  { readable, reason, limits, damaged }: Expectation,
  lane: Lane,
  compare: Compare,
): Promise<Judged> {
  const { results, messages, refusals, failures } = await tryAll(steps, lane);
  const read = Object.keys(results).some((step) => step !== 'info');
  const judgement =
    Object.keys(results).length > 0 && readable ? ((await compare(results, messages)) as Judgement) : {};
  const unread = read && !readable ? [`is read, but ${reason}`] : [];
  const differences = [...(judgement.differences ?? []), ...(damaged ? unread : [])];
  const limit = limits.find(({ told }) => refusals.every(({ detail }) => told.test(detail)))?.reason;
  const rightly = !readable || limit !== undefined || refusals.every(({ status }) => status === 413);
  const unjudged = [...(damaged ? [] : unread), ...(judgement.unjudged ? [judgement.unjudged] : [])];
  const said: readonly (readonly [Verdict, readonly string[]])[] = [
    ['error', failures],
    ['wrong', differences],
    [
      rightly ? 'refused rightly' : 'refused wrongly',
      [...new Set(refusals.map(({ detail }) => firstLines(detail)))],
    ],
    ['unjudged', unjudged],
  ];
  const because = refusals.length > 0 && rightly ? [limit ?? reason ?? 'a limit of the service'] : [];
  return {
    verdict: worst(said.filter(([, details]) => details.length > 0).map(([verdict]) => verdict)),
    details: said.flatMap(([, details]) => details),
    notes: [...because, ...(judgement.notes ?? [])],
  };
}

interface Tried {
  /** Files with results, by step. */
  readonly results: Readonly<Record<string, string>>;
  readonly messages: readonly string[];
  readonly refusals: readonly { readonly status: number; readonly detail: string }[];
  readonly failures: readonly string[];
}

async function tryAll(steps: Readonly<Record<string, Order>>, { product, directory }: Lane): Promise<Tried> {
  const results: Record<string, string> = {};
  const messages: string[] = [];
  const refusals: { readonly status: number; readonly detail: string }[] = [];
  const failures: string[] = [];
  for (const [step, order] of Object.entries(steps)) {
    const resultFile = join(directory, `${step}${extensions[step] ?? ''}`);
    rmSync(resultFile, { force: true });
    const {
      kind,
      status = 400,
      detail = '',
      messages: told = [],
    } = await askForAnswer(product, { ...order, resultFile });
    if (kind === 'done') results[step] = resultFile;
    else if (kind === 'refused') refusals.push({ status, detail });
    else failures.push(`${order.process}: ${firstLines(detail)}`);
    messages.push(...told);
  }
  return { results, messages, refusals, failures };
}

const extensions: Readonly<Record<string, string>> = {
  geojson: '.geojson',
  flatgeobuf: '.fgb',
  converted: '.tif',
};

async function askForAnswer(product: LineChild, request: unknown): Promise<Answer> {
  try {
    return (await product.ask(request)) as Answer;
  } catch (error) {
    if (error instanceof ChildEnded) return { kind: 'failed', detail: error.message };
    throw error;
  }
}

const firstLines = (text: string): string =>
  text.split('\n').slice(0, 3).join(' ').replaceAll(/\s+/g, ' ').slice(0, 300);
