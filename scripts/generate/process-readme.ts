import { listMediaTypes } from '../../core/processes/alternatives.ts';
import type { Input, Output, Parts, ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { formStrings } from '../../strings/form.ts';

/** README of a process: all that its declaration says. */
export function processReadme(process: ProcessDeclaration): string {
  const { id, title, description, version, computeClass, jobControlOptions, keywords = [] } = process;
  const rows = (entries: readonly (readonly [string, string])[]) =>
    entries.map(([name, text]) => `| ${name} | ${text} |`).join('\n');
  const examples = process.examples.map((example) => {
    const intro = example.description ? `${example.description}\n\n` : '';
    return `### ${example.title}\n\n${intro}\`\`\`json\n${shortened(example.request)}\n\`\`\`\n`;
  });
  return `<!-- Generated from process.ts by "npm run generate". -->

# ${title} (\`${id}\`)

${description}

| | |
| --- | --- |
${rows([
  ['version', version],
  ['keywords', keywords.join(', ')],
  ['compute class', computeClass],
  ['job control', jobControlOptions.join(', ')],
  ['limits', formatLimits(process)],
  ...(process.parts ? [['larger rasters', describeParts(process.parts)] as const] : []),
])}

## Inputs

| id | type | required | default | description |
| --- | --- | --- | --- | --- |
${Object.entries(process.inputs).map(inputRow).join('\n')}

## Outputs

| id | media types, default first | description |
| --- | --- | --- |
${Object.entries(process.outputs).map(outputRow).join('\n')}

## Examples

Each is the body of a \`POST\` to \`/processes/${id}/execution\`.

${examples.join('\n')}`;
}

/** What happens to rasters that have more pixels than the limit. */
export function describeParts({ give, halo }: Parts): string {
  const around = halo === 0 ? '' : ` with ${halo} ${halo === 1 ? 'row' : 'rows'} of overlap`;
  return give === 'pixels'
    ? `jobs divide them into blocks of rows${around}, if the result is a GeoTIFF`
    : 'jobs divide them into blocks of rows, and merge the results of the blocks';
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function inputRow([id, { title, description, schema, unit, minOccurs, maxOccurs }]: [string, Input]): string {
  const occurs = maxOccurs === 1 ? '' : ` (${minOccurs} to ${maxOccurs} times)`;
  const measured = unit === undefined ? '' : `, ${formStrings.units[unit]}`;
  const fallback = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
  const text = [title, description].filter(Boolean).join('. ').replace('..', '.');
  return `| \`${id}\` | ${cell(typeName(schema) + measured + occurs)} | ${minOccurs > 0 ? 'yes' : 'no'} | ${fallback} | ${cell(text)} |`;
}

function outputRow([id, { title, description, schema }]: [string, Output]): string {
  const types = listMediaTypes(schema).map((type) => `\`${type}\``);
  return `| \`${id}\` | ${types.join(', ')} | ${cell([title, description].filter(Boolean).join('. '))} |`;
}

/** A schema in a few words. */
function typeName(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return [...new Set(alternatives.map(typeName))].join(' or ');
  if (schema.allOf)
    return [...new Set(schema.allOf.map(typeName))].filter((name) => name !== 'object').join(', ');
  if (schema.contentMediaType && schema.type === 'string') return schema.contentMediaType;
  if (schema.format) return schema.format;
  if (schema.type === 'array' && schema.items) return `array of ${typeName(schema.items)}`;
  const bounds = [
    schema.minimum === undefined ? '' : `${schema.exclusiveMinimum ? '>' : '>='} ${schema.minimum}`,
    schema.maximum === undefined ? '' : `${schema.exclusiveMaximum ? '<' : '<='} ${schema.maximum}`,
  ].filter(Boolean);
  return [schema.type ?? 'any', ...bounds].join(' ');
}

function formatLimits({ limits }: ProcessDeclaration): string {
  const entries = Object.entries(limits) as [string, number][];
  return entries.map(([name, value]) => `${name} ${value.toLocaleString('en-GB')}`).join(', ');
}

/** An example as JSON; long strings, such as files in base64, are cut. */
function shortened(request: unknown): string {
  const cut = (_: string, value: unknown) =>
    typeof value === 'string' && value.length > 120
      ? `${value.slice(0, 100)}... (${value.length} characters)`
      : value;
  return JSON.stringify(request, cut, 2);
}
