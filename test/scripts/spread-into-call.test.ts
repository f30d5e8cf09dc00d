import { RuleTester } from 'oxlint/plugins-dev';
import { spreadIntoCall } from '../../scripts/lint/spread-into-call.ts';

const errors = 1;

new RuleTester({ languageOptions: { parserOptions: { lang: 'ts' } } }).run(
  'no-spread-into-call',
  spreadIntoCall as unknown as Parameters<RuleTester['run']>[1],
  {
    valid: [
      'list.push(one, two);',
      'const all = [...one, ...two];',
      'Math.max(...[one, two]);',
      // The compiler takes only tuples here.
      'index.add(...boundsOfRing(ring));',
      'index.add(...box);',
      'search.apply(tree, box);',
    ],
    invalid: [
      { code: 'list.push(...others);', errors },
      { code: 'list?.push(...others);', errors },
      { code: 'list.unshift(first, ...others);', errors },
      { code: 'list.splice(0, 1, ...others);', errors },
      { code: 'Math.max(0, ...heights);', errors },
      { code: 'String.fromCharCode(...bytes);', errors },
      { code: 'short(258, ...bands.map(() => bits));', errors },
      { code: 'list.push(...(await Promise.all(work)));', errors },
      { code: 'own(...(await Promise.all(work)));', errors },
      { code: 'new Table(...Object.keys(columns));', errors },
      { code: 'Math.max.apply(null, heights);', errors },
      { code: 'String.fromCharCode.apply(null, bytes as unknown as number[]);', errors },
      { code: 'Math.hypot(...one, ...two);', errors: 2 },
    ],
  },
);
