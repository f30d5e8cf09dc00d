/** An execute request and where it goes. */
export interface Asked {
  readonly baseUrl: string;
  readonly processID: string;
  readonly body: { readonly title?: string; readonly inputs: object; readonly outputs?: object };
}

/** Characters from which a request is a file of its own. */
const LONG = 3000;

export const jsonText = ({ body }: Asked): string => JSON.stringify(body, undefined, 2);

/** For a shell: in single quotes, in which a single quote has to end them. */
export function curlText(asked: Asked): string {
  const { baseUrl, processID, body } = asked;
  const compact = JSON.stringify(body);
  const start = `curl -L "${baseUrl}/processes/${processID}/execution" \\\n  -H 'Content-Type: application/json' \\\n`;
  return compact.length > LONG
    ? `${start}  -d @request.json   # the text under "JSON"`
    : `${start}  -d '${compact.replaceAll("'", `'\\''`)}'`;
}

export function pythonText({ baseUrl, processID, body }: Asked): string {
  const { inputs, outputs } = body;
  const named = outputs === undefined ? '' : `, outputs=${pythonLiteral(outputs)}`;
  return [
    'from owslib.ogcapi.processes import Processes',
    '',
    `service = Processes("${baseUrl}/")`,
    `inputs = ${pythonLiteral(inputs)}`,
    `result = service.execute("${processID}", inputs=inputs${named})`,
    'print(result)',
  ].join('\n');
}

/** JSON is Python but for three words; text stays as it is. */
const pythonLiteral = (value: unknown): string =>
  JSON.stringify(value, undefined, 4)
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(/\btrue\b/g, 'True')
            .replace(/\bfalse\b/g, 'False')
            .replace(/\bnull\b/g, 'None'),
    )
    .join('');

export function javascriptText(asked: Asked): string {
  const { baseUrl, processID } = asked;
  return [
    `const answer = await fetch("${baseUrl}/processes/${processID}/execution", {`,
    '  method: "POST",',
    '  headers: { "Content-Type": "application/json" },',
    `  body: JSON.stringify(${jsonText(asked).replaceAll('\n', '\n  ')}),`,
    '});',
    'console.log(answer.status, await answer.text());',
  ].join('\n');
}
