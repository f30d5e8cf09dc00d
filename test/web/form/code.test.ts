import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { curlText, jsonText, pythonText } from '../../../web/form/code.ts';
import { formLink } from '../../../web/form/link.ts';

const asked = {
  baseUrl: 'https://example.org/v1',
  processID: 'filter',
  body: { inputs: { filter: "name = 'it''s \"true\" or null'", keep: true, none: null, list: [1, false] } },
};

describe('the request as code', () => {
  test('for a shell is one argument, whatever is in it', () => {
    const words = execFileSync(
      'sh',
      ['-c', `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }; ${curlText(asked)}`],
      {
        encoding: 'utf8',
      },
    ).split('\0');
    assert.deepEqual(JSON.parse(words[words.indexOf('-d') + 1]!), asked.body);
  });

  test('for Python is a literal of Python', () => {
    const literal = /inputs = ([\s\S]*)\nresult/.exec(pythonText(asked))?.[1] ?? '';
    const read = execFileSync(
      'python3',
      ['-c', 'import ast,json,sys; print(json.dumps(ast.literal_eval(sys.stdin.read())))'],
      {
        input: literal,
        encoding: 'utf8',
      },
    );
    assert.deepEqual(JSON.parse(read), asked.body.inputs);
  });

  test('as JSON is the body', () => assert.deepEqual(JSON.parse(jsonText(asked)), asked.body));
});

describe('the link to a form', () => {
  test('names inputs as an execution by query does', () => {
    const { href, isWhole } = formLink('https://example.org/v1/processes/buffer?x=1', {
      title: 'Around the station',
      inputs: {
        features: { href: 'https://a.example/b.fgb' },
        distance: 5,
        rows: [{ field: 'a' }],
        list: ['a', 'b'],
      },
    });
    assert.ok(isWhole);
    assert.deepEqual(
      [...new URL(href).searchParams],
      [
        ['features[href]', 'https://a.example/b.fgb'],
        ['distance', '5'],
        ['rows.0.field', 'a'],
        ['list', 'a'],
        ['list', 'b'],
        ['response[title]', 'Around the station'],
      ],
    );
  });

  test('leaves out what is too long, and says so', () => {
    const { href, isWhole } = formLink('https://example.org/', {
      inputs: { features: 'x'.repeat(9000), distance: 5 },
    });
    assert.equal(isWhole, false);
    assert.equal(href, 'https://example.org/?distance=5');
  });
});
