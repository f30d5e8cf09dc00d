/**
 * Texts of strangers that would become elements, attributes, addresses or scripts of a page that puts them anywhere without
 * care. What a script of theirs would do is set `hit` of the window, or ask with a dialog.
 */
export const hostileStrings: readonly string[] = [
  // Elements.
  '<script>window.hit=1</script>',
  '<ScRiPt/x>window.hit=1</sCrIpT\t>',
  '<script src=data:,window.hit=1></script>',
  '<img src=x onerror=window.hit=1>',
  '<img/src="x"/onerror=window.hit=1>',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
  '<svg onload=window.hit=1>',
  '<svg><script href="data:,window.hit=1"/></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
  '<iframe src=javascript:parent.hit=1></iframe>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src=javascript:alert(1)>',
  '<details open ontoggle=window.hit=1>',
  '<input autofocus onfocus=window.hit=1>',
  '<video><source onerror=window.hit=1></video>',
  '<a href=javascript:window.hit=1>press me</a>',
  '<form action=javascript:alert(1)><button>press me</button></form>',
  '<button form=x formaction=javascript:alert(1)>press me</button>',
  '<base href=https://evil.example/>',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<template shadowrootmode=open><script>window.hit=1</script></template>',
  '<div data-module="evil" data-from="x" style="background:url(https://evil.example/x.png)">',
  '<result-map data-tiles="https://evil.example/{z}/{x}/{y}.png"></result-map>',
  // The end of what is around them.
  '"><img src=x onerror=window.hit=1>',
  "'><img src=x onerror=window.hit=1>",
  '`><img src=x onerror=window.hit=1>',
  '</textarea><script>window.hit=1</script>',
  '</title><script>window.hit=1</script>',
  '</style><script>window.hit=1</script>',
  '</script><script>window.hit=1</script>',
  '</noscript><img src=x onerror=window.hit=1>',
  '</pre></details></main></body></html><script>window.hit=1</script>',
  '</option></select><img src=x onerror=window.hit=1>',
  '--><script>window.hit=1</script><!--',
  ']]><script>window.hit=1</script><![CDATA[',
  // Attributes.
  '" onmouseover="window.hit=1" autofocus onfocus="window.hit=1',
  "' onmouseover='window.hit=1' style='x:expression(alert(1))",
  ' autofocus tabindex=1 onfocus=window.hit=1 ',
  '" data-module="evil',
  // Addresses.
  'javascript:window.hit=1',
  'JaVaScRiPt:alert(1)//https://',
  'java\tscript:window.hit=1',
  '\u0001javascript:window.hit=1',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  '//evil.example/x',
  // Entities and other ways to write the same.
  '&lt;img src=x onerror=alert(1)&gt;',
  '&#60;script&#62;window.hit=1&#60;/script&#62;',
  '&quot; onmouseover=&quot;window.hit=1',
  '%3Cscript%3Ewindow.hit=1%3C/script%3E',
  '\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e',
  '+ADw-script+AD4-window.hit=1+ADw-/script+AD4-',
  '\uff1cscript\uff1ewindow.hit=1\uff1c/script\uff1e',
  '<\u0000script>window.hit=1</script>',
  '\u202e>tpircs/<1=tih.wodniw>tpircs<',
  '\ud800<img src=x onerror=window.hit=1>',
  // Templates, styles and paths of other languages.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to be one where nobody means it
  '${window.hit=1}',
  '{{constructor.constructor("window.hit=1")()}}',
  '<%= window.hit=1 %>',
  '#{window.hit=1}',
  '</style><style>*{background:url(https://evil.example/x.png)}',
  'red;}*{background:url(https://evil.example/x.png)}',
  'expression(window.hit=1)',
  '../../../../x?f=html#<img src=x onerror=window.hit=1>',
  '__proto__',
  'constructor',
  // What follows a word that begins like a link.
  'https://evil.example/"onmouseover="window.hit=1',
  "https://evil.example/'><svg/onload=window.hit=1>",
];

/** A text that does no harm, to be put where another was: an address for an address of the web, and otherwise a word. */
export const harmless = (text: string, number: number): string =>
  /^https?:\/\/\S+$/.test(text) ? `https://kind.example/${number}` : `word ${number}`;
