import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { html, Markup } from '../../../functions/html/parts/markup.ts';
import { valueMarkup } from '../../../functions/html/value.ts';

describe('markup', () => {
  test('escapes whatever is put into it, but markup', () => {
    const piece = `<b title="x" class='y'>&</b>`;
    const escaped = '&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;&lt;/b&gt;';
    assert.equal(html`<p>${piece}</p>`.text, `<p>${escaped}</p>`);
    assert.equal(
      html`<p>${new Markup('<b>x</b>')}${[1, '<', undefined, null, false]}</p>`.text,
      '<p><b>x</b>1&lt;</p>',
    );
  });

  test('any text in a page is text', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.doesNotMatch(html`${text}`.text, /[<>"']/)));
  });
});

describe('values in a page', () => {
  test('have every member and every item', () => {
    const { text } = valueMarkup({ a: [1, 'b'], c: { d: true, e: [] }, f: [{ g: 2 }] });
    for (const piece of ['<dt>a</dt>', '1, b', '<dt>d</dt><dd>true', 'none', '<dt>g</dt><dd>2']) {
      assert.ok(text.includes(piece), piece);
    }
  });

  test('link to addresses of the web, and to nothing else', () => {
    assert.equal(
      valueMarkup('https://e.example/?a&b').text,
      '<a href="https://e.example/?a&amp;b" rel="nofollow">https://e.example/?a&amp;b</a>',
    );
    const links = valueMarkup([
      {
        href: 'https://e.example/',
        rel: 'http://www.opengis.net/def/rel/ogc/1.0/results',
        type: 'a/b',
        title: 'T',
      },
    ]);
    assert.match(links.text, /<a href="https:\/\/e\.example\/" rel="results">T<\/a> <small>results · a\/b/);
    for (const href of ['javascript:alert(1)', 'data:text/html,x', ' https://e.example']) {
      assert.doesNotMatch(valueMarkup(href).text, /<a/);
      assert.doesNotMatch(valueMarkup([{ href, rel: 'self' }]).text, /<a/);
    }
  });
});
